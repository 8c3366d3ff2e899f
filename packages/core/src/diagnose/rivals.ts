import type { Bare } from './bare.ts';
import { nineInTen, normalNineInTen, r2DifferenceError } from './sampling.ts';
import { basisOf, intervalOf, toldOf, unsettled } from './told.ts';
import type { Verdict } from './verdict.ts';

/**
 * What another initialisation makes of R² at least, as a multiple of 1 − R², nine times in ten: on the design half of
 * papers/compare. Two or three that happen to agree do not say that all do.
 */
const perInitialisation = 0.25;

/** Differences of R² below this are none. */
const negligible = 5e-4;

/** The references that compete; the best readout of the encoding is a bound of this network, not a rival. */
const rivals = ['ridge', 'rbf', 'constant'] as const;

/** The reference of the largest test R²; null where none has one. */
export function bestReference({ references }: Pick<Bare, 'references'>) {
  if (!references) return null;
  const scores = rivals.flatMap((name) => {
    const testR2 = references[name]?.testR2 ?? null;
    return testR2 === null ? [] : [{ name, testR2 }];
  });
  return scores.length === 0 ? null : scores.reduce((best, one) => (one.testR2 > best.testR2 ? one : best));
}

/** Outputs of each network on the listed test points, of those whose scores are told. */
export const toldOutputs = (found: Bare): readonly (readonly number[])[] =>
  found.seeds.map(({ forecast, verified }) => (verified ?? forecast).test);

/**
 * The network beside models that need no quantum computer; none where R² is undefined.
 *
 * The difference of R² is known up to three things, nine times in ten each, added as independent ones: the test points, which are
 * some of many (point by point, so that what is hard for both does not count), the initialisations, and the interval of a forecast.
 */
export function referencesVerdict(found: Bare): Verdict<'references'> | undefined {
  const { mean: networkR2, std } = toldOf(found, 'testR2');
  const best = bestReference(found);
  const constant = found.references?.constant.testR2 ?? null;
  if (best === null || constant === null || networkR2 === null) return undefined;
  const isTrained = basisOf(found) === 'measured';
  const differences = rivals.flatMap((name) => {
    const difference = differenceTo(found, name, networkR2);
    return difference === undefined ? [] : [{ name, ...difference }];
  });
  const known = differences.every(({ low }) => low !== null);
  const isBetter = known && differences.every(({ low }) => (low as number) > negligible);
  const isWorse =
    differences.some(({ high }) => high !== null && high < -negligible) || areAllBelow(found, networkR2, best.testR2);
  const comparison = isBetter ? 'better' : isWorse ? 'worse' : isTrained ? 'even' : 'open';
  const toBest = differences.find(({ name }) => name === best.name);
  return {
    code: 'references',
    severity: ({ worse: 'warning', better: 'good', open: 'note', even: 'note' } as const)[comparison],
    basis: isTrained ? 'measured' : 'forecast',
    evidence: {
      'references.constant.testR2': constant,
      'references.ridge.testR2': found.references?.ridge?.testR2 ?? null,
      'references.rbf.testR2': found.references?.rbf?.testR2 ?? null,
      'references.readout.testR2': found.references?.readout?.testR2 ?? null,
      'references.constant.testAccuracy': found.references?.constant.testAccuracy ?? null,
      'references.ridge.testAccuracy': found.references?.ridge?.testAccuracy ?? null,
      'references.rbf.testAccuracy': found.references?.rbf?.testAccuracy ?? null,
      bestR2: best.testR2,
      comparison,
      moreLow: toBest?.low ?? null,
      moreHigh: toBest?.high ?? null,
      networkR2,
      networkR2Std: std ?? 0,
      'data.test': found.data.test,
      initialisations: found.seeds.length,
    },
  };
}

/** Trainings that did not settle: their spread says nothing, that each of them is worse does. */
const areAllBelow = (found: Bare, networkR2: number, bestR2: number): boolean =>
  basisOf(found) === 'measured' &&
  networkR2 < unsettled &&
  found.seeds.every(({ forecast, verified }) => ((verified ?? forecast).testR2 as number) < bestR2);

/** In what R² of the network less that of a reference is; ends null where that is not known, undefined where the reference has none. */
function differenceTo(
  found: Bare,
  name: (typeof rivals)[number],
  networkR2: number,
): { readonly low: number | null; readonly high: number | null } | undefined {
  const reference = found.references?.[name];
  if (!reference || reference.testR2 === null) return undefined;
  const { data, model, seeds } = found;
  const rows = { labels: data.testY, outputs: model.outputs };
  const error = networkR2 < unsettled ? null : r2DifferenceError(rows, toldOutputs(found), reference.test);
  const missed = missesOf(found, networkR2);
  if (error === null || !missed) return { low: null, high: null };
  const byPoints = pointsShare(found) * error;
  const spread = Math.max(normalNineInTen * (toldOf(found, 'testR2').std ?? 0), perInitialisation * (1 - networkR2));
  const byStarts = spread / Math.sqrt(seeds.length);
  const more = networkR2 - reference.testR2;
  return {
    low: more - Math.hypot(byPoints, byStarts, missed.below),
    high: more + Math.hypot(byPoints, byStarts, missed.above),
  };
}

/** How far R² of the network may be below and above what is told: nothing where it was trained, undefined where nobody knows. */
export function missesOf(found: Bare, r2: number): { readonly below: number; readonly above: number } | undefined {
  if (basisOf(found) === 'measured') return { below: 0, above: 0 };
  const { testR2Low: low, testR2High: high } = intervalOf(found);
  return low === null || high === null ? undefined : { below: r2 - low, above: high - r2 };
}

/** What a standard error over the listed test points is multiplied by, nine times in ten: they may be a part of all. */
export function pointsShare({ data, model }: Bare): number {
  const listed = data.testY.length / model.outputs;
  return nineInTen(listed - 1) * Math.sqrt(listed / data.test);
}
