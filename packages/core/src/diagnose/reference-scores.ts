import type { CertifiedLimit } from '../certificate/limit.ts';
import { fitReferences } from '../references/references.ts';
import type { ReferenceScores } from './diagnosis.ts';
import type { DiagnosisProblem } from './problem.ts';
import { scoreTest } from './scoring.ts';

/** Fits the references to the training points and scores them on the test points; null where there are none. */
export function referenceScores(problem: DiagnosisProblem, limit: CertifiedLimit): ReferenceScores | null {
  if (problem.dataset.test.length === 0) return null;
  const { constant, ridge, rbf, reason, points } = fitReferences(problem.dataset);
  const reasons: Record<string, string> = {};
  const scored = (name: string, f: Float64Array | null, why = reason) => {
    if (f === null) reasons[name] = why ?? '';
    return f && scoreTest(problem, f, name, reasons);
  };
  return {
    constant: scoreTest(problem, constant, 'constant', reasons),
    ridge: scored('ridge', ridge),
    rbf: scored('rbf', rbf),
    readout: scored('readout', limit.readout?.test ?? null, limit.reason),
    points,
    reasons,
  };
}
