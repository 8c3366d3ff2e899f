import type { BottomLine, Diagnosis } from './diagnosis.ts';
import { isUseless } from './without-effect.ts';

/** What a diagnosis has before its bottom line. */
type Found = Omit<Diagnosis, 'bottomLine'>;

/** Shares of the labels' variance, and differences of R², that decide; fixed before any study of what they lead to. */
const weights = {
  /** A training error below this share is no limit. */
  fitted: 0.05,
  /** The certified part of the training error from which on it is what limits. */
  certified: 0.5,
  /** Loss that the last quarter of the path removed, from which on more steps would remove more. */
  falling: 0.2,
  /** Training R² above test R², from which on the points are too few for the model. */
  generalisation: 0.15,
  /** Deviation of the test R² over the initialisations. */
  spread: 0.1,
} as const;

/** What to expect on new data, what limits it, and whether anything without a quantum computer does better. */
export function bottomLineOf(found: Found, labelVariance: number): BottomLine {
  const r2 = found.summary['forecast.testR2'];
  const trainMse = found.summary['forecast.trainMse'].mean ?? 0;
  const trainR2 = labelVariance > 0 ? 1 - trainMse / labelVariance : null;
  const evidence = {
    'forecast.testR2': r2.mean,
    ...intervalOf(found),
    'forecast.testAccuracy': found.summary['forecast.testAccuracy'].mean,
    trainR2,
    bestReference: bestReference(found),
  };
  return { code: codeOf(found, { trainR2, trainMse, testR2: r2.mean, spread: r2.std ?? 0 }), evidence };
}

/** Ends of the interval of the test R², means over the initialisations; null where there is none. */
export function intervalOf({ seeds }: Pick<Found, 'seeds'>): {
  readonly testR2Low: number | null;
  readonly testR2High: number | null;
} {
  const intervals = seeds.map(({ forecast }) => forecast.interval?.testR2);
  const end = (which: 0 | 1) =>
    intervals.every((interval) => interval !== undefined)
      ? intervals.reduce((sum, interval) => sum + interval[which], 0) / intervals.length
      : null;
  return { testR2Low: end(0), testR2High: end(1) };
}

interface Scores {
  readonly trainR2: number | null;
  readonly trainMse: number;
  readonly testR2: number | null;
  readonly spread: number;
}

/** The first that holds, from what nothing else can mend to what is least. */
function codeOf(found: Found, { trainR2, trainMse, testR2, spread }: Scores): BottomLine['code'] {
  const { limit, verdicts } = found;
  if (verdicts.some(isUseless)) return 'no-effect';
  const misfit = trainR2 !== null && 1 - trainR2 > weights.fitted;
  if (misfit && certifiedError(limit) > weights.certified * trainMse) return largestPart(limit);
  if (misfit) return stillFalling(found) ? 'steps' : 'ansatz';
  if (testR2 === null || trainR2 === null) return 'none';
  if (trainR2 - testR2 > weights.generalisation) return 'points';
  return spread > weights.spread ? 'initialisation' : 'none';
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

/** Whether the loss fell over the last quarter of the steps by more than a share, in most initialisations. */
function stillFalling({ seeds }: Found): boolean {
  const falling = seeds.filter(({ curves }) => {
    const { steps, trainLoss } = curves.path ?? curves.adaptive ?? curves.frozen;
    const before = trainLoss[steps.findLastIndex((step) => step <= 0.75 * steps[steps.length - 1])];
    return trainLoss[trainLoss.length - 1] < (1 - weights.falling) * before;
  });
  return falling.length > seeds.length / 2;
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
