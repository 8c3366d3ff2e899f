import type { NetworkResult } from '../kinds/network.ts';
import { type Spread, spreadOf } from '../numbers.ts';
import { type Grid, type ModelName, models, nameOf, shownSplit } from './setting.ts';

/** What is seen of one initialisation. */
const quantities = {
  trainMse: ({ trained }) => trained.train.mse,
  trainR2: ({ trained }) => trained.train.r2,
  trainAccuracy: ({ trained }) => trained.train.accuracy ?? 0,
  epochs: ({ trained }) => trained.iterations,
  change: ({ trained }) => trained.parameterChange,
  /** Of λmax over the least eigenvalue above rounding, which is κ where K is not singular. */
  logKappa: ({ eigenvalues, rank }) => Math.log10(eigenvalues[0]! / eigenvalues[rank - 1]!),
  singular: ({ kappa }) => (kappa === null ? 1 : 0),
  error: ({ kept }) => kept.error,
  errorDropped: ({ dropped }) => dropped.error,
  kernelR2: ({ kept }) => kept.test.r2,
  kernelR2Dropped: ({ dropped }) => dropped.test.r2,
  kernelAccuracy: ({ kept }) => kept.test.accuracy ?? 0,
  testR2: ({ trained }) => trained.test.r2,
  testAccuracy: ({ trained }) => trained.test.accuracy ?? 0,
  /** Share of the test error at the end that stopping at the best moment would have spared. */
  spared: ({ trained }) => 1 - trained.bestTestMse / trained.test.mse,
} as const satisfies Record<string, (result: NetworkResult) => number>;

export type Quantity = keyof typeof quantities;

/** A network at a depth, over its initialisations. */
export interface Cell {
  readonly model: ModelName;
  readonly layers: number;
  readonly split: number;
  readonly of: Readonly<Record<Quantity, Spread>>;
}

export interface Sweep {
  readonly cells: readonly Cell[];
  /** The same on other splits. */
  readonly others: readonly Cell[];
}

/** The sweep from the results by {@link nameOf}. */
export function sweepFrom(resultsOf: (name: string) => readonly NetworkResult[], grid: Grid): Sweep {
  const { depths, splits, splitDepths } = grid;
  const cell = (model: ModelName, layers: number, split: number): Cell => ({
    model,
    layers,
    split,
    of: spreads(resultsOf(nameOf(model, layers, split))),
  });
  return {
    cells: models.flatMap(({ name }) => depths.map((layers) => cell(name, layers, shownSplit))),
    others: models.flatMap(({ name }) =>
      splits.flatMap((split) => splitDepths.map((layers) => cell(name, layers, split))),
    ),
  };
}

function spreads(results: readonly NetworkResult[]): Cell['of'] {
  const entries = Object.entries(quantities).map(([name, of]) => [name, spreadOf(results.map(of))]);
  return Object.fromEntries(entries) as Cell['of'];
}

/** The cells of a network by rising depth, from a depth on. */
export const cellsOf = ({ cells }: Sweep, model: ModelName, from = 1): readonly Cell[] =>
  cells.filter((cell) => cell.model === model && cell.layers >= from);
