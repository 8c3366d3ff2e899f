import { rankCorrelation } from '../../../statistics.ts';
import { mean } from '../../../table.ts';

/** Halvings of an interval: doubles have no more digits. */
const halvings = 50;

/**
 * Rank correlation that the expected accuracy of every candidate itself would have with the mean over these folds: the square root of the mean's
 * reliability. The correlation of two folds with the other ones says what one fold is worth (Spearman and Brown 1910).
 *
 * @param accuracies - of each candidate, by fold.
 */
export function noiseCeiling(accuracies: readonly (readonly number[])[]): number {
  const folds = accuracies[0]!.length;
  const all = Array.from({ length: folds }, (_, k) => k);
  const pairs = all.flatMap((a) => all.slice(a + 1).map((b) => [a, b]));
  const found = mean(
    pairs.map((pair) => {
      const rest = all.filter((k) => !pair.includes(k));
      const meanOf = (some: readonly number[]) => accuracies.map((one) => mean(some.map((k) => one[k]!)));
      return rankCorrelation(meanOf(pair), meanOf(rest));
    }),
  );
  const of = (count: number, one: number) => (count * one) / (1 + (count - 1) * one);
  let [low, high] = [0, 1];
  for (let k = 0; k < halvings; k++) {
    const one = (low + high) / 2;
    if (Math.sqrt(of(2, one) * of(folds - 2, one)) < found) low = one;
    else high = one;
  }
  return Math.sqrt(of(folds, low));
}
