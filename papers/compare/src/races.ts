import { type Rung, type RungResult, racing, ranked, rungsOf, scoreOf } from '@qntk/core';
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
const share = 1 - 1 / selection.folds;

export const whole: Rung = { kind: 'training', steps: plan.steps, whole: true };

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

/** All models in full, the highest mean R² on rows that were kept out. */
export function trainingAll(truth: Truth, seeds: readonly number[]): Choice {
  const found = candidatesOf(truth).map((k) => seeds.map((seed) => rungResult(truth[seed]![k]!, whole)));
  const scores = found.map((results) => scoreOf(results, whole).mean);
  return { candidate: firstOfLargest(scores), gradients: found.reduce((sum, results) => sum + costOf(results), 0) };
}

/** The product's race on records, of these initialisations. */
export function race(
  truth: Truth,
  seeds: readonly number[],
  gradients?: number,
  rungs: readonly Rung[] = rungsOf(plan),
): Choice {
  const all = candidatesOf(truth);
  const heats = racing(
    all.map(() => rungs),
    { gradients, seeds: seeds.length },
  );
  const done = new Map<string, number>();
  let spent = 0;
  let next = heats.next();
  while (!next.done) {
    const { rung, candidates } = next.value;
    const of = rungs[rung]!;
    const found = new Map(
      candidates.map((k) => {
        const results = seeds.slice(0, of.seeds).map((seed) => rungResult(truth[seed]![k]!, of));
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

const keyOf = (candidate: number, rung: Rung) => `${candidate} ${rung.kind === 'training' ? rung.steps : rung.kind}`;

export const candidatesOf = (truth: Truth): number[] => Array.from(truth[0]!, (_, k) => k);

export const firstOfLargest = (values: readonly number[]): number => values.indexOf(Math.max(...values));
