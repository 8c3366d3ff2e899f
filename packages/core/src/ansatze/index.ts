import type { Ansatz } from './ansatz.ts';
import { hea } from './hea.ts';
import { hva } from './hva.ts';
import { efficientSU2, realAmplitudes } from './local.ts';
import { basicEntangler, stronglyEntangling } from './strongly-entangling.ts';

/** Every ansatz a SPEC can name. The schema, the help and the laws in the tests follow this table. */
export const ansatze = [
  hea,
  hva,
  realAmplitudes,
  efficientSU2,
  stronglyEntangling,
  basicEntangler,
] as const satisfies readonly Ansatz[];
