import type { AnyFigure } from './figure.ts';
import { figures as convergence } from './qnn-convergence/src/figures.ts';
import { figures as diagnostics } from './qntk-diagnostics/src/figures.ts';

/** The figures of every paper, in the order in which they are listed. */
export const figures: readonly AnyFigure[] = [...diagnostics, ...convergence];
