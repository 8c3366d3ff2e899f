import { InputError } from '../errors.ts';
import type { Dataset } from '../model/dataset.ts';
import { initialTheta } from '../model/initial.ts';
import type { ModelSpec } from '../model/schema.ts';
import { meanScore } from '../model/scores.ts';
import type { Work } from '../progress.ts';
import { certifiedError, changesThatDecide, isAdvised } from './bottom-line.ts';
import { deeperSpec, type ModelVariants, readoutSpec, rescaledSpec, richerSpec, simplerSpec } from './changed-model.ts';
import type { Changes, Diagnosis } from './diagnosis.ts';
import { foretelling } from './foretelling.ts';
import { halfOfPoints } from './half-of-points.ts';
import { limitAndReferences } from './limit-and-references.ts';
import type { SeedOptions } from './options.ts';
import { type DiagnosisProblem, diagnosisProblem } from './problem.ts';
import { labelVariance } from './verdicts.ts';

/** What a bottom line may advise. */
export type Change = keyof Changes;

/** Initialisations whose changed forecasts are compared with those as planned. */
const tried = 2;

/** Training points from which on half of them is worth a forecast. */
const fewestPoints = 8;

/** A training to foretell in the place of the planned one; what is left out is as planned. */
export interface ChangedPlan {
  readonly change: Change;
  readonly options: SeedOptions;
  readonly model?: ModelSpec;
  readonly dataset?: Dataset;
  /** Learning rate of the clock; another circuit has another stability limit, and a rate of its own where none is given. */
  readonly rate?: number;
  readonly by?: Required<Changes>['simpler']['by'] | undefined;
}

/**
 * The trainings to foretell that decide what limits and what would help: forecast where what they are compared with is forecast,
 * trained where that was measured. None where that is decided without them.
 *
 * @param spec - of the model, where it has one.
 */
export function changesToTry(
  diagnosis: Diagnosis,
  problem: DiagnosisProblem,
  spec: ModelSpec | undefined,
): readonly ChangedPlan[] {
  if (!diagnosis.seeds.every(({ curves }) => curves.path || curves.trained)) return [];
  return changesThatDecide(diagnosis, labelVariance(problem)).flatMap(
    (change) => planOf(change, diagnosis, problem, spec) ?? [],
  );
}

/** Whether a plan still decides something, after what others came to: points are asked of where less freedom does not help. */
export const isStillOpen = ({ change }: ChangedPlan, { simpler }: Changes): boolean =>
  change !== 'fewer' || !simpler || !isAdvised(simpler);

function planOf(
  change: Change,
  { verdicts, training }: Diagnosis,
  { options, basis, dataset, rate }: DiagnosisProblem,
  spec: ModelSpec | undefined,
): ChangedPlan | undefined {
  const plan = { change, options: { ...options, basis } };
  const withModel = (model: ModelSpec | undefined, more: Pick<ChangedPlan, 'dataset' | 'by'> = {}) =>
    model && { ...plan, ...more, model };
  // Outputs on test points have no part in a training error, and are a fifth of the work.
  const trained = { ...dataset, test: new Int32Array(0) };
  switch (change) {
    case 'longer':
      // A forecast of L-BFGS is followed as far as its Jacobians go: what more steps bring is not forecast.
      if (training.rateMeaning === 'none' && basis === 'forecast') return undefined;
      return { ...plan, options: { ...plan.options, steps: 2 * options.steps }, rate, dataset: trained };
    case 'fewer':
      return dataset.train.length < fewestPoints
        ? undefined
        : { ...plan, dataset: halfOfPoints(dataset, options.seed), rate };
    case 'deeper':
      return withModel(spec && deeperSpec(spec), { dataset: trained });
    case 'readout':
      return withModel(spec && readoutSpec(spec));
    case 'simpler': {
      const simpler = spec && simplerSpec(spec);
      return withModel(simpler?.spec, { by: simpler?.by });
    }
    case 'richer':
      return withModel(spec && richerSpec(spec));
    case 'rescaled':
      return withModel(spec && rescaledSpec(spec, verdicts));
  }
}

/** Numbers of the initialisations that changes are tried on. */
export const seedsToTry = ({ seeds }: Pick<Diagnosis, 'seeds'>): number[] =>
  seeds.slice(0, tried).map(({ seed }) => seed);

/** What a changed training comes to; null where it comes to nothing, as it leaves all numbers, or where a score is undefined. */
export interface ChangedScores {
  readonly trainMse: number | null;
  readonly testR2: number | null;
}

/** The scores that an initialisation's forecast comes to, or its training where that is its basis. */
export function* forecastingScores(problem: DiagnosisProblem, index: number): Work<ChangedScores> {
  const { model, options } = problem;
  const theta0 = initialTheta(model, options.seed, index, options.initial);
  try {
    const { forecast } = yield* foretelling(problem, index, theta0, {});
    return { trainMse: forecast.trainMse, testR2: forecast.testR2 };
  } catch (error) {
    // A rate that suits the plan may be too large for a change, such as a readout whose weights have no bounds.
    if (error instanceof InputError) return { trainMse: null, testR2: null };
    throw error;
  }
}

/**
 * What a change brings beside the plan, of the initialisations that `seedsToTry` names; nothing where a score is undefined.
 *
 * @param limit - of the changed model, where that is told.
 */
export function changeOf(
  { seeds, bottomLine }: Pick<Diagnosis, 'seeds' | 'bottomLine'>,
  { change, by, model }: ChangedPlan,
  changed: readonly ChangedScores[],
  limit?: Diagnosis['limit'],
): Changes {
  const planned = seeds.slice(0, changed.length).map(({ forecast }) => forecast);
  const error = meanScore(changed.map(({ trainMse }) => trainMse));
  if (error === null) return {};
  const left = error / meanScore(planned.map(({ trainMse }) => trainMse))!;
  if (change === 'longer' || change === 'deeper') return { [change]: left };
  const [before, after] = [planned, changed].map((runs) => meanScore(runs.map(({ testR2 }) => testR2)));
  if (before === null || after === null) return {};
  const scores = { planned: before, changed: after };
  if (change === 'readout') return { readout: { ...scores, left } };
  if (change === 'simpler') return { simpler: { ...scores, by: by! } };
  if (change !== 'rescaled') return { [change]: scores };
  const { certified, certifiedShare } = bottomLine.evidence;
  const share = limit && certifiedShare !== null ? (certifiedError(limit) * certifiedShare) / certified : null;
  return { rescaled: { ...scores, scale: model!.scale, certifiedShare: share } };
}

/** Tries on a diagnosis what would decide it; without variants of its model what needs none. */
export function* tryingChanges(
  diagnosis: Diagnosis,
  problem: DiagnosisProblem,
  variants: ModelVariants | undefined,
): Work<Changes> {
  let changes: Changes = {};
  for (const plan of changesToTry(diagnosis, problem, variants?.spec)) {
    if (!isStillOpen(plan, changes)) continue;
    const model = plan.model ? variants!.build(plan.model) : problem.model;
    const changed = diagnosisProblem(model, plan.dataset ?? problem.dataset, plan.options, plan.rate);
    const scores: ChangedScores[] = [];
    for (const index of seedsToTry(diagnosis)) scores.push(yield* forecastingScores(changed, index));
    const limit = plan.change === 'rescaled' ? limitAndReferences(model, problem.dataset).limit : undefined;
    changes = { ...changes, ...changeOf(diagnosis, plan, scores, limit) };
  }
  return changes;
}
