import type { Dataset } from '../model/dataset.ts';

/** Two rows with the same features: `second` repeats `first`. */
export interface DuplicatePoints {
  readonly first: number;
  readonly second: number;
  /** Their labels differ, so that no model can fit both. */
  readonly contradictory: boolean;
}

/**
 * Rows whose features (as scaled) repeat those of an earlier row, each paired with the first such row. Equal training
 * points make the kernel singular; an unseen point that repeats a training point is not unseen.
 */
export function duplicatePoints({ X, y, outputs, features }: Dataset): DuplicatePoints[] {
  const width = features.length;
  const seen = new Map<string, number>();
  const pairs: DuplicatePoints[] = [];
  for (let second = 0; second * width < X.length; second++) {
    // −0 and 0 are one key: both are written as 0.
    const key = X.subarray(second * width, (second + 1) * width).join();
    const first = seen.get(key);
    if (first === undefined) seen.set(key, second);
    else pairs.push({ first, second, contradictory: labelsDiffer(y, outputs, first, second) });
  }
  return pairs;
}

function labelsDiffer(y: Float64Array, outputs: number, a: number, b: number): boolean {
  return Array.from({ length: outputs }, (_, o) => o).some((o) => y[a * outputs + o] !== y[b * outputs + o]);
}
