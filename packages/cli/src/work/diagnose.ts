import path from 'node:path';
import {
  commandCosts,
  type Diagnosis,
  diagnosisProblem,
  InputError,
  initialTheta,
  joinDiagnosis,
  type SeedOptions,
  secondsFor,
  sizesOf,
} from '@qntk/core';
import { writeNpz } from '@qntk/formats';
import { diagnosisDocument, diagnosisText } from '@qntk/report';
import { diagnoseKind, limitKind, openSession, type TaskRecord } from '@qntk/study';
import type { Listener, Outcome, OutputFolder } from '../command.ts';
import { commandLine } from '../command-line.ts';
import { asJson } from '../json.ts';
import { describeData, describeModel } from '../spec/describe.ts';
import { type Problem, readProblem } from '../spec/problem.ts';
import { version } from '../version.ts';
import { changesToTry } from './changes.ts';
import { kernelArrays, withoutKernel } from './kernel-arrays.ts';
import { recordsText, storeFor } from './records.ts';
import { checkMemory, keptThreads, sizesInWords, threadsFor, workInWords } from './threads.ts';
import { checkTime } from './time.ts';

interface Given {
  readonly spec: string;
  readonly verify?: boolean;
  readonly seeds?: number;
  readonly jacobians?: number;
  readonly tolerance?: number;
  readonly out?: string;
}

export async function run(given: Given, listener: Listener): Promise<Outcome> {
  if (given.jacobians !== undefined && given.tolerance !== undefined)
    throw new InputError({ where: '--jacobians', found: 'it with --tolerance', expected: 'one of the two' });
  const problem = readProblem(given.spec, listener);
  const { diagnosis, found } = await diagnose(problem, given, listener);
  const written = given.out === undefined ? undefined : await report(given, diagnosis, problem);
  return {
    text: [diagnosisText(diagnosis), ...(written ? [`${written.text}${recordsText(found)}`] : [])].join('\n\n'),
    document: diagnosisDocument(diagnosis),
    ...(written && { output: written.output }),
  };
}

async function diagnose(
  { model, dataset, circuit, spec, placing }: Problem,
  given: Given,
  listener: Listener,
): Promise<{ diagnosis: Diagnosis; found: number }> {
  const { seeds: planned, seed, ...initial } = spec.initial;
  const seeds = given.seeds ?? planned;
  const options: SeedOptions = {
    ...spec.training,
    ...(given.jacobians !== undefined && { jacobians: given.jacobians }),
    ...(given.tolerance !== undefined && { tolerance: given.tolerance }),
    seed,
    initial,
    verify: given.verify === true,
  };
  const counts = { train: dataset.train.length, test: dataset.test.length };
  const cost = commandCosts.diagnose(sizesOf(model), { ...counts, ...options });
  const points = counts.train + counts.test;
  placing(() => checkMemory(cost, sizesInWords(model, points)));
  // Steps say themselves how many are left.
  const least = commandCosts.diagnose(sizesOf(model), { ...counts, ...options, steps: 1, verify: false });
  placing(() => checkTime(least, seeds, workInWords(model, points), listener));
  const seconds = { seed: secondsFor(cost), limit: secondsFor(commandCosts.limit(counts)) };
  const found = await threadsFor(cost, seeds);
  const threads = found && keptThreads(found, [...new Array<number>(seeds).fill(seconds.seed), seconds.limit]);
  const record = { seeds, source: describeData(spec.data), description: describeModel(spec.model), version, spec };
  const shared = placing(() => diagnosisProblem(model, dataset, { ...options, ...record }));
  const data = { dataset, ...(circuit && { circuit }) };
  const store = storeFor(given.out, listener);
  const initialisations = (from: number, to: number) => ({
    kind: diagnoseKind,
    spec: { model: spec.model, options: { ...options, basis: shared.basis }, rate: shared.rate },
    data,
    seeds: Array.from({ length: seeds }, (_, index) => index).slice(from, to),
    seconds: seconds.seed,
  });
  const limit = {
    kind: limitKind,
    spec: { model: spec.model },
    data,
    seeds: [0],
    seconds: seconds.limit,
  };
  const changes = changesToTry(shared, spec.model, data);
  // Before the last initialisations, as it decides what is tried: a thread that has none left then knows what will be.
  const first = Math.min(threads?.most ?? 1, seeds);
  const session = openSession({ store, version, ...(threads && { threads }) });
  try {
    const done = await session.all([initialisations(0, first), limit, initialisations(first, seeds)], {
      label: 'initialisations and limit',
      onProgress: ({ label, done, total, seconds }) => listener.progress(label, done, total, seconds),
      foresee: ([ofFirst, ofLimit, ofOthers], known) =>
        changes.foreseen(resultsOf([...ofFirst, ...ofOthers]), ofLimit[0]?.result, known),
    });
    const [ofFirst, ofLimit, ofOthers] = done.records;
    const results = resultsOf([...ofFirst, ...ofOthers]);
    const joined = joinDiagnosis(shared, results, ofLimit[0]?.result);
    const tried = await changes.tried(joined, session);
    const isTold = Object.keys(tried.changes).length + tried.tooLong.length > 0;
    const diagnosis = isTold ? joinDiagnosis(shared, results, ofLimit[0]?.result, tried) : joined;
    return { diagnosis, found: done.found[0]! + done.found[2]! };
  } catch (error) {
    return placing(() => {
      throw error;
    });
  } finally {
    session.close();
  }
}

const resultsOf = <Result>(records: readonly TaskRecord<Result>[]): Result[] => records.map(({ result }) => result);

/** The folder of a diagnosis, and what is in it; its kernel is that of the first initialisation. */
async function report(
  { spec, out: folder = '' }: Given,
  diagnosis: Diagnosis,
  problem: Problem,
): Promise<{ output: OutputFolder; text: string }> {
  // Plots are most of the program's size: loaded only where they are wanted.
  const { renderReport } = await import('@qntk/report/html');
  const theta = initialTheta(problem.model, problem.spec.initial.seed, 0, problem.spec.initial);
  const arrays = kernelArrays(problem, theta);
  const without = withoutKernel(arrays);
  const beside = {
    'report.json': asJson(diagnosisDocument(diagnosis)),
    'kernel.npz': writeNpz(arrays),
  };
  const origin = {
    circuit: problem.model.circuit.source,
    spec: { name: path.basename(spec), text: problem.text },
    command: commandLine(),
    date: new Date().toISOString().slice(0, 10),
    files: Object.keys(beside),
  };
  const files = { 'report.html': await renderReport(diagnosis, origin), ...beside };
  return {
    output: { folder, files },
    text: `Written to ${folder}: ${Object.keys(files).join(', ')}${without ? ` (${without})` : ''}`,
  };
}
