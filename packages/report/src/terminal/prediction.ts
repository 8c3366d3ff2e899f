import { type LinearModel, residualLoss } from '@qntk/core';
import { formatNumber, undefinedBecause } from '../format.ts';
import { longTable } from './table.ts';

/** Outputs and loss when training has come so far. */
export interface Forecast {
  /** null at t = ∞. */
  readonly steps: number | null;
  readonly trainLoss: number;
  readonly trainMse: number;
  readonly train: Float64Array;
  readonly test: Float64Array;
}

/** The learning rate of a forecast and its limit; `limit` is null where no rate is too large. */
export interface Rate {
  readonly value: number;
  readonly limit: number | null;
  readonly given: boolean;
}

/** What `predict` has worked out: the linear model of a given kernel or Jacobian, its labels and its clock. */
export interface Prediction {
  readonly linear: LinearModel;
  /** Row-major, points × outputs. */
  readonly labels: { readonly data: Float64Array; readonly outputs: number };
  readonly rate: Rate;
  readonly forecasts: readonly Forecast[];
  readonly hasTest: boolean;
  readonly zeroStart: boolean;
}

/** A forecast for people: what the kernel is like, the loss, and every output. */
export function predictionText(prediction: Prediction): string {
  const { linear, labels, forecasts, hasTest } = prediction;
  const training = outputTable('training', linear.f0, forecasts, labels.outputs, ({ train }) => train, labels.data);
  const test = hasTest
    ? [outputTable('test', linear.f0Test, forecasts, labels.outputs, (forecast) => forecast.test, undefined)]
    : [];
  return [head(prediction), lossTable(forecasts), training, ...test].join('\n\n');
}

function head({ linear, rate, forecasts, zeroStart }: Prediction): string {
  const { rank, order, kappa, kappaReason, values } = linear.spectrum;
  const kernel = `kernel: λmax ${formatNumber(values[0] ?? 0)}, rank ${rank} of ${order}, κ ${kappa === null ? undefinedBecause(kappaReason) : formatNumber(kappa)}`;
  const residual = `training loss that this frozen kernel leaves at t = ∞: ${formatNumber(residualLoss(linear))} (${linear.loss} loss)`;
  const limit = rate.limit === null ? noLimit : `stability limit ${formatNumber(rate.limit)}`;
  const used = forecasts.some(({ steps }) => steps !== null)
    ? [`rate: ${formatNumber(rate.value)} (${rateSource(rate)}); ${limit}`]
    : [limit];
  const start = zeroStart ? ['outputs before training: 0, as none were given'] : [];
  return [kernel, residual, ...used, ...start].join('\n');
}

function lossTable(forecasts: readonly Forecast[]): string {
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
  forecasts: readonly Forecast[],
  outputs: number,
  pick: (forecast: Forecast) => Float64Array,
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

/** Why a zero kernel has no limit. */
export const noLimit = 'the kernel is 0: no rate moves anything';

export function rateSource({ given, limit }: Rate): string {
  if (given) return 'given';
  return limit === null ? 'any, as the kernel is 0' : 'half the stability limit';
}

const nameOf = ({ steps }: Forecast) => (steps === null ? 't = ∞' : String(steps));

const fixed = (value: number) => (Math.abs(value) < 1e6 ? value.toFixed(6) : value.toExponential(6));
