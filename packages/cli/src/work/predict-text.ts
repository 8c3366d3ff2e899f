import { type LinearModel, residualLoss } from '@qntk/core';
import { formatNumber, undefinedBecause } from '@qntk/report';
import { type Forecast, noLimit, type Rate, rateSource } from './predict.ts';
import type { Labels } from './predict-inputs.ts';
import { columns } from './text.ts';

interface Prediction {
  readonly linear: LinearModel;
  readonly labels: Labels;
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
  const start = zeroStart ? ['outputs before training: 0, as --f0 was not given'] : [];
  return [kernel, residual, ...used, ...start].join('\n');
}

function lossTable(forecasts: readonly Forecast[]): string {
  const rows = forecasts.map((forecast) => [
    nameOf(forecast),
    formatNumber(forecast.trainLoss),
    formatNumber(forecast.trainMse),
  ]);
  return columns([['steps', 'training loss', 'training MSE'], ...rows]);
}

function outputTable(
  name: string,
  f0: Float64Array,
  forecasts: readonly Forecast[],
  outputs: number,
  pick: (forecast: Forecast) => Float64Array,
  labels: Float64Array | undefined,
): string {
  const header = [`${name} row`, ...(labels ? ['label'] : []), 'before', ...forecasts.map(nameOf)];
  const rows = Array.from(f0, (before, i) => [
    outputs === 1 ? String(i) : `${Math.floor(i / outputs)}, output ${i % outputs}`,
    ...(labels ? [fixed(labels[i]!)] : []),
    fixed(before),
    ...forecasts.map((forecast) => fixed(pick(forecast)[i]!)),
  ]);
  return columns([header, ...rows]);
}

const nameOf = ({ steps }: Forecast) => (steps === null ? 't = ∞' : String(steps));

const fixed = (value: number) => (Math.abs(value) < 1e6 ? value.toFixed(6) : value.toExponential(6));
