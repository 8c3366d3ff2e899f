import type { LinearModel, PredictedRate, Prediction, StepForecast } from '@qntk/core';
import { formatNumber, undefinedBecause } from '../format.ts';
import { longTable } from './table.ts';

/** A prediction with what it was made from. */
export interface PredictionRun extends Prediction {
  readonly linear: LinearModel;
  /** Row-major, points × outputs. */
  readonly labels: { readonly data: Float64Array; readonly outputs: number };
  readonly hasTest: boolean;
  readonly zeroStart: boolean;
}

/** A forecast for people: what the kernel is like, the loss, and every output. */
export function predictionText(prediction: PredictionRun): string {
  const { linear, labels, forecasts, hasTest } = prediction;
  const training = outputTable('training', linear.f0, forecasts, labels.outputs, ({ train }) => train, labels.data);
  const test = hasTest
    ? [outputTable('test', linear.f0Test, forecasts, labels.outputs, (forecast) => forecast.test, undefined)]
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

function lossTable(forecasts: readonly StepForecast[]): string {
  return longTable({
    head: ['steps', 'training loss', 'training MSE'],
    count: forecasts.length,
    row: (index) => {
      const forecast = forecasts[index];
      return [nameOf(forecast), formatNumber(forecast.trainLoss), formatNumber(forecast.trainMse)];
    },
  });
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
    forecasts: forecasts.map(({ steps, train, test, ...errors }) => ({
      steps,
      ...(steps === null && { reason: 't = ∞: no --steps were given' }),
      ...errors,
      train: rowsOf(train, outputs),
      test: hasTest ? rowsOf(test, outputs) : null,
    })),
    reasons: {
      ...(spectrum.kappaReason !== undefined && { kappa: spectrum.kappaReason }),
      ...(rate.limit === null && { rateLimit: noLimit }),
      ...(!hasTest && { 'forecasts.test': 'neither --test-kernel nor --test-jacobian was given' }),
    },
  };
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

const nameOf = ({ steps }: StepForecast) => (steps === null ? 't = ∞' : String(steps));

const fixed = (value: number) => (Math.abs(value) < 1e6 ? value.toFixed(6) : value.toExponential(6));
