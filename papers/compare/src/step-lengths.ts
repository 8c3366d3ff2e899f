import { batchShare, type Rung, rungOf, runSync, scoreOf, type TrainingSpec, type ValidationScore } from '@qntk/core';
import { sets } from '../../forecast/src/problems.ts';
import { runsOf } from '../../forecast/src/records.ts';
import { upperMedian } from '../../statistics.ts';
import { mean, table } from '../../table.ts';
import { datasetOf, modelOf, scales } from './candidates.ts';
import { shortened } from './rungs.ts';

/** A candidate, and how Adam trains it. */
interface Training {
  readonly set: string;
  readonly candidate: number;
  readonly rate: number;
  /** Rows of a step; all where null. */
  readonly batch: number | null;
  readonly steps: number;
}

/** What each of {@link methodsOf} says of one initialisation. */
interface StepLengthRun extends Training {
  readonly r2: readonly (number | null)[];
  /** RMS change of the outputs by the last quarter of the work, over the deviation of their labels. */
  readonly change: readonly (number | null)[];
  /** Jacobians or gradients of all training rows. */
  readonly work: readonly number[];
}

const rates = [0.02, 0.05, 0.1, 0.2, 0.5];
const ways = [
  { batch: 4, steps: 1000 },
  { batch: 8, steps: 300 },
  { batch: null, steps: 300 },
];
const folds = 4;
/** Jacobians of a forecast, and gradients of a short training. */
const lengths = [6, 12, 24];

/** Each ansatz with each depth once, behind one of the encodings in turn, at γ = 1.5. */
const chosen = [0, 1, 2, 3].flatMap((ansatz) =>
  [0, 1, 2, 3].map((depth) => {
    const encoding = (ansatz + 2 * depth) % 5;
    return ((encoding * 4 + ansatz) * 4 + depth) * scales.length + scales.indexOf(1.5);
  }),
);

/** All runs, on the design half. */
export const stepLengthRunsWanted = (): Training[] =>
  ways.flatMap((way) =>
    chosen.flatMap((candidate) =>
      sets
        .filter(({ half }) => half === 'design')
        .flatMap(({ name: set }) => rates.map((rate) => ({ set, candidate, rate, ...way }))),
    ),
  );

export const stepLengthKey = ({ set, candidate, rate, batch, steps }: Training): string =>
  [set, candidate, rate, batch, steps].join(' ');

const trainingOf = ({ rate, batch, steps }: Training): TrainingSpec => ({
  loss: 'mean',
  optimizer: 'adam',
  steps,
  rate,
  ...(batch !== null && { batch }),
});

/** Part of the rows of a fold that a step sees. */
const shareOf = (run: Training, rows: number): number => batchShare(trainingOf(run), rows * (1 - 1 / folds));

/** Forecasts, short trainings for as many gradients as these take Jacobians at most, and the whole training. */
function methodsOf(run: Training, rows: number): Rung[] {
  const share = shareOf(run, rows);
  return [
    ...lengths.map((jacobians) => ({ kind: 'forecast', jacobians }) as const),
    ...lengths.map((work) => ({ kind: 'training', steps: Math.round(work / share), whole: false, share }) as const),
    { kind: 'training', steps: run.steps, whole: true },
  ];
}

export function stepLengthRun(folder: string, run: Training): StepLengthRun {
  const dataset = datasetOf(folder, run.set);
  const model = modelOf(run.candidate, dataset);
  const results = methodsOf(run, dataset.train.length).map((rung) => {
    const options = { rung, training: trainingOf(run), seed: 7, selection: { folds }, splitSeed: 1 } as const;
    return shortened(runSync(rungOf(model, dataset, options)(0)));
  });
  return {
    ...run,
    r2: results.map(({ r2 }) => r2),
    change: results.map(({ change }) => change),
    work: results.map(({ jacobians, gradients }) => jacobians + gradients),
  };
}

/** Ends of the rows of the table, radians. */
const ends = [0, 0.5, 1, 2, 3, 4, 6, 9, 15, Infinity];

/** By the radians that Adam goes with one gradient of all rows: how far forecasts and short trainings miss the whole training, and what the intervals of these hold. */
export function printStepLengths(folder: string, file: string): void {
  const runs = runsOf<StepLengthRun>(file).map((run) => scored(folder, run));
  console.log(`${missTable(runs)}\n\n${heldTable(runs.filter(({ gone }) => gone > far))}`);
}

/** Radians from which on the race trains shortly: `farPerGradient` of the library, which these runs are what it is chosen by. */
const far = 4;

interface Scored {
  /** By each of {@link methodsOf}. */
  readonly scores: readonly ValidationScore[];
  /** Radians that Adam goes with a gradient's worth of steps, at most. */
  readonly gone: number;
}

function scored(folder: string, run: StepLengthRun): Scored {
  const dataset = datasetOf(folder, run.set);
  const { parameters } = modelOf(run.candidate, dataset);
  const rows = dataset.train.length;
  const scores = methodsOf(run, rows).map((rung, k) => {
    const [r2, change] = [run.r2[k]!, run.change[k]!];
    const others = { accuracy: null, mse: 0, trainMse: 0, jacobians: 0, gradients: 0 };
    return scoreOf([{ ...others, r2, change }], rung);
  });
  return { scores, gone: (run.rate * Math.sqrt(parameters)) / shareOf(run, rows) };
}

/** Median misses of forecasts and short trainings, and how often the forecast is nearer. */
function missTable(runs: readonly Scored[]): string {
  const rows = ends.slice(1).map((high, k) => {
    const some = runs.filter(({ gone }) => gone >= ends[k]! && gone < high);
    return [
      high === Infinity ? `${ends[k]} and more` : `${ends[k]} to ${high}`,
      some.length,
      ...lengths.flatMap((_, at) => {
        const [forecast, training] = [at, at + lengths.length].map((method) =>
          some.map(({ scores }) => missOf(scores, method)),
        );
        const nearer = forecast!.filter((miss, i) => miss < training![i]!).length / some.length;
        const [byForecast, byTraining] = [forecast!, training!].map((misses) => upperMedian(misses).toPrecision(2));
        return [byForecast!, byTraining!, `${Math.round(100 * nearer)} %`];
      }),
    ];
  });
  const each = lengths.flatMap((count) => [`${count} Jacobians`, `${count} gradients`, 'forecast nearer']);
  return table(['rad for a gradient', 'runs', ...each], rows);
}

/** How often the intervals of short trainings hold the whole one, and how wide they are. */
function heldTable(runs: readonly Scored[]): string {
  const rows = lengths.map((count, at) => {
    const own = runs.map(({ scores }) => scores[at + lengths.length]!);
    const hits = own.filter(({ interval: [low, high] }, k) => {
      const truth = runs[k]!.scores.at(-1)!.mean;
      return low <= truth && truth <= high;
    });
    return [
      `${count} gradients`,
      runs.length,
      `${((100 * hits.length) / runs.length).toFixed(1)} %`,
      mean(own.map(({ mean: value, interval }) => value - interval[0])).toFixed(2),
    ];
  });
  return table([`above ${far} rad`, 'runs', 'interval holds', 'mean half-width'], rows);
}

const missOf = (scores: readonly { readonly mean: number }[], method: number): number =>
  Math.abs(scores[method]!.mean - scores[scores.length - 1]!.mean);
