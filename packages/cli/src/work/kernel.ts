import { commandCosts, initialTheta, sizesOf, spectrumOfJacobian } from '@qntk/core';
import { formatOfName, writeNpz } from '@qntk/formats';
import { columns, formatNumber, labelUnitsText } from '@qntk/report';
import type { Listener, Outcome } from '../command.ts';
import { readProblem } from '../spec/problem.ts';
import { kernelArrays, withoutKernel } from './kernel-arrays.ts';
import { kernelTable } from './kernel-table.ts';
import { readTheta } from './theta.ts';
import { checkMemory, sizesInWords, workInWords } from './threads.ts';
import { checkTime } from './time.ts';

interface Given {
  readonly spec: string;
  readonly theta?: string;
  readonly out: string;
}

export function run({ spec: file, theta: thetaFile, out }: Given, listener: Listener): Outcome {
  const problem = readProblem(file, listener);
  const { model, spec } = problem;
  const theta = thetaFile ? readTheta(thetaFile, model.names) : initialTheta(model, spec.initial.seed, 0, spec.initial);
  const points = problem.dataset.y.length / model.outputs;
  const cost = commandCosts.kernel(sizesOf(model), points);
  problem.placing(() => checkMemory(cost, sizesInWords(model, points)));
  problem.placing(() => checkTime(cost, 1, workInWords(model, points), listener));
  const arrays = kernelArrays(problem, theta);
  const { values, rank, order, cutoff, kappa, kappaReason } = spectrumOfJacobian(
    arrays.J.data,
    arrays.f.data.length,
    model.parameters,
  );
  const shapes = Object.entries(arrays).map(([name, { shape }]) => [name, shape.join(' × ')]);
  const without = withoutKernel(arrays);
  const units = problem.dataset.preparation?.labels;
  const scaled = units ? `\ny and f are as trained on: labels ${labelUnitsText(units)}` : '';
  const kappaText = kappa === null ? `κ undefined: ${kappaReason}` : `κ ${formatNumber(kappa)}`;
  return {
    text: `${out}${without ? `, ${without}` : ''}\n${columns(shapes)}${scaled}\n\nλmax ${formatNumber(values[0] ?? 0)} · rank ${rank} of ${order} · ${kappaText}`,
    document: {
      schema: 'qntk/kernel/1',
      file: out,
      parameters: model.names,
      arrays: Object.fromEntries(Object.entries(arrays).map(([name, { shape }]) => [name, shape])),
      ...(units && { labels: units }),
      spectrum: values,
      rank,
      cutoff,
      kappa,
      reasons: { ...(kappaReason !== undefined && { kappa: kappaReason }), ...(without && { K: without }) },
    },
    output: {
      file: out,
      content: formatOfName(out)?.name === 'parquet' ? kernelTable(arrays, problem) : writeNpz(arrays),
    },
  };
}
