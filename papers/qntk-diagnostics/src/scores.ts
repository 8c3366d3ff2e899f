import { accuracy, type Dataset, decisionOf, mse, r2, takeRows } from '@qntk/core';

/** How well outputs fit the labels of both halves. */
export interface OutputScores {
  readonly train: HalfScores;
  readonly test: HalfScores;
}

interface HalfScores {
  readonly mse: number;
  readonly r2: number;
  /** null where labels are no classes. */
  readonly accuracy: number | null;
}

export function scoresOf(
  dataset: Dataset,
  f: { readonly train: Float64Array; readonly test: Float64Array },
): OutputScores {
  const decision = decisionOf(dataset);
  const half = (part: 'train' | 'test'): HalfScores => {
    const y = takeRows(dataset.y, 1, dataset[part]);
    return {
      mse: mse(y, f[part]).value!,
      r2: r2(y, f[part], 1).value!,
      accuracy: decision ? accuracy(y, f[part], decision).value : null,
    };
  };
  return { train: half('train'), test: half('test') };
}
