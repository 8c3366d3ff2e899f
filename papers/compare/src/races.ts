import { type Rung, type RungResult, racing, ranked, rungsOf, scoreOf, workLimit } from '@qntk/core';
import type { TruthRun } from './records.ts';
import { plan, selection, stops } from './truth.ts';

/** Runs of one data set, by initialisation and candidate. */
export type Truth = readonly (readonly TruthRun[])[];

/** What a rule has chosen, and the gradients that it took. */
export interface Choice {
  readonly candidate: number;
  readonly gradients: number;
}

/** Gradients of a fold count as the part of all training rows that it has. */
export const share = 1 - 1 / selection.folds;

const whole: Rung = { kind: 'training', steps: plan.steps, whole: true };

/** What a rung says of a run, read from its record: the training was looked at where the rung would have ended it. */
export function rungResult({ frozen, r2, change, gradients }: TruthRun, rung: Rung): RungResult {
  const others = { accuracy: null, mse: 0, trainMse: 0 };
  if (rung.kind === 'frozen') return { ...others, r2: frozen, change: null, jacobians: 1, gradients: 0 };
  const at = rung.kind === 'training' ? stops.indexOf(rung.steps as (typeof stops)[number]) : -1;
  if (at < 0) throw new Error(`no record of ${JSON.stringify(rung)}`);
  return { ...others, r2: r2[at]!, change: change[at]!, jacobians: 0, gradients: share * gradients[at]! };
}

export const costOf = (results: readonly RungResult[]): number =>
  results.reduce((sum, { jacobians, gradients }) => sum + jacobians + gradients, 0);

/** How a race is run: initialisations of all candidates, and of the last few where these are judged by more. */
export interface RaceSeeds {
  readonly seeds: number;
  readonly finalSeeds?: number;
}

/** L-BFGS has the same rungs at any. */
const anySize = { parameters: 1, points: 1 };

/** The product's race on records, of these initialisations in their order. */
export function race(
  truth: Truth,
  order: readonly number[],
  { seeds, finalSeeds }: RaceSeeds,
  gradients = Infinity,
): Choice {
  const all = candidatesOf(truth);
  const rungs = rungsOf(plan, anySize, { seeds, finalSeeds });
  const heats = racing(
    all.map(() => rungs),
    { limit: gradients < Infinity ? workLimit(gradients) : undefined, seeds },
  );
  const done = new Map<string, number>();
  let spent = 0;
  let next = heats.next();
  while (!next.done) {
    const { rung, candidates } = next.value;
    const of = rungs[rung]!;
    const found = new Map(
      candidates.map((k) => {
        const results = order.slice(0, of.seeds ?? seeds).map((seed) => rungResult(truth[seed]![k]!, of));
        // What a rung has in common with one before it is not done again.
        spent += costOf(results.slice(done.get(keyOf(k, of)) ?? 0));
        done.set(keyOf(k, of), results.length);
        return [k, results] as const;
      }),
    );
    next = heats.next(found);
  }
  return { candidate: ranked(next.value)[0]!, gradients: spent };
}

/** All models in full by the same initialisations, the highest mean R² on rows that were kept out. */
export function trainingAll(truth: Truth, order: readonly number[], { seeds, finalSeeds = seeds }: RaceSeeds): Choice {
  const resultsOf = (k: number, count: number) =>
    order.slice(0, count).map((seed) => rungResult(truth[seed]![k]!, whole));
  const scoreOfAll = (k: number, count: number) => scoreOf(resultsOf(k, count), whole).mean;
  const all = candidatesOf(truth);
  const first = all.map((k) => scoreOfAll(k, seeds));
  const last = [...all].sort((a, b) => first[b]! - first[a]! || a - b).slice(0, finalSeeds > seeds ? finalists : 1);
  const scores = last.map((k) => scoreOfAll(k, finalSeeds));
  const costs = [...all.map((k) => resultsOf(k, seeds)), ...last.map((k) => resultsOf(k, finalSeeds).slice(seeds))];
  return {
    candidate: last[firstOfLargest(scores)]!,
    gradients: costs.reduce((sum, results) => sum + costOf(results), 0),
  };
}

/** As many as the product's race judges by more initialisations in the end. */
const finalists = 8;

const keyOf = (candidate: number, rung: Rung) => `${candidate} ${rung.kind === 'training' ? rung.steps : rung.kind}`;

export const candidatesOf = (truth: Truth): number[] => Array.from(truth[0]!, (_, k) => k);

export const firstOfLargest = (values: readonly number[]): number => values.indexOf(Math.max(...values));
