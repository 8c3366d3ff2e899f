import type { ForecastBasis } from '../cost/commands.ts';
import { limitOfChanges } from './advice.ts';
import type { Bare } from './bare.ts';
import type { BottomLine, Diagnosis, Forecast, Tried } from './diagnosis.ts';
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
  /** Training R² above test R², from which on the points are too few for the model. */
  gap: 0.2,
  /** Deviation of the test R² over the initialisations. */
  spread: 0.2,
} as const;

/** What to expect on new data, what limits it, and whether anything without a quantum computer does better. */
export function bottomLineOf(
  found: Found,
  labelVariance: number,
  { changes, tooLong }: Tried = { changes: {}, tooLong: [] },
): BottomLine {
  const { misfit, evidence } = known(found, labelVariance);
  const code = codeOf(found, evidence, misfit);
  const byScores = {
    // Without layers to double, the end of the path stands for them.
    misfit: () => (changes.deeper ? 'open' : fromPath(found, misfit.value as number)),
    gap: () => (changes.simpler || changes.fewer ? 'open' : 'points'),
  } as const;
  return {
    basis: basisOf(found),
    code: limitOfChanges(changes) ?? (code === 'misfit' || code === 'gap' ? byScores[code]() : code),
    evidence: { ...evidence, ...untried, ...changes, tooLong },
  };
}

/** Of changes that nobody tried. */
const untried = { longer: null, deeper: null, readout: null, fewer: null, simpler: null, richer: null, rescaled: null };

/**
 * What limits as far as scores tell: on the training points (`misfit`), on new ones (`gap`), or what is known whatever is tried.
 *
 * @param r2 - on new points; that on the test points where left out.
 */
export function limitOfScores(found: Found, labelVariance: number, r2?: number): ReturnType<typeof codeOf> {
  const { misfit, evidence } = known(found, labelVariance);
  return codeOf(found, r2 === undefined ? evidence : { ...evidence, 'forecast.testR2': r2, testR2Low: r2 }, misfit);
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

/** Whether steps or the ansatz leave a training error, where nothing was tried: from how the loss falls at the end of the path. */
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
