import { commandCosts, diagnoseStages } from '../cost/commands.ts';
import { secondsFor } from '../cost/cost.ts';
import { sizesOf } from '../cost/pieces.ts';
import { selectionSplits } from '../data/folds.ts';
import type { Dataset } from '../model/dataset.ts';
import type { Model } from '../model/model.ts';
import type { ModelSpec } from '../model/schema.ts';
import { advisedChange, mayBeTold } from './advice.ts';
import type { Change, Changes, TooLong, Tried, TriedChange } from './diagnosis.ts';
import { halfOfPoints } from './half-of-points.ts';
import { compared, type KeptOut } from './kept-out.ts';
import { rowsListed } from './listing.ts';
import type { SeedOptions } from './options.ts';
import type { DiagnosisProblem } from './problem.ts';

/** Parts of the training points, each of which is kept out once at most: quarters, or halves where half of the points are many. */
const foldsOf = (points: number): number => (points < 200 ? 4 : 2);
/** Training points from which on one part says enough to begin with. */
const enoughForOne = 60;
/** Parts to begin with: two, or one where that says enough. */
export const partsAtFirst = ({ train }: Pick<Dataset, 'train'>): number => (train.length < enoughForOne ? 2 : 1);

/**
 * What trials may take, in seconds, whichever is most: a quarter of what the initialisations took; a fifth of what their trainings would,
 * at least so much for each (a third of what `train` takes as a process), and not more than so much in all.
 */
const affordable = { ofDiagnosis: 0.25, ofTrainings: 0.2, each: 0.15, all: 0.6 } as const;

/** The planned training, or one with a change. */
export interface Plan {
  readonly options: SeedOptions;
  readonly built: Model;
  /** The SPEC of a changed model. */
  readonly model?: ModelSpec;
  /** Learning rate of the clock; another circuit has another stability limit, and a rate of its own where none is given. */
  readonly rate?: number | undefined;
  /** Trained on half of the points. */
  readonly onHalf?: boolean;
  /** What is told of it. */
  readonly more?: Pick<TriedChange, 'by' | 'scale'>;
}

export interface ChangedPlan extends Plan {
  readonly change: Change;
}

/** A training to foretell on a part of the training points; the test rows of its data set are those that it keeps out. */
export interface Attempt {
  readonly plan: Plan;
  readonly dataset: Dataset;
  /** Number of the initialisation. */
  readonly index: number;
  /** About what it takes. */
  readonly seconds: number;
}

/** Asks for attempts and is told what each comes to, null where it comes to nothing. */
export type Asking<Found> = Generator<readonly Attempt[], Found, readonly (KeptOut | null)[]>;

/** Trainings of plans on parts of the training points; `found` and `left` change as they are done. */
export interface Comparison {
  readonly planned: Plan;
  readonly parts: readonly Dataset[];
  /** The initialisation of each part. */
  readonly seeds: readonly number[];
  /** Parts to begin with. */
  readonly first: number;
  /** Of each plan on the first parts. */
  readonly found: Map<Plan, readonly (KeptOut | null)[]>;
  /** Seconds that may still be spent. */
  left: number;
}

export function comparisonOf(
  { model, dataset, options, basis }: DiagnosisProblem,
  planned: Plan,
  seeds: readonly number[],
): Comparison {
  const parts = selectionSplits(dataset, { folds: foldsOf(dataset.train.length) }, options.seed).map((part) => ({
    ...part,
    test: rowsListed(part).test,
  }));
  return {
    planned,
    parts,
    seeds: parts.map((_, part) => seeds[part % seeds.length]),
    first: partsAtFirst(dataset),
    found: new Map(),
    left: affordableFor({ model, dataset, options, basis }, seeds.length),
  };
}

function affordableFor(
  { model, dataset, options, basis }: Pick<DiagnosisProblem, 'model' | 'dataset' | 'options' | 'basis'>,
  initialisations: number,
): number {
  const { ofDiagnosis, ofTrainings, each, all } = affordable;
  const work = { ...options, basis, verify: false, train: dataset.train.length, test: dataset.test.length };
  const { frozen, forecast } = diagnoseStages(sizesOf(model), work);
  const training = secondsFor(commandCosts.train(sizesOf(model), work));
  return Math.max(
    ofDiagnosis * initialisations * (secondsFor(frozen) + secondsFor(forecast)),
    Math.min(all, initialisations * Math.max(each, ofTrainings * training)),
  );
}

