import type { LinearModel, PredictedRate, Prediction, PredictionScores, StepForecast } from '@qntk/core';
import { formatNumber, formatShare, undefinedBecause } from '../format.ts';
import { longTable } from './table.ts';

/** A prediction with what it was made from. */
export interface PredictionRun extends Prediction {
  readonly linear: LinearModel;
  /** Row-major, points × outputs. */
  readonly labels: { readonly data: Float64Array; readonly outputs: number };
  readonly testLabels?: Float64Array;
  readonly hasTest: boolean;
  readonly zeroStart: boolean;
}

/** A forecast for people: what the kernel is like, the loss, and every output. */
export function predictionText(prediction: PredictionRun): string {
  const { linear, labels, testLabels, forecasts, hasTest } = prediction;
  const training = outputTable('training', linear.f0, forecasts, labels.outputs, ({ train }) => train, labels.data);
  const test = hasTest
    ? [outputTable('test', linear.f0Test, forecasts, labels.outputs, (forecast) => forecast.test, testLabels)]
    : [];
  return [head(prediction), lossTable(forecasts), training, ...test].join('\n\n');
}

function head({ linear, rate, frozen, forecasts, zeroStart }: PredictionRun): string {
  const { rank, order, kappa, kappaReason, values } = linear.spectrum;
  const kernel = `kernel: λmax ${formatNumber(values[0] ?? 0)}, rank ${rank} of ${order}, κ ${kappa === null ? undefinedBecause(kappaReason) : formatNumber(kappa)}`;
  const residual = `training loss that this frozen kernel leaves at t = ∞: ${formatNumber(frozen.residualLoss)} (${linear.loss} loss)`;
  const limit = rate.limit === null ? noLimit : `stability limit ${formatNumber(rate.limit)}`;
  const used = forecasts.some(({ steps }) => steps !== null)
    ? [`rate: ${formatNumber(rate.value)} (${rateSource(rate)}); ${limit}`]
    : [limit];
  const start = zeroStart ? ['outputs before training: 0, as none were given'] : [];
  return [kernel, residual, ...used, ...start].join('\n');
}

/** How scores are headed, in the order of the table. */
const scoreColumns: Record<keyof PredictionScores, string> = {
  trainR2: 'training R²',
  trainAccuracy: 'training accuracy',
  testMse: 'test MSE',
  testR2: 'test R²',
  testAccuracy: 'test accuracy',
};
const scoreNames = Object.keys(scoreColumns) as (keyof PredictionScores)[];

/** Loss and scores; one that is undefined is so at every step, and has no column. */
function lossTable(forecasts: readonly StepForecast[]): string {
  const names = scoreNames.filter((name) => forecasts.some(({ scores }) => scores[name].value !== null));
  return longTable({
    head: ['steps', 'training loss', 'training MSE', ...names.map((name) => scoreColumns[name])],
    count: forecasts.length,
    row: (index) => {
      const { trainLoss, trainMse, scores, ...forecast } = forecasts[index];
      return [
        nameOf(forecast),
        formatNumber(trainLoss),
        formatNumber(trainMse),
        ...names.map((name) => scoreText(name, scores)),
      ];
    },
  });
}

function scoreText(name: keyof PredictionScores, scores: PredictionScores): string {
  const { value } = scores[name];
  return value !== null && name.endsWith('Accuracy') ? formatShare(value) : formatNumber(value);
}

function outputTable(
  name: string,
  f0: Float64Array,
  forecasts: readonly StepForecast[],
  outputs: number,
  pick: (forecast: StepForecast) => Float64Array,
  labels: Float64Array | undefined,
): string {
  return longTable({
    head: [`${name} row`, ...(labels ? ['label'] : []), 'before', ...forecasts.map(nameOf)],
    count: f0.length,
    row: (i) => [
      outputs === 1 ? String(i) : `${Math.floor(i / outputs)}, output ${i % outputs}`,
      ...(labels ? [fixed(labels[i])] : []),
      fixed(f0[i]),
      ...forecasts.map((forecast) => fixed(pick(forecast)[i])),
    ],
  });
}

/** The document that programs read. Outputs of several readouts keep an axis of their own. */
export function predictionDocument({ linear, labels, rate, frozen, forecasts, hasTest }: PredictionRun): unknown {
  const { spectrum, loss, points } = linear;
  const { outputs } = labels;
  return {
    schema: 'qntk/prediction/1',
    loss,
    points,
    outputs,
    spectrum: spectrum.values,
    rank: spectrum.rank,
    cutoff: spectrum.cutoff,
    kappa: spectrum.kappa,
    frozen,
    rate: rate.value,
    rateSource: rateSource(rate),
    rateLimit: rate.limit,
    forecasts: forecasts.map(({ steps, train, test, scores, ...errors }) => ({
      steps,
      ...(steps === null && { reason: 't = ∞: no --steps were given' }),
      ...errors,
      ...Object.fromEntries(scoreNames.map((name) => [name, scores[name].value])),
      train: rowsOf(train, outputs),
      test: hasTest ? rowsOf(test, outputs) : null,
    })),
    reasons: {
      ...(spectrum.kappaReason !== undefined && { kappa: spectrum.kappaReason }),
      ...(rate.limit === null && { rateLimit: noLimit }),
      ...undefinedScores(forecasts),
      ...(!hasTest && { 'forecasts.test': 'neither --test-kernel nor --test-jacobian was given' }),
    },
  };
}

/** Why scores are undefined: by the labels, which are the same at every step. */
function undefinedScores([first]: readonly StepForecast[]): Record<string, string> {
  if (!first) return {};
  return Object.fromEntries(
    scoreNames.flatMap((name) => {
      const score = first.scores[name];
      return score.value === null ? [[`forecasts.${name}`, score.reason]] : [];
    }),
  );
}

/** A row-major array as lists of `width` numbers; one output gives a plain list. */
function rowsOf(values: Float64Array, width: number): number[] | number[][] {
  if (width === 1) return Array.from(values);
  return Array.from({ length: values.length / width }, (_, i) =>
    Array.from(values.subarray(i * width, (i + 1) * width)),
  );
}

/** Why a zero kernel has no limit. */
const noLimit = 'the kernel is 0: no rate moves anything';

function rateSource({ given, limit }: PredictedRate): string {
  if (given) return 'given';
  return limit === null ? 'any, as the kernel is 0' : 'half the stability limit';
}

const nameOf = ({ steps }: Pick<StepForecast, 'steps'>) => (steps === null ? 't = ∞' : String(steps));

const fixed = (value: number) => (Math.abs(value) < 1e6 ? value.toFixed(6) : value.toExponential(6));
