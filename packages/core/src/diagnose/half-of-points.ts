import { streams } from '../data/streams.ts';
import type { Dataset } from '../model/dataset.ts';
import { random } from '../random/random.ts';

/**
 * The same data with half of its training points, of every two that are neighbours by their labels one at random: classes keep
 * their shares, and other labels their spread.
 */
export function halfOfPoints(dataset: Dataset, seed: number): Dataset {
  const { y, outputs, train } = dataset;
  const byLabel = (a: number, b: number) => {
    const at = Array.from({ length: outputs }, (_, o) => y[a * outputs + o] - y[b * outputs + o]);
    return at.find((difference) => difference !== 0) ?? a - b;
  };
  const sorted = Array.from(train).sort(byLabel);
  const draw = random(seed, streams.half);
  const kept = Array.from({ length: Math.ceil(sorted.length / 2) }, (_, k) => {
    const both = sorted.slice(2 * k, 2 * k + 2);
    return both[draw.integer(both.length)];
  });
  return { ...dataset, train: Int32Array.from(kept).sort() };
}
