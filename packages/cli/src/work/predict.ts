import {
  descentLaw,
  InputError,
  type Jacobian,
  type Law,
  type LinearModel,
  type LossKind,
  limitLaw,
  linearFromJacobian,
  linearFromKernel,
  lossAt,
  outputsAt,
  rateLimit,
  residualLoss,
} from '@qntk/core';
import { type Forecast, noLimit, predictionText, type Rate, rateSource } from '@qntk/report';
import type { Listener, Outcome } from '../command.ts';
import {
  type Labels,
  type Matrix,
  readJacobian,
  readKernel,
  readLabels,
  readOutputs,
  readTestJacobian,
  readTestKernel,
} from './predict-inputs.ts';
import { nested } from './text.ts';

interface Given {
  readonly kernel?: string;
  readonly jacobian?: string;
  readonly labels: string;
  readonly testKernel?: string;
  readonly testJacobian?: string;
  readonly f0?: string;
  readonly f0Test?: string;
  readonly rate?: number;
  readonly steps?: readonly number[];
  readonly loss?: LossKind;
}

/** A kernel whose least eigenvalue is this far below 0, relative to the largest, is no kernel. */
const positivityTolerance = 1e-6;

export function run(given: Given, listener: Listener): Outcome {
  checkOptions(given);
  const labels = readLabels(given.labels);
  const { linear, hasTest } = given.kernel ? fromKernel(given, labels, listener) : fromJacobian(given, labels);
  if (hasTest && given.f0 !== undefined && given.f0Test === undefined)
    listener.warn('--f0-test was not given: the outputs on the test points before training are taken as 0');
  if (given.rate !== undefined && !given.steps)
    listener.warn('--rate has no effect without --steps: at t = ∞ every stable rate ends in the same place');
  const rate = rateOf(linear, given.rate);
  const forecasts = given.steps
    ? given.steps.map((steps) => forecast(linear, labels, steps, lawAt(linear, steps, rate)))
    : [forecast(linear, labels, null, limitLaw)];
  return {
    text: predictionText({ linear, labels, rate, forecasts, hasTest, zeroStart: given.f0 === undefined }),
    document: documentOf(linear, labels, rate, forecasts, hasTest),
  };
}

function checkOptions({ kernel, jacobian, testKernel, testJacobian, f0Test }: Given): void {
  const where = 'predict';
  if ((kernel === undefined) === (jacobian === undefined))
    throw new InputError({
      where,
      found: `${kernel === undefined ? 'neither --kernel nor' : 'both --kernel and'} --jacobian`,
      expected: 'one of them',
    });
  if (kernel !== undefined && testJacobian !== undefined)
    throw new InputError({ where, found: '--test-jacobian with --kernel', expected: '--test-kernel' });
  if (jacobian !== undefined && testKernel !== undefined)
    throw new InputError({ where, found: '--test-kernel with --jacobian', expected: '--test-jacobian' });
  if (f0Test !== undefined && testKernel === undefined && testJacobian === undefined)
    throw new InputError({
      where,
      found: '--f0-test without test points',
      expected: '--test-kernel or --test-jacobian with it',
    });
}

interface Read {
  readonly linear: LinearModel;
  readonly hasTest: boolean;
}

function fromKernel(given: Given, labels: Labels, listener: Listener): Read {
  const file = given.kernel!;
  const K = readKernel(file, labels, given.labels);
  const Kx = given.testKernel === undefined ? undefined : readTestKernel(given.testKernel, labels);
  const order = labels.data.length;
  const f0 = readOutputs(given.f0 ?? '0', order, '--f0');
  const test = Kx && { K: Kx, f0: readOutputs(given.f0Test ?? '0', Kx.length / order, '--f0-test') };
  const linear = linearFromKernel(K, f0, test, dataOf(given, labels));
  checkPositive(linear, file, listener);
  return { linear, hasTest: test !== undefined };
}

