import { type BottomLine, diagnose, takeRows, type Verdict } from '@qntk/core';
import type { Problem } from './problems.ts';
import { optionsOf, type TrainingName } from './trainings.ts';

/** What a diagnosis says of one problem. */
export interface Diagnosed {
  readonly half: Problem['half'];
  readonly labelVariance: number;
  readonly outputs: number;
  readonly verdicts: readonly Pick<Verdict, 'code' | 'basis' | 'evidence'>[];
  readonly bottomLine: BottomLine;
}

export function diagnosed({ half, dataset, spec, build }: Problem, name: TrainingName): Diagnosed {
  const { verdicts, bottomLine } = diagnose(build(spec), dataset, optionsOf(name), { spec, build });
  const y = takeRows(dataset.y, dataset.outputs, dataset.train);
  const mean = y.reduce((sum, label) => sum + label, 0) / y.length;
  return {
    half,
    labelVariance: y.reduce((sum, label) => sum + (label - mean) ** 2, 0) / y.length,
    outputs: dataset.outputs,
    verdicts: verdicts.map(({ code, basis, evidence }) => ({ code, basis, evidence })),
    bottomLine,
  };
}
