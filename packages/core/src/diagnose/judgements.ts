import type { Bare } from './bare.ts';
import { bottomLineContradictions, isContradicted, type TrainedFacts } from './contradictions.ts';
import type { Diagnosis, Judgement } from './diagnosis.ts';
import type { DiagnosisProblem } from './problem.ts';
import { mseOfLoss } from './scoring.ts';
import { labelVariance } from './verdicts.ts';

/**
 * Each sentence that says something of a training to come, beside the trainings of `verify`; null where nothing was trained.
 * What only a longer or a deeper training would tell is not judged; what a bottom line expects is what its verdict forecasts.
 */
export function judgementsOf(
  { seeds, model, verdicts, bottomLine }: Bare & Pick<Diagnosis, 'verdicts' | 'bottomLine'>,
  problem: DiagnosisProblem,
): readonly Judgement[] | null {
  const runs = seeds.flatMap(({ verified }) => verified ?? []);
  if (runs.length === 0) return null;
  const facts: TrainedFacts = {
    start: runs.map(({ curve }) => mseOfLoss(problem, curve.trainLoss[0])),
    runs,
    labelVariance: labelVariance(problem),
    ...(model.outputs === 1 && { spans: runs.map(({ spans }) => spans[0]) }),
  };
  const judged: readonly (readonly [Judgement['sentence'], boolean | undefined])[] = [
    // What rests on these trainings themselves they cannot contradict.
    ['bottomLine', bottomLine.basis === 'measured' ? undefined : bottomLineContradictions(bottomLine, facts).limit],
    ...verdicts
      .filter(({ basis }) => basis !== 'measured')
      .map((verdict) => [verdict.code, isContradicted(verdict, facts)] as const),
  ];
  return judged.flatMap(([sentence, contradicted]) => (contradicted === undefined ? [] : [{ sentence, contradicted }]));
}
