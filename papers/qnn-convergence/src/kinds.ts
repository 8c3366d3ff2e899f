import type { Kind } from '@qntk/study';
import { exampleKind } from './kinds/examples.ts';
import { lemmaKind } from './kinds/lemmas.ts';
import { limitKind } from './kinds/limit.ts';
import { minimaKind } from './kinds/minima.ts';
import { networkKind } from './kinds/network.ts';

/** What the figures of this paper compute. */
export const kinds: readonly Kind<never, never, unknown>[] = [
  networkKind,
  limitKind,
  minimaKind,
  lemmaKind,
  exampleKind,
];
