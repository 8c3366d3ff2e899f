import type { Kind } from '@qntk/study';
import { kinds as convergence } from './qnn-convergence/src/kinds.ts';
import { kinds as diagnostics } from './qntk-diagnostics/src/kinds.ts';

/** What the figures of every paper compute: what threads have to know beside the kinds of the library. */
export const kinds: readonly Kind<never, never, unknown>[] = [...diagnostics, ...convergence];