function fromJacobian(given: Given, labels: Labels): Read {
  const train = readJacobian(given.jacobian!, labels, given.labels);
  const testRows = given.testJacobian === undefined ? undefined : readTestJacobian(given.testJacobian, labels, train);
  const first = jacobianOf(train, readOutputs(given.f0 ?? '0', train.rows, '--f0'));
  const test = testRows && jacobianOf(testRows, readOutputs(given.f0Test ?? '0', testRows.rows, '--f0-test'));
  return { linear: linearFromJacobian(first, test, dataOf(given, labels)), hasTest: test !== undefined };
}

function jacobianOf({ data, rows, columns }: Matrix, f: Float64Array): Jacobian {
  return { rows, columns, f, J: data };
}

function dataOf(
  { loss = 'mean' }: Given,
  { data, points }: Labels,
): { y: Float64Array; loss: LossKind; points: number } {
  return { y: data, loss, points };
}

/** Eigenvalues below 0 by rounding are taken as 0, which is said; others cannot come from any Jacobian. */
function checkPositive({ spectrum }: LinearModel, file: string, listener: Listener): void {
  const { values, order, cutoff } = spectrum;
  const largest = values[0] ?? 0;
  const least = values[order - 1] ?? 0;
  const tolerance = positivityTolerance * Math.max(largest, -least);
  if (least < -tolerance || largest < 0)
    throw new InputError({
      where: `${file}: not positive semidefinite`,
      found: `the least eigenvalue ${least.toPrecision(6)}`,
      expected: `none below ${(-tolerance).toPrecision(3)} (rounding, as the largest is ${largest.toPrecision(6)})`,
    });
  if (least < -10 * cutoff)
    listener.warn(`${file}: the least eigenvalue, ${least.toPrecision(3)}, is below 0 and taken as 0`);
}

function rateOf({ spectrum, weight }: LinearModel, given: number | undefined): Rate {
  const limit = rateLimit(spectrum.values[0] ?? 0, weight);
  if (!Number.isFinite(limit)) return { value: given ?? 1, limit: null, given: given !== undefined };
  return { value: given ?? limit / 2, limit, given: given !== undefined };
}

function lawAt({ spectrum, weight }: LinearModel, steps: number, { value }: Rate): Law {
  return descentLaw(steps, value, weight, spectrum.values[0] ?? 0);
}

function forecast(linear: LinearModel, { data }: Labels, steps: number | null, law: Law): Forecast {
  const { train, test } = outputsAt(linear, law);
  const squares = data.reduce((sum, value, i) => sum + (value - train[i]!) ** 2, 0);
  return { steps, trainLoss: lossAt(linear, law), trainMse: squares / data.length, train, test };
}

function documentOf(
  linear: LinearModel,
  { data, points, outputs }: Labels,
  rate: Rate,
  forecasts: readonly Forecast[],
  hasTest: boolean,
): unknown {
  const { spectrum, loss } = linear;
  return {
    schema: 'qntk/prediction/1',
    loss,
    points,
    outputs,
    spectrum: spectrum.values,
    rank: spectrum.rank,
    cutoff: spectrum.cutoff,
    kappa: spectrum.kappa,
    frozen: { residualLoss: residualLoss(linear), residualMse: squaresOf(linear.nullResidual) / data.length },
    rate: rate.value,
    rateSource: rateSource(rate),
    rateLimit: rate.limit,
    forecasts: forecasts.map(({ steps, trainLoss, trainMse, train, test }) => ({
      steps,
      ...(steps === null && { reason: 't = ∞: no --steps were given' }),
      trainLoss,
      trainMse,
      train: nested(train, outputs),
      test: hasTest ? nested(test, outputs) : null,
    })),
    reasons: {
      ...(spectrum.kappaReason !== undefined && { kappa: spectrum.kappaReason }),
      ...(rate.limit === null && { rateLimit: noLimit }),
      ...(!hasTest && { 'forecasts.test': 'neither --test-kernel nor --test-jacobian was given' }),
    },
  };
}

const squaresOf = (values: Float64Array) => values.reduce((sum, value) => sum + value * value, 0);
