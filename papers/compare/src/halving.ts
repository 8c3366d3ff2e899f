import { type Rung, random, scoreOf } from '@qntk/core';
import { type Choice, candidatesOf, costOf, rungResult, type Truth } from './races.ts';

/** Where successive halving looks, and which part of the candidates goes on. */
export interface HalvingPlan {
  readonly steps: readonly number[];
  readonly kept: number;
}

/**
 * Successive halving by short trainings (Jamieson, Talwalkar 2016): some candidates at random, of which the best go on to longer trainings;
 * as many as the work is enough for, undefined where it is not enough for one.
 */
export function halving(
  truth: Truth,
  seeds: readonly number[],
  gradients: number,
  plan: HalvingPlan,
  draw: number,
): Choice | undefined {
  const order = Array.from(random(19, draw).permutation(candidatesOf(truth).length));
  let best: Choice | undefined;
  for (let [low, high] = [1, order.length]; low <= high; ) {
    const middle = Math.floor((low + high) / 2);
    const found = halvingOf(truth, seeds, order.slice(0, middle), plan);
    if (found.gradients <= gradients) {
      best = found;
      low = middle + 1;
    } else high = middle - 1;
  }
  return best;
}

function halvingOf(
  truth: Truth,
  seeds: readonly number[],
  started: readonly number[],
  { steps, kept }: HalvingPlan,
): Choice {
  let chosen = [...started];
  let gradients = 0;
  steps.forEach((step, k) => {
    const rung: Rung = { kind: 'training', steps: step, whole: false };
    const scores = chosen.map((candidate) => {
      const results = seeds.map((seed) => rungResult(truth[seed]![candidate]!, rung));
      gradients += costOf(results);
      return scoreOf(results, rung).mean;
    });
    const order = chosen.map((_, i) => i).sort((a, b) => scores[b]! - scores[a]! || a - b);
    const count = k === steps.length - 1 ? 1 : Math.max(1, Math.round(kept * chosen.length));
    chosen = order.slice(0, count).map((i) => chosen[i]!);
  });
  return { candidate: chosen[0]!, gradients };
}
