import type { Bare } from './bare.ts';
import { isContradicted, type TrainedFacts } from './contradictions.ts';
import type { Diagnosis, Judgement } from './diagnosis.ts';
import type { DiagnosisProblem } from './problem.ts';
import { mseOfLoss } from './scoring.ts';
import { isVerified } from './told.ts';
import type { VerdictCode } from './verdict.ts';
import { labelVariance } from './verdicts.ts';

/**
 * Each sentence that says something of a training to come, beside the trainings of `verify`; null where nothing was trained.
 * Of what is told as measured, what was foretold of it: of a training in the place of a forecast nothing. The bottom line rests on
 * what was measured, and what it expected is what its verdict forecast.
 */
export function judgementsOf(
  found: Bare & Pick<Diagnosis, 'verdicts'>,
  problem: DiagnosisProblem,
): readonly Judgement[] | null {
  const { seeds, model, verdicts } = found;
  const runs = seeds.flatMap(({ verified }) => verified ?? []);
  if (runs.length === 0) return null;
  const facts: TrainedFacts = {
    start: runs.map(({ curve }) => mseOfLoss(problem, curve.trainLoss[0])),
    runs,
    labelVariance: labelVariance(problem),
    ...(model.outputs === 1 && { spans: runs.map(({ spans }) => spans[0]) }),
  };
  const foretold: readonly VerdictCode[] = isVerified(found) ? ['fit', 'generalisation'] : [];
  return verdicts
    .filter(({ code, basis }) => basis !== 'measured' || foretold.includes(code))
    .flatMap((verdict) => {
      const contradicted = isContradicted(verdict, facts);
      return contradicted === undefined ? [] : [{ sentence: verdict.code, contradicted }];
    });
}
