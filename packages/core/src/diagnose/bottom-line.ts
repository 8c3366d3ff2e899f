import type { ForecastBasis } from '../cost/commands.ts';
import type { Bare } from './bare.ts';
import type { BottomLine, ChangedR2, Changes, Diagnosis, Forecast } from './diagnosis.ts';
import { isUseless } from './without-effect.ts';

/** What a diagnosis has before its bottom line. */
type Found = Bare & Pick<Diagnosis, 'verdicts'>;

/** Shares of the labels' variance, and differences of R², that decide; chosen on the design half of papers/contradictions. */
export const weights = {
  /** An error on new data below this share needs no cause. */
  small: 0.1,
  /** A training error below this share is no limit. */
  fitted: 0.05,
  /** The certified part of the training error from which on it is what limits. */
  certified: 0.5,
  /** Share of the loss that the last quarter of the path removed, from which on more steps would remove more, and up to which not. */
  falling: 0.25,
  flat: 0.1,
  /** A change that leaves more of the training error does not help. */
  helps: 0.9,
  /** Training R² above test R², from which on the points are too few for the model. */
  gap: 0.2,
  /** Deviation of the test R² over the initialisations. */
  spread: 0.2,
  /** What a changed model has to add to the test R² to be advised, and what all points have to have above half of them. */
  gain: 0.1,
  curve: 0.05,
} as const;

/** What to expect on new data, what limits it, and whether anything without a quantum computer does better. */
export function bottomLineOf(found: Found, labelVariance: number, changes: Changes = {}): BottomLine {
  const { misfit, evidence } = known(found, labelVariance);
  const code = codeOf(found, evidence, misfit);
  const byChanges = { misfit: () => fromChanges(found, misfit.value as number, changes), gap: () => fromGap(changes) };
  const decided = code === 'misfit' || code === 'gap' ? byChanges[code]() : code;
  return {
    basis: basisOf(found),
    code: decided,
    evidence: { ...evidence, ...untried, ...changes },
  };
}

/** Of changes that nobody tried. */
const untried = { longer: null, deeper: null, readout: null, fewer: null, simpler: null, richer: null, rescaled: null };

/** The changes of which it depends what limits, or what would help. */
export function changesThatDecide(found: Found, labelVariance: number): readonly (keyof Changes)[] {
  const { misfit, evidence } = known(found, labelVariance);
  const decided: { readonly [Code in ReturnType<typeof codeOf>]?: readonly (keyof Changes)[] } = {
    misfit: ['longer', 'deeper', 'readout'],
    gap: ['simpler', 'fewer'],
    encoding: ['richer'],
    range: ['rescaled'],
  };
  return decided[codeOf(found, evidence, misfit)] ?? [];
}

/** What the forecasts of a diagnosis rest on. */
export const basisOf = ({ seeds }: Pick<Found, 'seeds'>): ForecastBasis => seeds[0].forecast.basis;

/** What decides, but for changes. */
function known(found: Found, labelVariance: number) {
  const r2 = found.summary['forecast.testR2'];
  const share = (error: number | null) => (error === null || !(labelVariance > 0) ? null : error / labelVariance);
  const trainMse = found.summary['forecast.trainMse'].mean;
  const misfit = { value: share(trainMse), low: share(endsOf(found, 'trainMse').low ?? trainMse) };
  const certified = certifiedError(found.limit);
  const evidence = {
    'forecast.testR2': r2.mean,
    testR2Std: r2.std,
    ...intervalOf(found),
    'forecast.testAccuracy': found.summary['forecast.testAccuracy'].mean,
    ...accuracyIntervalOf(found),
    trainR2: misfit.value === null ? null : 1 - misfit.value,
    certified,
    certifiedShare: share(certified),
    bestReference: bestReference(found),
  };
  return { misfit, evidence };
}

/** Ends of the interval of a score, means over the initialisations; null where there is none. */
export function endsOf(
  { seeds }: Pick<Found, 'seeds'>,
  score: keyof NonNullable<Forecast['interval']>,
): { readonly low: number | null; readonly high: number | null } {
  const intervals = seeds.map(({ forecast }) => forecast.interval?.[score]);
  const end = (which: 0 | 1) =>
    intervals.every((interval) => interval !== undefined)
      ? intervals.reduce((sum, interval) => sum + interval[which], 0) / intervals.length
      : null;
  return { low: end(0), high: end(1) };
}

/** That of the test R², by the names it has as evidence. */
export function intervalOf(found: Pick<Found, 'seeds'>): {
  readonly testR2Low: number | null;
  readonly testR2High: number | null;
} {
  const { low, high } = endsOf(found, 'testR2');
  return { testR2Low: low, testR2High: high };
}

/** That of the share of right classes. */
export function accuracyIntervalOf(found: Pick<Found, 'seeds'>): {
  readonly testAccuracyLow: number | null;
  readonly testAccuracyHigh: number | null;
} {
  const { low, high } = endsOf(found, 'testAccuracy');
  return { testAccuracyLow: low, testAccuracyHigh: high };
}

/** A training error and the lower end of its interval, as shares of the labels' variance; null where these have none. */
interface Misfit {
  readonly value: number | null;
  readonly low: number | null;
}

/**
 * The larger part of the error on new data: what is left on the training points (misfit), and what the test points have
 * beside that (gap). Nothing is named that the intervals leave open.
 */
