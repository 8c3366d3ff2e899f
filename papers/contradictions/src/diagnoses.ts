import { type BottomLine, diagnose, labelVariance, takeRows, type Verdict } from '@qntk/core';
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
  return {
    half,
    labelVariance: labelVariance({ y: takeRows(dataset.y, dataset.outputs, dataset.train), dataset }),
    outputs: dataset.outputs,
    verdicts: verdicts.map(({ code, basis, evidence }) => ({ code, basis, evidence })),
    bottomLine,
  };
}
