import type { ComparedCandidate, Comparison, Rung } from '@qntk/core/compare';
import { formatNumber } from '../format.ts';

/** A rung in a word; none: the whole training on the test rows. */
export function rungText(rung?: Rung): string {
  if (rung === undefined) return 'trainings';
  if (rung.kind === 'frozen') return 'one Jacobian';
  if (rung.kind === 'forecast') return `${rung.jacobians} Jacobians`;
  return rung.whole ? 'whole training' : `${rung.steps} iterations`;
}

/** Why a candidate left. */
export function leftText({ atMost, atLeast }: NonNullable<ComparedCandidate['left']>): string {
  return `R² of at most ${formatNumber(atMost)}, where another has at least ${formatNumber(atLeast)}`;
}

/** The document that programs read: rungs and reasons in words. */
export function comparisonDocument(comparison: Comparison) {
  return {
    ...comparison,
    candidates: comparison.candidates.map(({ left, forecast, ...candidate }) => ({
      ...candidate,
      left: left && { rung: rungText(left.rung), reason: leftText(left) },
      forecast: forecast && { ...forecast, rung: rungText(forecast.rung) },
    })),
  };
}