function codeOf(found: Found, evidence: ReturnType<typeof known>['evidence'], misfit: Misfit) {
  if (found.verdicts.some(isUseless)) return 'no-effect';
  if (misfit.value === null || misfit.low === null) return 'none';
  const { 'forecast.testR2': r2, testR2Low, certifiedShare } = evidence;
  const error = r2 === null ? misfit.value : 1 - r2;
  if (error < weights.small) return 'none';
  const gap = error - misfit.value;
  const isWide = gap > weights.gap;
  if (isWide && gap > misfit.value) return 'gap';
  const certified = certifiedShare ?? 0;
  if (certified > Math.max(weights.fitted, weights.certified * misfit.value)) return largestPart(found.limit);
  if (misfit.low > weights.fitted) return 'misfit';
  if (isWide) return 'gap';
  if ((found.summary['forecast.testR2'].std ?? 0) > weights.spread) return 'initialisation';
  const least = basisOf(found) === 'measured' ? r2 : testR2Low;
  return least !== null && 1 - least < 2 * weights.small ? 'none' : 'open';
}

/**
 * Whether steps, the ansatz or a fixed readout leave a training error: by the change that lowers it most, of those tried. A trained
 * readout has to be better on test points, too: it fits a constant where nothing else is learned.
 */
function fromChanges(
  found: Found,
  misfit: number,
  { longer, deeper, readout }: Changes,
): 'steps' | 'ansatz' | 'readout' | 'open' {
  const lowered = [
    { code: 'ansatz', left: deeper },
    { code: 'readout', left: readout && isAdvised(readout) ? readout.left : undefined },
    { code: 'steps', left: longer },
  ] as const;
  const tried = lowered.flatMap(({ code, left }) => (left === undefined ? [] : [{ code, left }]));
  const helping = tried.filter(({ left }) => left < weights.helps);
  if (helping.length > 0) return helping.reduce((best, one) => (one.left < best.left ? one : best)).code;
  const isDecided = deeper !== undefined && (longer !== undefined || isFollowedBySamples(found));
  return isDecided ? 'open' : fromPath(found, misfit);
}

/** Whether freedom or points leave a gap: by what less freedom brings, or else by what the second half of the points did. */
function fromGap({ simpler, fewer }: Changes): 'freedom' | 'points' | 'open' {
  if (simpler && isAdvised(simpler)) return 'freedom';
  return !fewer || -gainOf(fewer) > weights.curve ? 'points' : 'open';
}

/** Whether a change adds enough to the test R² to be advised. */
export const isAdvised = (change: ChangedR2): boolean => gainOf(change) > weights.gain;

/** What a change adds to the test R². */
const gainOf = ({ planned, changed }: ChangedR2): number => changed - planned;

/** The same without them, from how the loss falls at the end of the path. */
function fromPath(found: Found, misfit: number): 'steps' | 'ansatz' | 'open' {
  const removed = removedAtTheEnd(found);
  if (removed > weights.falling) return 'steps';
  // A trained readout can be any constant: what is worse than that is on its way.
  const onItsWay = removed > weights.flat || (found.model.ranges === null && misfit > 1);
  return onItsWay ? 'open' : 'ansatz';
}

/** Training error that none gets below, certainly; 0 where none is known. */
export function certifiedError({ mse, gap, noise, outOfRange }: Diagnosis['limit']): number {
  return Math.max((mse ?? 0) - (gap ?? 0), noise + outOfRange);
}

/** What most of the certified error comes from. */
function largestPart(limit: Diagnosis['limit']): 'labels' | 'range' | 'encoding' {
  const { noise, outOfRange } = limit;
  const encoding = certifiedError(limit) - noise - outOfRange;
  if (encoding > Math.max(noise, outOfRange)) return 'encoding';
  return noise > outOfRange ? 'labels' : 'range';
}

/** A forecast of L-BFGS is followed as far as its Jacobians go: how its loss falls after as many steps as planned is not known. */
const isFollowedBySamples = (found: Found): boolean =>
  found.training.rateMeaning === 'none' && basisOf(found) === 'forecast';

/** Share of the loss that the last quarter of the steps removed, the mean over the initialisations; 0 where steps are not followed. */
function removedAtTheEnd(found: Found): number {
  if (isFollowedBySamples(found)) return 0;
  const shares = found.seeds.map(({ curves }) => {
    const { steps, trainLoss } = curves.trained ?? curves.path ?? curves.adaptive ?? curves.frozen;
    const before = trainLoss[steps.findLastIndex((step) => step <= 0.75 * steps[steps.length - 1])];
    return before > 0 ? 1 - trainLoss[trainLoss.length - 1] / before : 0;
  });
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

/** The reference of the largest test R²; null where none has one. */
export function bestReference({ references }: Pick<Found, 'references'>): BottomLine['evidence']['bestReference'] {
  if (!references) return null;
  const names = ['ridge', 'rbf', 'constant'] as const;
  const scores = names.flatMap((name) => {
    const testR2 = references[name]?.testR2 ?? null;
    return testR2 === null ? [] : [{ name, testR2 }];
  });
  return scores.length === 0 ? null : scores.reduce((best, one) => (one.testR2 > best.testR2 ? one : best));
}
