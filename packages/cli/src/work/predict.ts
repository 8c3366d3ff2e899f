import {
  commandCosts,
  counted,
  InputError,
  type Jacobian,
  type LinearModel,
  type LossKind,
  linearFromJacobian,
  linearFromKernel,
  negativeEigenvalue,
  predict,
} from '@qntk/core';
import { type NpyArray, writeNpz } from '@qntk/formats';
import { type PredictionRun, predictionDocument, predictionText } from '@qntk/report';
import type { Listener, Outcome, OutputFolder } from '../command.ts';
import { asJson } from '../json.ts';
import {
  type Labels,
  type Matrix,
  readJacobian,
  readKernel,
  readLabels,
  readOutputs,
  readTestJacobian,
  readTestKernel,
  readTestLabels,
} from './predict-inputs.ts';
import { checkMemory } from './threads.ts';
import { checkTime } from './time.ts';

interface Given {
  readonly kernel?: string;
  readonly jacobian?: string;
  readonly labels: string;
  readonly testKernel?: string;
  readonly testJacobian?: string;
  readonly testLabels?: string;
  readonly f0?: string;
  readonly f0Test?: string;
  readonly rate?: number;
  readonly steps?: readonly number[];
  readonly loss?: LossKind;
  readonly out?: string;
}

export function run(given: Given, listener: Listener): Outcome {
  checkOptions(given);
  const labels = readLabels(given.labels);
  const { linear, hasTest } = given.kernel
    ? fromKernel(given, labels, listener)
    : fromJacobian(given, labels, listener);
  if (hasTest && given.f0 !== undefined && given.f0Test === undefined)
    listener.warn('--f0-test was not given: the outputs on the test points before training are taken as 0');
  if (given.rate !== undefined && !given.steps)
    listener.warn('--rate has no effect without --steps: at t = ∞ every stable rate ends in the same place');
  const { rate, steps, testLabels: file, out } = given;
  const testLabels = file === undefined ? undefined : readTestLabels(file, labels, linear.f0Test.length);
  const options = {
    ...(rate !== undefined && { rate }),
    ...(steps && { steps }),
    ...(testLabels && { testLabels }),
  };
  const prediction: PredictionRun = {
    ...predict(linear, labels.data, { ...options, outputs: labels.outputs }),
    ...(testLabels && { testLabels }),
    linear,
    labels,
    hasTest,
    zeroStart: given.f0 === undefined,
  };
  const document = predictionDocument(prediction);
  const text = predictionText(prediction);
  if (out === undefined) return { text, document };
  const output = { folder: out, files: filesOf(prediction, document) };
  return { text: `${text}\n\nWritten to ${out}: ${Object.keys(output.files).join(', ')}`, document, output };
}

function checkOptions({ kernel, jacobian, testKernel, testJacobian, testLabels, f0Test }: Given): void {
  const where = 'predict';
  const hasTest = testKernel !== undefined || testJacobian !== undefined;
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
  for (const [option, value] of Object.entries({ '--f0-test': f0Test, '--test-labels': testLabels }))
    if (value !== undefined && !hasTest)
      throw new InputError({
        where,
        found: `${option} without test points`,
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
  const others = (Kx?.length ?? 0) / order;
  const [cost, what] = [commandCosts.predict({ rows: order, others }), `the eigenvectors of a kernel of ${order} rows`];
  located(file, () => checkMemory(cost, what));
  located(file, () => checkTime(cost, 1, what, listener));
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

function fromJacobian(given: Given, labels: Labels, listener: Listener): Read {
  const train = readJacobian(given.jacobian!, labels, given.labels);
  const testRows = given.testJacobian === undefined ? undefined : readTestJacobian(given.testJacobian, labels, train);
  const { rows, columns: parameters } = train;
  const others = (testRows?.data.length ?? 0) / parameters;
  const cost = commandCosts.predict({ rows, others, parameters });
  const what = `the modes of a Jacobian of ${counted(rows, 'row')} and ${counted(parameters, 'column')}`;
  located(given.jacobian!, () => checkMemory(cost, what));
  located(given.jacobian!, () => checkTime(cost, 1, what, listener));
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

/** The document, and as arrays what is long in it: outputs after every number of steps, steps × points (× outputs). */
function filesOf({ labels, forecasts, hasTest }: PredictionRun, document: unknown): OutputFolder['files'] {
  const steps = forecasts.flatMap((each) => (each.steps === null ? [] : [each.steps]));
  const stacked = (part: 'train' | 'test'): NpyArray => {
    const width = forecasts[0]?.[part].length ?? 0;
    const data = new Float64Array(forecasts.length * width);
    forecasts.forEach((forecast, i) => {
      data.set(forecast[part], i * width);
    });
    const perPoint = labels.outputs === 1 ? [width] : [width / labels.outputs, labels.outputs];
    return { shape: [forecasts.length, ...perPoint], data };
  };
  return {
    'prediction.json': asJson(document),
    'prediction.npz': writeNpz({
      ...(steps.length > 0 && { steps: { shape: [steps.length], data: Float64Array.from(steps) } }),
      train: stacked('train'),
      ...(hasTest && { test: stacked('test') }),
    }),
  };
}
