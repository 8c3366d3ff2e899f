import { limitOfChanges } from './advice.ts';
import type { Bare } from './bare.ts';
import type { BottomLine, Diagnosis, Tried } from './diagnosis.ts';
import { bestReference, missesOf, pointsShare, toldOutputs } from './rivals.ts';
import { r2Error } from './sampling.ts';
import { hardlyFitted } from './settings.ts';
import {
  accuracyIntervalOf,
  basisOf,
  endsOf,
  forecastBasisOf,
  intervalOf,
  isOutside,
  isRefuted,
  isVerified,
  toldOf,
  unsettled,
  verifiedOf,
} from './told.ts';
import type { Evidence, VerdictCode } from './verdict.ts';
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
  /** The certified error, as a share of the labels' variance, beyond which it limits whatever else is left: nothing beats a constant. */
  hopeless: 1,
  /** Share of the loss that the last quarter of the path removed, from which on more steps would remove more, and up to which not. */
  falling: 0.25,
  flat: 0.1,
  /** Training R² above test R², from which on the points are too few for the model. */
  gap: 0.2,
  /** Radians: steps that turn no angle further have not gone anywhere. */
  travel: 0.5,
  /** The kernel at the start would take so many times the steps that are planned. */
  beyond: 10,
  /** Deviation of the test R² over the initialisations. */
  spread: 0.2,
} as const;

/** Iterations of L-BFGS below which it has hardly begun. */
const fewSteps = 10;

/** Training points below which nothing is known of others. */
const fewestTrained = 4;

/** What to expect on new data, what limits it, and whether anything without a quantum computer does better. */
export function bottomLineOf(found: Found, labelVariance: number, tried: Tried = nothingTried): BottomLine {
  const { misfit, evidence } = known(found, labelVariance);
  // What trainings refute, nobody need hear what it would say of other models.
  const { changes, tooLong } = isRefuted(found) ? nothingTried : tried;
  const code = codeOf(found, evidence, misfit);
  const byScores = {
    // Without layers to double, the end of the path stands for them; where they would take long, nothing does.
    misfit: () =>
      changes.deeper || tooLong.some(({ change }) => change === 'deeper')
        ? 'open'
        : fromPath(found, misfit.value as number),
    gap: () => (changes.simpler || changes.fewer || tooLong.length > 0 ? 'open' : 'points'),
  } as const;
  const { testR2Low, testR2High } = evidence;
  return {
    basis: basisOf(found),
    changesBasis: forecastBasisOf(found),
    held: negated(isOutside(verifiedOf(found, 'testR2'), testR2Low, testR2High)),
    code: limitOfChanges(changes) ?? (code === 'misfit' || code === 'gap' ? byScores[code]() : code),
    evidence: { ...evidence, ...untried, ...changes, tooLong },
  };
}

const negated = (value: boolean | undefined): boolean | null => (value === undefined ? null : !value);

/** Where no change was tried. */
export const nothingTried: Tried = { changes: {}, tooLong: [] };

/** Of changes that nobody tried. */
export const untried = {
  longer: null,
  deeper: null,
  readout: null,
  fewer: null,
  simpler: null,
  richer: null,
  rescaled: null,
};

/**
 * What limits as far as scores tell: on the training points (`misfit`), on new ones (`gap`), or what is known whatever is tried.
 *
 * @param r2 - on new points; that on the test points where left out.
 */
export function limitOfScores(found: Found, labelVariance: number, r2?: number): ReturnType<typeof codeOf> {
  const { misfit, evidence } = known(found, labelVariance);
  return codeOf(found, evidence, misfit, r2);
}

/** What decides, but for changes. */
function known(found: Found, labelVariance: number) {
  const share = (error: number | null) => (error === null || !(labelVariance > 0) ? null : error / labelVariance);
  const { mean: r2, std } = toldOf(found, 'testR2');
  const trainR2 = toldOf(found, 'trainR2').mean;
  const certified = certifiedError(found.limit);
  const evidence = {
    'forecast.testR2': found.summary['forecast.testR2'].mean,
    'verified.testR2': verifiedOf(found, 'testR2'),
    'verified.testAccuracy': verifiedOf(found, 'testAccuracy'),
    testR2Std: std,
    ...intervalOf(found),
    ...onNewPoints(found, r2),
    'data.train': found.data.train,
    'data.test': found.data.test,
    'forecast.jacobians': found.summary['forecast.jacobians'].mean as number,
    'forecast.testAccuracy': found.summary['forecast.testAccuracy'].mean,
    'references.constant.testAccuracy': found.references?.constant.testAccuracy ?? null,
    ...accuracyIntervalOf(found),
    trainR2,
    certified,
    certifiedShare: share(certified),
    rate: evidenceOf(found, 'rate'),
    scale: evidenceOf(found, 'scale'),
    travel: travelOf(found),
    isRatePlanned: found.training.rateMeaning !== 'none',
    bestReference: comparedReference(found),
  };
  // Of labels that are all the same in one of several outputs R² is undefined, their error is not.
  const left = trainR2 === null ? share(toldOf(found, 'trainMse').mean) : 1 - trainR2;
  const { high } = isVerified(found) ? { high: null } : endsOf(found, 'trainR2');
  return { misfit: { value: left, low: high === null ? left : 1 - high }, evidence };
}

