import { rankCorrelation } from '../../statistics.ts';
import { mean } from '../../table.ts';

/** One candidate: what was forecast of it, and what training came to. */
export interface Pair {
  readonly group: string;
  readonly guess: number;
  readonly truth: number;
}

/** Items with the same key together, in the order of their first. */
export function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string | number): Item[][] {
  const groups = new Map<string | number, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups.values()];
}

/** How guesses do: rank correlation within each group of candidates, and what picking the best guess costs. */
export function quality(pairs: readonly Pair[]) {
  const groups = grouped(pairs, ({ group }) => group).map((own) => {
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
    correlation: mean(groups.map(({ correlation }) => correlation)),
    regret: mean(groups.map(({ regret }) => regret)),
    within: mean(pairs.map(({ guess, truth }) => (Math.abs(guess - truth) < 0.05 ? 1 : 0))),
  };
}

/**
 * Gradients after which the optimiser stopped early ranks as well as a guess: between two stops by a straight line.
 *
 * @param stops - gradients of each stop and of the whole training, ascending.
 * @param correlations - what each ranks with.
 * @returns the last of `stops` where none before it ranks as well.
 */
export function gradientsFor(correlation: number, stops: readonly number[], correlations: readonly number[]): number {
  const after = correlations.findIndex((value) => value >= correlation);
  if (after === 0) return stops[0];
  if (after < 0) return stops[stops.length - 1];
  const [low, high] = [correlations[after - 1], correlations[after]];
  return stops[after - 1] + ((stops[after] - stops[after - 1]) * (correlation - low)) / (high - low);
}

/**
 * Bootstrap over the circuits, which all groups share: what each figure ranges over in nine of ten samples.
 *
 * @param figures - of circuits drawn, by their places.
 * @param uniform - random numbers in [0, 1).
 */
export function bootstrap(
  circuits: number,
  figures: (drawn: readonly number[]) => readonly number[],
  uniform: () => number,
  samples = 200,
): (readonly [number, number])[] {
  const found = Array.from({ length: samples }, () =>
    figures(Array.from({ length: circuits }, () => Math.floor(uniform() * circuits))),
  );
  return found[0].map((_, k) => {
    const own = found.map((values) => values[k]).sort((a, b) => a - b);
    return [own[Math.floor(0.05 * samples)], own[Math.floor(0.95 * samples)]] as const;
  });
}
