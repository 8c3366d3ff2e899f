import {
  commandCosts,
  initialTheta,
  kernelAlong,
  optimizerNamed,
  runSync,
  scoreTraining,
  secondsFor,
  sizesOf,
  type TrainingProgress,
  type TrainingSpec,
  training,
} from '@qntk/core';
import { type TrainingRun, trainingDocument, trainingText } from '@qntk/report';
import type { Listener, Outcome, OutputFolder } from '../command.ts';
import { type Problem, readProblem } from '../spec/problem.ts';
import { checkMemory, sizesInWords, startHelpersFor, workInWords } from './threads.ts';
import { checkTime } from './time.ts';
import { trainingFiles } from './training-files.ts';

interface Given {
  readonly spec: string;
  readonly optimizer?: string;
  readonly steps?: number;
  readonly seed?: number;
  readonly tolerance?: number;
  readonly kernelAlong?: boolean;
  readonly outputsAlong?: boolean;
  readonly out?: string;
}

/** Between two words about progress, in milliseconds. */
const pause = 50;

export async function run(given: Given, listener: Listener): Promise<Outcome> {
  const problem = readProblem(given.spec, listener);
  const result = await trained(problem, given, listener);
  const output = given.out === undefined ? undefined : folder(given.out, result);
  const written = output ? `\n\nWritten to ${output.folder}: ${Object.keys(output.files).join(', ')}` : '';
  return {
    text: trainingText(result) + written,
    document: trainingDocument(result, { outputsAlong: given.outputsAlong === true }),
    ...(output && { output }),
  };
}

async function trained(problem: Problem, given: Given, listener: Listener): Promise<TrainingRun> {
  const { model, dataset, spec, placing } = problem;
  const { loss } = spec.training;
  const { optimizer = spec.training.optimizer, steps = spec.training.steps, seed = spec.initial.seed } = given;
  const counts = { train: dataset.train.length, test: dataset.test.length };
  const cost = commandCosts.train(sizesOf(model), { ...counts, steps });
  const points = counts.train + counts.test;
  placing(() => checkMemory(cost, sizesInWords(model, points)));
  // Steps say themselves how many are left.
  const step = commandCosts.train(sizesOf(model), { ...counts, steps: 1 });
  placing(() => checkTime(step, 1, `one step with ${workInWords(model, points)}`, listener));
  const processors = await startHelpersFor(cost);
  if (optimizer !== 'flow') listener.progress('training', 0, steps, secondsFor(cost) / processors);
  const { rate, batch, momentum } = keysFor(optimizer, spec.training, listener);
  const work = () =>
    training(model, dataset, {
      optimizer,
      loss,
      steps,
      ...(rate !== undefined && { rate }),
      ...(momentum !== undefined && { momentum }),
      ...(batch !== undefined && { batch: { size: batch, seed, index: 0 } }),
      ...(given.tolerance !== undefined && { tolerance: given.tolerance }),
      theta0: initialTheta(model, seed, 0, spec.initial),
    });
  const run = placing(() => runSync(work(), throttled(listener)));
  return {
    optimizer,
    seed,
    loss,
    dataset,
    names: model.names,
    training: run,
    scores: scoreTraining(dataset, run),
    kernel: given.kernelAlong ? kernelAlong(model, dataset, run) : null,
  };
}

/**
 * The keys of `training` that optimisers take, as far as this one does. That another one does not know keys that the SPEC has
 * for its own is said; where they are written for the optimiser itself, they are a mistake, which training refuses.
 */
function keysFor(
  name: string,
  { optimizer: planned, rate, batch, momentum }: TrainingSpec,
  listener: Listener,
): Pick<TrainingSpec, 'rate' | 'batch' | 'momentum'> {
  const keys = { rate, batch, momentum };
  const optimizer = optimizerNamed(name);
  if (name === planned || !optimizer) return keys;
  const takes = (key: keyof typeof keys) =>
    key === 'rate' ? optimizer.rate !== 'none' : optimizer.takes.includes(key);
  const names = ['rate', 'batch', 'momentum'] as const;
  const left = names.filter((key) => keys[key] !== undefined && !takes(key));
  if (left.length > 0)
    listener.warn(
      `${left.map((key) => `training.${key}`).join(' and ')}: left out, as ${name} takes none (--optimizer instead of ${planned})`,
    );
  return Object.fromEntries(names.filter(takes).map((key) => [key, keys[key]]));
}

function throttled(listener: Listener): (event: TrainingProgress) => void {
  let last = 0;
  return ({ label, done, total }) => {
    if (Date.now() - last < pause) return;
    last = Date.now();
    listener.progress(label, done, total);
  };
}

function folder(out: string, run: TrainingRun): OutputFolder {
  return { folder: out, files: trainingFiles(run) };
}