/** In what R² on new points is: of a forecast as far off as it may be, and of test points that are some of many. */
function onNewPoints(found: Found, r2: number | null) {
  const none = { newR2Low: null, newR2High: null };
  if (r2 === null || r2 < unsettled) return none;
  const error = r2Error({ labels: found.data.testY, outputs: found.model.outputs }, toldOutputs(found));
  const missed = missesOf(found, r2);
  if (error === null || !missed) return none;
  const half = pointsShare(found) * error;
  return {
    newR2Low: r2 - Math.hypot(missed.below, half),
    newR2High: Math.min(1, r2 + Math.hypot(missed.above, half)),
  };
}

/** The evidence of a verdict; null where there is none of this code. */
function evidenceOf<Code extends VerdictCode>({ verdicts }: Found, code: Code): Evidence[Code] | null {
  return (verdicts.find((verdict) => verdict.code === code)?.evidence as Evidence[Code] | undefined) ?? null;
}

/** How far the steps of an optimiser whose steps have a length turn an angle at most, about. */
function travelOf({ training }: Found): number | null {
  const { optimizerRate, rateMeaning, steps } = training;
  return rateMeaning === 'step-length' && optimizerRate !== null ? steps * optimizerRate : null;
}

/** The best of the references, and whether it is known to be better. */
function comparedReference(found: Found): BottomLine['evidence']['bestReference'] {
  const best = bestReference(found);
  return best && { ...best, comparison: evidenceOf(found, 'references')?.comparison ?? 'open' };
}

/** Whether R² shows that training points are fitted far better than test points. */
export function isGapShown({ trainR2, ...scores }: BottomLine['evidence']): boolean {
  const r2 = scores['verified.testR2'] ?? scores['forecast.testR2'];
  return trainR2 !== null && r2 !== null && trainR2 - r2 > weights.gap;
}

/** Whether it is told, where what would help is open, that training points are fitted far better than others. */
export function isGapTold(evidence: BottomLine['evidence']): boolean {
  const { simpler, fewer, tooLong } = evidence;
  const isOfGap = simpler || fewer || tooLong.some(({ change }) => change === 'simpler' || change === 'fewer');
  return Boolean(isOfGap) && isGapShown(evidence);
}

/** A training error and the lower end of its interval, as shares of the labels' variance; null where these have none. */
interface Misfit {
  readonly value: number | null;
  readonly low: number | null;
}

/**
 * The larger part of the error on new data: what is left on the training points (misfit), and what the test points have
 * beside that (gap), which is one only where the training points are fitted. Nothing is named that the intervals leave open.
 */
function codeOf(found: Found, evidence: ReturnType<typeof known>['evidence'], misfit: Misfit, onNew?: number) {
  if (found.verdicts.some(isUseless)) return 'no-effect';
  if (found.data.train < fewestTrained) return 'few-points';
  if (misfit.value === null || misfit.low === null) return 'none';
  const { testR2Low, certifiedShare, travel } = evidence;
  const r2 = onNew ?? toldOf(found, 'testR2').mean;
  const error = r2 === null ? misfit.value : 1 - r2;
  if (error < weights.small) return 'none';
  if (evidence.rate) return 'rate';
  if (evidence.scale) return 'scale';
  const gap = error - misfit.value;
  const isWide = gap > weights.gap && 1 - misfit.value > hardlyFitted;
  if (isWide && gap > misfit.value) return 'gap';
  const certified = certifiedShare ?? 0;
  const half = weights.certified * toldOf(found, 'trainMse').mean!;
  if (certified > weights.hopeless || (certified > weights.fitted && evidence.certified > half))
    return largestPart(found.limit);
  if (misfit.low > weights.fitted) return isTooShort(found, travel) ? 'steps' : 'misfit';
  if (isWide) return 'gap';
  if ((toldOf(found, 'testR2').std ?? 0) > weights.spread) return 'initialisation';
  const least = onNew !== undefined || basisOf(found) === 'measured' ? r2 : testR2Low;
  return least !== null && 1 - least < 2 * weights.small ? 'none' : 'open';
}

/** Whether a budget of steps goes nowhere: by how far they turn angles, by what the kernel at the start would take, or by their number. */
function isTooShort({ training, summary }: Found, travel: number | null): boolean {
  if (training.rateMeaning === 'step-length') return (travel as number) < weights.travel;
  if (training.rateMeaning === 'none') return training.steps < fewSteps;
  return (summary['frozen.steps']?.mean ?? 0) > weights.beyond * training.steps;
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
  found.training.rateMeaning === 'none' && forecastBasisOf(found) === 'forecast';

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
