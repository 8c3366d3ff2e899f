import {
  InputError,
  type Jacobian,
  type LinearModel,
  type LossKind,
  linearFromJacobian,
  linearFromKernel,
  negativeEigenvalue,
  predict,
} from '@qntk/core';
import { type PredictionRun, predictionDocument, predictionText } from '@qntk/report';
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

export function run(given: Given, listener: Listener): Outcome {
  checkOptions(given);
  const labels = readLabels(given.labels);
  const { linear, hasTest } = given.kernel ? fromKernel(given, labels, listener) : fromJacobian(given, labels);
  if (hasTest && given.f0 !== undefined && given.f0Test === undefined)
    listener.warn('--f0-test was not given: the outputs on the test points before training are taken as 0');
  if (given.rate !== undefined && !given.steps)
    listener.warn('--rate has no effect without --steps: at t = ∞ every stable rate ends in the same place');
  const prediction: PredictionRun = {
    ...predict(linear, labels.data, given),
    linear,
    labels,
    hasTest,
    zeroStart: given.f0 === undefined,
  };
  return { text: predictionText(prediction), document: predictionDocument(prediction) };
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
  const linear = located(file, () => linearFromKernel(K, f0, test, dataOf(given, labels)));
  const least = negativeEigenvalue(linear.spectrum);
  if (least !== null)
    listener.warn(`${file}: the least eigenvalue, ${least.toPrecision(3)}, is below 0 and taken as 0`);
  return { linear, hasTest: test !== undefined };
}

/** What is wrong with the kernel is wrong in its file: all else has been checked. */
function located<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof InputError ? error.at(() => file) : error;
  }
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
