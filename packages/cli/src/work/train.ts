import {
  accuracy,
  commandCosts,
  type Dataset,
  decisionOf,
  initialTheta,
  type KernelRecord,
  kernelAlong,
  mse,
  r2,
  type Score,
  sizesOf,
  type Training,
  takeRows,
  train as trainModel,
} from '@qntk/core';
import { type Scores, type TrainingRun, trainingText } from '@qntk/report';
import type { Listener, Outcome } from '../command.ts';
import { type Problem, readProblem } from '../spec/problem.ts';
import { checkMemory, sizesInWords, startHelpersFor } from './threads.ts';

interface Given {
  readonly spec: string;
  readonly optimizer?: string;
  readonly seed?: number;
  readonly tolerance?: number;
  readonly kernelAlong?: boolean;
  readonly outputsAlong?: boolean;
}

interface Run extends TrainingRun {
  readonly problem: Problem;
  readonly kernel: readonly KernelRecord[] | null;
}

/** Between two words about progress, in milliseconds. */
const pause = 50;

export async function run(given: Given, listener: Listener): Promise<Outcome> {
  const problem = readProblem(given.spec, listener);
  const { model, dataset, spec, placing } = problem;
  const { loss, steps, rate } = spec.training;
  const optimizer = given.optimizer ?? spec.training.optimizer;
  const seed = given.seed ?? spec.initial.seed;
  const counts = { train: dataset.train.length, test: dataset.test.length };
  const cost = commandCosts.train(sizesOf(model), { ...counts, steps });
  placing(() => checkMemory(cost, sizesInWords(model, counts.train + counts.test)));
  await startHelpersFor(cost);
  const training = placing(() =>
    trainModel(model, dataset, {
      optimizer,
      loss,
      steps,
      ...(rate !== undefined && { rate }),
      ...(given.tolerance !== undefined && { tolerance: given.tolerance }),
      theta0: initialTheta(model, seed, 0, spec.initial),
      onStep: throttled((iteration) => listener.progress('training', iteration, steps)),
    }),
  );
  const result = scored({ optimizer, seed, training, problem }, given.kernelAlong === true);
  return { text: trainingText(result), document: documentOf(result, given.outputsAlong === true) };
}

function throttled(tell: (iteration: number) => void): (iteration: number) => void {
  let last = 0;
  return (iteration) => {
    if (Date.now() - last < pause) return;
    last = Date.now();
    tell(iteration);
  };
}

function scored(base: Pick<Run, 'optimizer' | 'seed' | 'training' | 'problem'>, along: boolean): Run {
  const { dataset, model } = base.problem;
  const { trajectory } = base.training;
  const records = trajectory.times.length;
  const y = takeRows(dataset.y, dataset.outputs, dataset.test);
  return {
    ...base,
    train: scores(dataset, dataset.train, recordOf(trajectory, 'train', records - 1)),
    test: scores(dataset, dataset.test, recordOf(trajectory, 'test', records - 1)),
    testMse:
      y.length === 0
        ? null
        : Array.from({ length: records }, (_, k) => mse(y, recordOf(trajectory, 'test', k)).value as number),
    kernel: along ? kernelAlong(model, dataset, base.training) : null,
  };
}

function scores(dataset: Dataset, rows: Int32Array, f: Float64Array): Scores {
  const y = takeRows(dataset.y, dataset.outputs, rows);
  const decision = decisionOf(dataset);
  return {
    mse: mse(y, f),
    r2: r2(y, f, dataset.outputs),
    accuracy: decision ? accuracy(y, f, decision) : { value: null, reason: 'the labels are no classes' },
  };
}

/** Outputs at every record of a run. */
function outputsAlong({ trajectory }: Training): { train: Float64Array; test: Float64Array }[] {
  return Array.from(trajectory.times, (_, record) => ({
    train: recordOf(trajectory, 'train', record),
    test: recordOf(trajectory, 'test', record),
  }));
}

function recordOf(trajectory: Training['trajectory'], part: 'train' | 'test', record: number): Float64Array {
  const width = trajectory[part].length / trajectory.times.length;
  return trajectory[part].subarray(record * width, (record + 1) * width);
}

function documentOf(
  { optimizer, seed, training, problem, train, test, testMse, kernel }: Run,
  withOutputs: boolean,
): unknown {
  const { trajectory, theta, thetas: _, ...rest } = training;
  const named = Object.entries({ train, test }).flatMap(([part, scores]) =>
    Object.entries(scores as Scores).map(([name, score]) => [`${part}.${name}`, score as Score] as const),
  );
  const plain = ({ mse, r2, accuracy }: Scores) => ({ mse: mse.value, r2: r2.value, accuracy: accuracy.value });
  return {
    schema: 'qntk/training/1',
    optimizer,
    seed,
    loss: problem.spec.training.loss,
    ...rest,
    trainLoss: trajectory.trainLoss.at(-1),
    train: plain(train),
    test: plain(test),
    theta,
    curve: { clock: trajectory.clock, times: trajectory.times, trainLoss: trajectory.trainLoss, testMse },
    ...(withOutputs && { outputs: outputsAlong(training) }),
    ...(kernel && { kernel }),
    reasons: {
      ...Object.fromEntries(named.flatMap(([name, score]) => (score.value === null ? [[name, score.reason]] : []))),
      ...(rest.parameterChange === null && { parameterChange: 'all initial parameters are 0' }),
      ...(testMse === null && { 'curve.testMse': 'there are no test points' }),
      ...Object.assign({}, ...(kernel ?? []).map(({ reasons }) => reasons)),
    },
  };
}