/** About what a plan takes on one part. */
function secondsOf({ parts: [part] }: Comparison, { built, options, onHalf }: Plan): number {
  const counts = { train: onHalf ? part.train.length / 2 : part.train.length, test: part.test.length };
  return secondsFor(diagnoseStages(sizesOf(built), { ...options, ...counts }).forecast);
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Whether there is time for the plan and one of these changes beside it: the plan by itself says nothing. */
export function isAffordable(comparison: Comparison, plans: readonly ChangedPlan[]): boolean {
  const cheapest = Math.min(...plans.map((plan) => secondsOf(comparison, plan)));
  return comparison.first * (secondsOf(comparison, comparison.planned) + cheapest) <= comparison.left;
}

/** Changes that are not tried, with what that would take. */
export const tooLongOf = (comparison: Comparison, plans: readonly ChangedPlan[]): TooLong[] =>
  plans.map((plan) => ({ change: plan.change, seconds: comparison.first * secondsOf(comparison, plan) }));

/** Has plans tried on so many parts, but for those that they were tried on. */
export function* asking(comparison: Comparison, plans: readonly Plan[], count: number): Asking<void> {
  const { parts, seeds, found } = comparison;
  const attempts = plans.flatMap((plan) => {
    const seconds = secondsOf(comparison, plan);
    return parts.slice(0, count).flatMap((part, k) => {
      const dataset = plan.onHalf ? halfOfPoints(part, plan.options.seed) : part;
      return k < (found.get(plan)?.length ?? 0) ? [] : [{ plan, dataset, index: seeds[k], seconds }];
    });
  });
  const results = yield attempts;
  comparison.left -= sum(attempts.map(({ seconds }) => seconds));
  attempts.forEach(({ plan }, k) => {
    found.set(plan, [...(found.get(plan) ?? []), results[k]]);
  });
}

/** A plan beside the planned training, on the parts that it was tried on; null where one of them comes to nothing. */
export function judged({ planned, parts, seeds, found }: Comparison, plan: Plan): TriedChange | null {
  const changed = found.get(plan) ?? [];
  const asPlanned = (found.get(planned) ?? []).slice(0, changed.length);
  const isWhole = (runs: readonly (KeptOut | null)[]): runs is readonly KeptOut[] => !runs.includes(null);
  if (changed.length === 0 || !isWhole(changed) || !isWhole(asPlanned)) return null;
  const scores = compared(parts.slice(0, changed.length), asPlanned, changed);
  const initialisations = new Set(seeds.slice(0, changed.length)).size;
  return scores && { ...scores, of: parts.length, initialisations, ...plan.more };
}

/**
 * Compares changes with the plan on the parts to begin with, the dearest left out where they take too long, and on further parts
 * where none is known to help and some may.
 */
export function* comparingGroup(comparison: Comparison, plans: readonly ChangedPlan[]): Asking<Tried> {
  const kept = cheapest(comparison, plans);
  const tooLong = tooLongOf(
    comparison,
    plans.filter((plan) => !kept.includes(plan)),
  );
  yield* asking(comparison, kept, comparison.first);
  const begun = changesOf(comparison, kept);
  const open = kept.filter(({ change }) => begun[change] && mayBeTold(change, begun[change]));
  // One part of many points may decide; of few points, where a gain by chance is easily large, what is advised has seen all parts.
  const isDecided = comparison.first === 1 && advisedChange(begun) !== undefined;
  if (open.length === 0 || isDecided) return { changes: begun, tooLong };
  const seconds = sum([comparison.planned, ...open].map((plan) => secondsOf(comparison, plan)));
  const more = Math.min(comparison.parts.length - comparison.first, Math.floor(comparison.left / seconds));
  if (more > 0) yield* asking(comparison, [comparison.planned, ...open], comparison.first + more);
  return { changes: changesOf(comparison, kept), tooLong };
}

/** As many as there is time for on the parts to begin with, in their order. */
function cheapest(comparison: Comparison, plans: readonly ChangedPlan[]): readonly ChangedPlan[] {
  const seconds = sum(plans.map((plan) => comparison.first * secondsOf(comparison, plan)));
  if (plans.length === 0 || seconds <= comparison.left) return plans;
  const dearest = plans.reduce((most, plan) =>
    secondsOf(comparison, plan) > secondsOf(comparison, most) ? plan : most,
  );
  return cheapest(
    comparison,
    plans.filter((plan) => plan !== dearest),
  );
}

function changesOf(comparison: Comparison, plans: readonly ChangedPlan[]): Changes {
  const found = plans.flatMap((plan) => {
    const tried = judged(comparison, plan);
    return tried ? [[plan.change, tried] as const] : [];
  });
  return Object.fromEntries(found);
}
