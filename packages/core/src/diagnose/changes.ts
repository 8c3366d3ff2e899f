import { initialTheta } from '../model/initial.ts';
import type { Model } from '../model/model.ts';
import type { ModelSpec } from '../model/schema.ts';
import type { Work } from '../progress.ts';
import { leavesMisfit } from './bottom-line.ts';
import type { Changes, Diagnosis } from './diagnosis.ts';
import { foretelling } from './foretelling.ts';
import type { SeedOptions } from './options.ts';
import { type DiagnosisProblem, diagnosisProblem } from './problem.ts';
import { labelVariance } from './verdicts.ts';

/** What a bottom line may advise to one who is left with a training error: twice the steps, twice the layers. */
export type Change = keyof Changes;

/** Initialisations whose changed forecasts are compared with those as planned. */
const tried = 2;

/**
 * The changes whose forecasts, or trainings where these were measured, decide what limits a training error; none where that is
 * decided without them. A forecast of L-BFGS is followed as far as its Jacobians go, whatever its steps: what more of them bring is
 * not forecast.
 */
export function changesToTry(diagnosis: Diagnosis, problem: DiagnosisProblem): readonly Change[] {
  const { seeds, training } = diagnosis;
  const followed = seeds.every(({ curves }) => curves.path || curves.trained);
  if (!followed || !leavesMisfit(diagnosis, labelVariance(problem))) return [];
  return training.rateMeaning === 'none' && problem.basis === 'forecast' ? ['deeper'] : ['longer', 'deeper'];
}

/** Numbers of the initialisations that changes are tried on. */
export const seedsToTry = ({ seeds }: Pick<Diagnosis, 'seeds'>): number[] =>
  seeds.slice(0, tried).map(({ seed }) => seed);

/** The options of a change: it is forecast where what it is compared with is forecast, and trained where that was measured. */
export function changedOptions<Options extends SeedOptions>(
  { options, basis }: Pick<DiagnosisProblem<Options>, 'options' | 'basis'>,
  change: Change,
): Options {
  return { ...options, basis, ...(change === 'longer' && { steps: 2 * options.steps }) };
}

/** The same model with twice the layers; undefined where it has none, as a circuit from a file. */
export function deeperSpec(spec: ModelSpec): ModelSpec | undefined {
  if (!('ansatz' in spec) || !('layers' in spec.ansatz) || typeof spec.ansatz.layers !== 'number') return undefined;
  return { ...spec, ansatz: { ...spec.ansatz, layers: 2 * spec.ansatz.layers } };
}

/** The training error that an initialisation's forecast comes to, or its training where that is its basis, in the labels' own units. */
export function* forecastingTrainMse(problem: DiagnosisProblem, index: number): Work<number> {
  const { model, dataset, options } = problem;
  const theta0 = initialTheta(model, options.seed, index, options.initial);
  // Outputs on test points have no part in it, and are a fifth of the work.
  const trained = { ...problem, dataset: { ...dataset, test: new Int32Array(0) }, yTest: new Float64Array(0) };
  const { forecast } = yield* foretelling(trained, index, theta0, {});
  return forecast.trainMse;
}

/** Training errors of a changed forecast over those as planned, by their means; `changed` as `seedsToTry` names them. */
export function changeOf({ seeds }: Pick<Diagnosis, 'seeds'>, changed: readonly number[]): number {
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return sum(changed) / sum(seeds.slice(0, changed.length).map(({ forecast }) => forecast.trainMse));
}

/** Tries on a diagnosis what would decide it; `deeper` makes the model with twice the layers, where there is one. */
export function* tryingChanges(
  diagnosis: Diagnosis,
  problem: DiagnosisProblem,
  deeper: (() => Model) | undefined,
): Work<Changes> {
  const changes: { -readonly [Key in Change]?: number } = {};
  for (const change of changesToTry(diagnosis, problem)) {
    const model = change === 'deeper' ? deeper?.() : problem.model;
    if (!model) continue;
    // Another circuit has another stability limit, and a rate of its own where none is given.
    const rate = change === 'longer' ? problem.rate : undefined;
    const changed = diagnosisProblem(model, problem.dataset, changedOptions(problem, change), rate);
    const errors: number[] = [];
    for (const index of seedsToTry(diagnosis)) errors.push(yield* forecastingTrainMse(changed, index));
    changes[change] = changeOf(diagnosis, errors);
  }
  return changes;
}
