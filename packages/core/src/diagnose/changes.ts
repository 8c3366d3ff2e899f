import { initialTheta } from '../model/initial.ts';
import type { Model } from '../model/model.ts';
import type { ModelSpec } from '../model/schema.ts';
import type { Work } from '../progress.ts';
import { leavesMisfit } from './bottom-line.ts';
import type { Changes, Diagnosis } from './diagnosis.ts';
import type { SeedOptions } from './options.ts';
import { forecastingPath } from './path-forecast.ts';
import type { DiagnosisProblem } from './problem.ts';
import { labelVariance } from './verdicts.ts';

/** What a bottom line may advise to one who is left with a training error: twice the steps, twice the layers. */
export type Change = keyof Changes;

/** Initialisations whose changed forecasts are compared with those as planned. */
const tried = 2;

/**
 * The changes whose forecasts decide what limits a training error; none where that is decided without them. L-BFGS is followed
 * as far as its Jacobians go, whatever its steps: what more of them bring is not forecast.
 */
export function changesToTry(diagnosis: Diagnosis, problem: DiagnosisProblem): readonly Change[] {
  const { seeds, training } = diagnosis;
  if (!seeds.every(({ curves }) => curves.path) || !leavesMisfit(diagnosis, labelVariance(problem))) return [];
  return training.rateMeaning === 'none' ? ['deeper'] : ['longer', 'deeper'];
}

/** Numbers of the initialisations that changes are tried on. */
export const seedsToTry = ({ seeds }: Pick<Diagnosis, 'seeds'>): number[] =>
  seeds.slice(0, tried).map(({ seed }) => seed);

/** The same training with twice the steps. */
export const longerOptions = <Options extends SeedOptions>(options: Options): Options => ({
  ...options,
  steps: 2 * options.steps,
});

/** The same model with twice the layers; undefined where it has none, as a circuit from a file. */
export function deeperSpec(spec: ModelSpec): ModelSpec | undefined {
  if (!('ansatz' in spec) || !('layers' in spec.ansatz) || typeof spec.ansatz.layers !== 'number') return undefined;
  return { ...spec, ansatz: { ...spec.ansatz, layers: 2 * spec.ansatz.layers } };
}

/** The training error that an initialisation's forecast comes to, in the labels' own units. */
export function* forecastingTrainMse(problem: DiagnosisProblem, index: number): Work<number> {
  const { model, options } = problem;
  const { forecast } = yield* forecastingPath(
    problem,
    index,
    initialTheta(model, options.seed, index, options.initial),
    {},
  );
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
    const options = change === 'longer' ? longerOptions(problem.options) : problem.options;
    const errors: number[] = [];
    for (const index of seedsToTry(diagnosis))
      errors.push(yield* forecastingTrainMse({ ...problem, model, options }, index));
    changes[change] = changeOf(diagnosis, errors);
  }
  return changes;
}
