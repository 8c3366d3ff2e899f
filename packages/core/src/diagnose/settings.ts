import { observableRange } from '../circuit/range.ts';
import { column } from '../model/scores.ts';
import type { Bare } from './bare.ts';
import type { DiagnosisProblem } from './problem.ts';
import { basisOf, endsOf, isForecast, isVerified, toldOf } from './told.ts';
import type { Verdict } from './verdict.ts';

/** Training R² up to which a network fits so little that a setting of its training may be why. */
export const hardlyFitted = 0.5;

/** Largest stable rate of the kernel at the start, above which by so much descent does not settle: below, the kernel may follow. */
const unstable = 2;

/** A step of so many radians goes to another part of a period. */
const wholeStep = 1;

/** Outputs that reach so many times further than labels are too coarse, labels so many times further than trained outputs at the start too far. */
const tooLarge = 100;
const tooSmall = 20;

/** A learning rate and a readout scale at which nothing is fitted; none where something is. */
export function settingVerdicts(found: Bare, problem: DiagnosisProblem): Verdict<'rate' | 'scale'>[] {
  const r2 = toldOf(found, 'trainR2').mean;
  if (r2 === null || r2 >= hardlyFitted) return [];
  const { high } = isVerified(found) ? { high: null } : endsOf(found, 'trainR2');
  const basis = basisOf(found);
  const rate = rateOf(found);
  // Few Jacobians leave much open, but not what such a rate does.
  const isOpen = high !== null && high >= hardlyFitted;
  const scale = isOpen ? undefined : scaleOf(problem, isForecast(found) ? r2 : null);
  return [
    ...(rate ? [{ code: 'rate', severity: 'warning', basis, evidence: rate } as const] : []),
    ...(scale ? [{ code: 'scale', severity: 'warning', basis, evidence: scale } as const] : []),
  ];
}

function rateOf(found: Bare): Verdict<'rate'>['evidence'] | undefined {
  const { optimizerRate: rate, momentum, rateMeaning } = found.training;
  if (rate === null) return undefined;
  if (rateMeaning === 'step-length') return rate > wholeStep ? { rate, limit: null, momentum } : undefined;
  const limit = stableRate(found);
  return limit !== null && rate > unstable * limit ? { rate, limit, momentum } : undefined;
}

/** Largest rate at which descent with the kernel at the start is stable: the heavy ball up to 2(1 + β)/λ (Polyak 1964). */
function stableRate({ training, summary }: Bare): number | null {
  const limit = summary.rateLimit?.mean ?? null;
  return limit === null ? null : (1 + training.momentum) * limit;
}

/** Whether descent at this rate is unstable with the kernel at the start. */
export function isAboveLimit(found: Bare): boolean {
  const limit = stableRate(found);
  return limit !== null && (found.training.optimizerRate ?? 0) > limit;
}

function scaleOf(
  { model, dataset }: DiagnosisProblem,
  trainR2: number | null,
): Verdict<'scale'>['evidence'] | undefined {
  const shares = model.observables.map((observable, output) => {
    const { low, high } = observableRange(observable);
    const labels = column(dataset.y, model.outputs, output);
    const most = labels.reduce((largest, label) => Math.max(largest, Math.abs(label)), 0);
    return most / (model.scale * Math.max(-low, high));
  });
  const share = Math.max(...shares);
  if (!(share > 0 && Number.isFinite(share))) return undefined;
  const told = { 'model.scale': model.scale, scaleWithRoom: 1.5 * share * model.scale, trainR2 };
  if (share < 1 / tooLarge) return { ...told, times: 1 / share, too: 'large' };
  // Of a readout that is not trained, labels out of its range are certified.
  return model.readout && share > tooSmall ? { ...told, times: share, too: 'small' } : undefined;
}
