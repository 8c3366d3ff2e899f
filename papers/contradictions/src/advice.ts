import {
  accuracy,
  advisedChange,
  type Change,
  cautionsOf,
  type Dataset,
  type DiagnoseOptions,
  decisionOf,
  deeperSpec,
  diagnose,
  diagnosisProblem,
  type ForecastBasis,
  halfOfPoints,
  initialTheta,
  type ModelSpec,
  r2,
  readoutSpec,
  rescaledSpec,
  richerSpec,
  simplerSpec,
  type TriedChange,
  train,
} from '@qntk/core';
import type { Problem } from './problems.ts';
import { optionsOf, type TrainingName } from './trainings.ts';

const initialisations = 3;

const names = ['longer', 'deeper', 'readout', 'simpler', 'richer', 'rescaled', 'fewer'] as const satisfies Change[];

/** Scores on new points, means over the initialisations; of each point the squared error over the labels' variance. */
interface Scores {
  readonly r2: number;
  readonly accuracy: number | null;
}

/** What a diagnosis advises on a problem, and what doing so comes to on new points. */
export interface Advised {
  readonly half: Problem['half'];
  readonly code: string;
  /** Null where nothing was advised. */
  readonly change: Change | null;
  /** What was told of it. */
  readonly told: TriedChange | null;
  /** How many changes were tried. */
  readonly tried: number;
  readonly planned?: Scores;
  readonly changed?: Scores;
  /** Mean over new points of what the change takes off their error, and its standard error over points and initialisations. */
  readonly gain?: { readonly mean: number; readonly error: number };
}

/** Asks a diagnosis of three initialisations for advice, and trains as planned and as advised. */
export function advised(problem: Problem, name: TrainingName, basis: ForecastBasis): Advised {
  const { half, dataset, spec, build } = problem;
  const options = { ...optionsOf(name), seeds: initialisations, basis };
  const { bottomLine } = diagnose(build(spec), dataset, options, { spec, build });
  const found = names.flatMap((change) =>
    bottomLine.evidence[change] ? [[change, bottomLine.evidence[change]] as const] : [],
  );
  const change = advisedChange(Object.fromEntries(found)) ?? null;
  const said = {
    half,
    code: bottomLine.code,
    change,
    told: change && bottomLine.evidence[change],
    tried: found.length,
  };
  if (!change) return said;
  const other = changedTraining(problem, change, options);
  const [planned, changed] = [runs(problem, { spec, options, dataset }), runs(problem, other)];
  return { ...said, planned: scoresOf(planned), changed: scoresOf(changed), gain: gainOf(planned, changed) };
}

interface Training {
  readonly spec: ModelSpec;
  readonly options: DiagnoseOptions;
  readonly dataset: Dataset;
}

function changedTraining({ dataset, spec, build }: Problem, change: Change, options: DiagnoseOptions): Training {
  const changed: { readonly [Name in Change]: () => Partial<Training> | { readonly spec: ModelSpec | undefined } } = {
    longer: () => ({ options: { ...options, steps: 2 * options.steps } }),
    fewer: () => ({ dataset: halfOfPoints(dataset, options.seed) }),
    deeper: () => ({ spec: deeperSpec(spec) }),
    readout: () => ({ spec: readoutSpec(spec) }),
    simpler: () => ({ spec: simplerSpec(spec)?.spec }),
    richer: () => ({ spec: richerSpec(spec) }),
    rescaled: () => ({ spec: rescaledSpec(spec, cautionsOf(build(spec), dataset)) }),
  };
  return { spec, options, dataset, ...changed[change]() } as Training;
}

/** Of one trained network: its scores on the test rows, and of each row the squared error over the variance of the labels. */
interface Run extends Scores {
  readonly errors: readonly number[];
}

function runs({ build }: Problem, { spec, options, dataset }: Training): Run[] {
  const model = build(spec);
  const { rate, yTest } = diagnosisProblem(model, dataset, options);
  const rates = options.optimizer === 'lbfgs' ? {} : { rate };
  const decision = decisionOf(dataset);
  const mean = yTest.reduce((sum, y) => sum + y, 0) / yTest.length;
  const variance = yTest.reduce((sum, y) => sum + (y - mean) ** 2, 0) / yTest.length;
  return Array.from({ length: initialisations }, (_, index) => {
    const { steps, optimizer, loss } = options;
    const theta0 = initialTheta(model, options.seed, index);
    const { trajectory } = train(model, dataset, { optimizer, loss, steps, theta0, ...rates, record: [steps] });
    const f = trajectory.test.slice(-yTest.length);
    const rows = Array.from({ length: dataset.test.length }, (_, row) => row * dataset.outputs);
    const errors = rows.map((from) => {
      const squares = Array.from({ length: dataset.outputs }, (_, o) => (yTest[from + o] - f[from + o]) ** 2);
      return squares.reduce((sum, square) => sum + square, 0) / dataset.outputs / variance;
    });
    const right = decision ? accuracy(yTest, f, decision).value : null;
    return { r2: r2(yTest, f, dataset.outputs).value as number, accuracy: right, errors };
  });
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const kept = (value: number): number => Number(value.toPrecision(4));

const scoresOf = (trained: readonly Run[]): Scores => ({
  r2: kept(mean(trained.map(({ r2 }) => r2))),
  accuracy: trained[0].accuracy === null ? null : kept(mean(trained.map(({ accuracy }) => accuracy as number))),
});

function gainOf(planned: readonly Run[], changed: readonly Run[]): Required<Advised>['gain'] {
  const byRun = planned.map(({ errors }, k) => mean(errors.map((error, row) => error - changed[k].errors[row])));
  const byRow = planned[0].errors.map((_, row) =>
    mean(planned.map(({ errors }, k) => errors[row] - changed[k].errors[row])),
  );
  return { mean: kept(mean(byRow)), error: kept(Math.hypot(standardError(byRow), standardError(byRun))) };
}

function standardError(values: readonly number[]): number {
  const around = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - around) ** 2, 0) / (values.length - 1) / values.length);
}
