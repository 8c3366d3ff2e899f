import { csv, npy, npz, parquet } from './files.ts';
import { moons } from './moons.ts';
import { sinusoid } from './sinusoid.ts';
import type { GeneratedSource, Source } from './source.ts';
import { tfim } from './tfim.ts';

/** Every source a SPEC can name. */
export const sources = [csv, parquet, npz, npy, moons, sinusoid, tfim] as const satisfies readonly (
  | Source
  | GeneratedSource
)[];
