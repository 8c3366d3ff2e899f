import { type Diagnosis, diagnosing, initialTheta, runSync } from '@qntk/core';
import { writeNpz } from '@qntk/formats';
import { diagnosisDocument, diagnosisText } from '@qntk/report';
import type { Listener, Outcome, OutputFolder } from '../command.ts';
import { printable } from '../printable.ts';
import { describeData, describeModel } from '../spec/describe.ts';
import { type Problem, readProblem } from '../spec/problem.ts';
import { version } from '../version.ts';
import { kernelArrays, withoutKernel } from './kernel-arrays.ts';
import { startThreadsFor } from './threads.ts';

interface Given {
  readonly spec: string;
  readonly verify?: boolean;
  readonly seeds?: number;
  readonly tolerance?: number;
  readonly out?: string;
}

export async function run(given: Given, listener: Listener): Promise<Outcome> {
  const problem = readProblem(given.spec, listener);
  const { model, dataset, spec, placing } = problem;
  const { rate, ...training } = spec.training;
  await startThreadsFor(model, dataset.train.length);
  const diagnosis = placing(() =>
    runSync(
      diagnosing(model, dataset, {
        ...training,
        ...(rate !== undefined && { rate }),
        ...(given.tolerance !== undefined && { tolerance: given.tolerance }),
        seeds: given.seeds ?? spec.initial.seeds,
        seed: spec.initial.seed,
        initial: spec.initial,
        verify: given.verify === true,
        source: describeData(spec.data),
        description: describeModel(spec.model),
        version,
        spec,
      }),
      ({ label, done, total }) => listener.progress(label, done, total),
    ),
  );
  const written = given.out === undefined ? undefined : await report(given.out, diagnosis, problem);
  return {
    text: [diagnosisText(diagnosis), ...(written ? [written.text] : [])].join('\n\n'),
    document: diagnosisDocument(diagnosis),
    ...(written && { output: written.output }),
  };
}

/** The folder of a diagnosis, and what is in it; its kernel is that of the first initialisation. */
async function report(
  folder: string,
  diagnosis: Diagnosis,
  problem: Problem,
): Promise<{ output: OutputFolder; text: string }> {
  // Plots are most of the program's size: loaded only where they are wanted.
  const { renderReport } = await import('@qntk/report/html');
  const theta = initialTheta(problem.model, problem.spec.initial.seed, 0, problem.spec.initial);
  const arrays = kernelArrays(problem, theta);
  const without = withoutKernel(arrays);
  const files = {
    'report.html': await renderReport(diagnosis),
    'report.json': `${printable(JSON.stringify(diagnosisDocument(diagnosis), null, 2))}\n`,
    'kernel.npz': writeNpz(arrays),
  };
  return {
    output: { folder, files },
    text: `Written to ${folder}: ${Object.keys(files).join(', ')}${without ? ` (${without})` : ''}`,
  };
}
