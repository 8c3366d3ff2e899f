import { rankCorrelation } from '../../statistics.ts';

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** One candidate: what was forecast of it, and what training came to. */
export interface Pair {
  readonly group: string;
  readonly guess: number;
  readonly truth: number;
}

/** How guesses do: rank correlation within each group of candidates, and what picking the best guess costs. */
export function quality(pairs: readonly Pair[]) {
  const groups = [...new Set(pairs.map(({ group }) => group))].map((name) => {
    const own = pairs.filter(({ group }) => group === name);
    const best = own.reduce((most, pair) => (pair.guess > most.guess ? pair : most));
    return {
      correlation: rankCorrelation(
        own.map(({ guess }) => guess),
        own.map(({ truth }) => truth),
      ),
      regret: Math.max(...own.map(({ truth }) => truth)) - best.truth,
    };
  });
  return {
    correlations: groups.map(({ correlation }) => correlation),
    correlation: mean(groups.map(({ correlation }) => correlation)),
    regret: mean(groups.map(({ regret }) => regret)),
    within: mean(pairs.map(({ guess, truth }) => (Math.abs(guess - truth) < 0.05 ? 1 : 0))),
  };
}

/**
 * Bootstrap over the circuits, which all groups share: what a figure of the pairs ranges over in nine of ten samples.
 *
 * @param uniform - random numbers in [0, 1).
 */
export function bootstrap(
  circuits: number,
  figure: (drawn: readonly number[]) => number,
  uniform: () => number,
  samples = 400,
): readonly [number, number] {
  const found = Array.from({ length: samples }, () =>
    figure(Array.from({ length: circuits }, () => Math.floor(uniform() * circuits))),
  ).sort((a, b) => a - b);
  return [found[Math.floor(0.05 * samples)], found[Math.floor(0.95 * samples)]];
}
