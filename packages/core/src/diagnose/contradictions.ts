import { meanScore } from '../model/scores.ts';
import { outcomeOf } from './advice.ts';
import { isGapTold, weights } from './bottom-line.ts';
import type { BottomLine, TriedChange } from './diagnosis.ts';
import { hardlyFitted } from './settings.ts';
import { isOutside, unsettled } from './told.ts';
import type { Evidence, Verdict, VerdictCode } from './verdict.ts';

/** Where one training ended. */
export interface TrainedRun {
  readonly trainMse: number;
  /** The mean of the outputs' coefficients, null where it is undefined; left out, it is what the error leaves of the labels' variance. */
  readonly trainR2?: number | null;
  /** Null where it is undefined. */
  readonly testR2: number | null;
  /** Share of test points in the right class; null or left out where labels are no classes. */
  readonly testAccuracy?: number | null;
}

/** What training came to, one entry an initialisation of those that were diagnosed. */
export interface TrainedFacts {
  /** Training errors at the initial parameters. */
  readonly start: readonly number[];
  readonly runs: readonly TrainedRun[];
  /** Least and largest output on the training points where training ended; of networks with one output. */
  readonly spans?: readonly (readonly [number, number])[];
  /** Variance of the training labels of each output about their mean, the mean over the outputs. */
  readonly labelVariance: number;
  /** The same with the changes of `Changes`; where somebody tried. */
  readonly longer?: readonly TrainedRun[];
  readonly deeper?: readonly TrainedRun[];
  readonly readout?: readonly TrainedRun[];
  readonly fewer?: readonly TrainedRun[];
  readonly simpler?: readonly TrainedRun[];
  readonly richer?: readonly TrainedRun[];
  readonly rescaled?: readonly TrainedRun[];
}

/** Whether training contradicts a sentence; undefined where it says nothing of training, or what would tell was not tried. */
type Contradicts<Claim> = (claim: Claim, trained: TrainedFacts) => boolean | undefined;

/** Sums of squares that rounding leaves of equal ones, as a share. */
const rounding = 1e-9;

/** An error that is not lower by a tenth is not lower. */
const lower = 0.9;

/** The training fact that contradicts each verdict. */
const ofVerdicts: { readonly [Code in VerdictCode]: Contradicts<Evidence[Code]> } = {
  limit: ({ certified }, { runs }) => runs.some(({ trainMse }) => trainMse < certified * (1 - rounding)),
  fit: ({ trainMseLow: low, trainMseHigh: high, 'forecast.trainR2': r2 }, facts) =>
    isOutside(meanOf(facts.runs, 'trainMse'), low, high) ?? isFarFrom(r2, trainR2Of(facts)),
  generalisation: (found, { runs }) => {
    const { testR2Low, testR2High, testAccuracyLow, testAccuracyHigh } = found;
    const trained = meanOf(runs, 'testR2');
    const r2 = isOutside(trained, testR2Low, testR2High) ?? isFarFrom(found['forecast.testR2'], trained);
    const right = isOutside(meanOf(runs, 'testAccuracy'), testAccuracyLow, testAccuracyHigh);
    return r2 === undefined ? right : r2 || (right ?? false);
  },
  references: ({ bestR2, comparison }, { runs }) => {
    const trained = meanOf(runs, 'testR2');
    if (trained === null || comparison === 'open' || comparison === 'even') return undefined;
    return comparison === 'better' ? trained <= bestR2 : trained > bestR2;
  },
  'parameters-without-effect': (_, { start, runs }) =>
    runs.some(({ trainMse }, i) => Math.abs(trainMse - start[i]) > rounding * start[i]),
  'inputs-without-effect': ({ all }, { spans }) =>
    all && spans ? spans.some(([low, high]) => high - low > rounding * Math.max(1, Math.abs(high))) : undefined,
  range: ({ rangeLow, rangeHigh }, { spans }) =>
    spans?.some(([low, high]) => low < rangeLow - rounding || high > rangeHigh + rounding),
  duplicates: ({ contradictory }, { runs }) =>
    contradictory > 0 ? runs.some(({ trainMse }) => trainMse === 0) : undefined,
  rate: (_, facts) => isFitted(facts),
  scale: ({ trainR2 }, facts) => (trainR2 === null ? undefined : isFitted(facts)),
  // Said of the kernel at initialisation or of what was trained, not of a training to come.
  residual: () => undefined,
  steps: () => undefined,
  rank: () => undefined,
  verified: () => undefined,
};

/** Of a score told without an interval, that it is about so. Undefined where it or the trained one is, and where none was told. */
function isFarFrom(told: number | null | undefined, trained: number | null): boolean | undefined {
  if (told == null || told < unsettled || trained === null) return undefined;
  return Math.abs(trained - told) > aboutIt * Math.max(1, 1 - told);
}

/** R² told without an interval is told about so far, in shares of the error where that is above the labels' variance. */
const aboutIt = 0.2;

/** Training R², the mean over the runs; null where it is undefined. */
function trainR2Of({ runs, labelVariance }: TrainedFacts): number | null {
  const known = meanOf(runs, 'trainR2');
  if (known !== null) return known;
  return runs.length > 0 && labelVariance > 0 ? 1 - meanError(runs) / labelVariance : null;
}

/** More is fitted than what a setting of the training that leaves next to nothing can explain. */
function isFitted(facts: TrainedFacts): boolean | undefined {
  const r2 = trainR2Of(facts);
  return r2 === null ? undefined : r2 >= hardlyFitted;
}

/** Error on new data, as a share of the labels' variance, above which something stands out. */
const standsOut = 2 * weights.small;

/** The training fact that contradicts what a bottom line says limits the network. */
const ofBottomLines: { readonly [Code in BottomLine['code']]: Contradicts<BottomLine['evidence']> } = {
  'no-effect': (_, { runs, labelVariance }) => 1 - meanError(runs) / labelVariance > 0.05,
  'few-points': () => undefined,
  rate: (_, facts) => isFitted(facts),
  scale: ({ scale }, facts) => (scale && scale.trainR2 !== null ? isFitted(facts) : undefined),
  range: (found, facts) => either(certifiedPart(found, facts), misadvised(found.rescaled, facts, facts.rescaled)),
  labels: certifiedPart,
  encoding: (found, facts) => either(certifiedPart(found, facts), misadvised(found.richer, facts, facts.richer)),
  steps: ({ longer }, facts) => misadvised(longer, facts, facts.longer) ?? leavesError(facts, facts.longer),
  ansatz: ({ deeper }, facts) => misadvised(deeper, facts, facts.deeper) ?? leavesError(facts, facts.deeper),
  readout: ({ readout }, facts) => misadvised(readout, facts, facts.readout),
  freedom: (found, facts) => either(fitsAlike(facts), misadvised(found.simpler, facts, facts.simpler)),
  points: ({ fewer }, facts) => either(fitsAlike(facts), fewer && added(facts.runs, facts.fewer, (more) => more >= 0)),
  initialisation: (_, { runs }) => {
    const spread = deviationOf(runs);
    return spread === null ? undefined : spread < weights.spread;
  },
  none: (_, { runs }) => {
    const r2 = meanOf(runs, 'testR2');
    return r2 === null ? undefined : 1 - r2 > standsOut;
  },
  open: (found, facts) => (isGapTold(found) ? fitsAlike(facts) : undefined),
};

/** Training points are not fitted far better than others: neither by R², nor by half of the error. */
function fitsAlike(facts: TrainedFacts): boolean | undefined {
  const [fitted, r2] = [trainR2Of(facts), meanOf(facts.runs, 'testR2')];
  if (fitted === null || r2 === null) return undefined;
  return fitted - r2 < weights.gap && 1 - r2 < 2 * (1 - fitted);
}

/** Test R² that a change which was known not to help may add, as it was known of other points. */
const atMost = 0.2;

/** A change that was said to help does not, or one that was known not to does; undefined where neither was said. */
function misadvised(
  said: TriedChange | null,
  { runs }: TrainedFacts,
  changed: readonly TrainedRun[] | undefined,
): boolean | undefined {
  const outcome = said ? outcomeOf(said) : 'open';
  if (outcome === 'open') return undefined;
  return added(runs, changed, (more) => (outcome === 'helps' ? more <= 0 : more > atMost));
}

/** A change leaves the training error what it is, nearly. */
const leavesError = ({ runs }: TrainedFacts, changed: readonly TrainedRun[] | undefined): boolean | undefined =>
  changed && meanError(changed) > lower * meanError(runs);

/** What is to be judged of the test R² that changed trainings add to those as planned; undefined where it is not known. */
function added(
  runs: readonly TrainedRun[],
  changed: readonly TrainedRun[] | undefined,
  judge: (more: number) => boolean,
): boolean | undefined {
  if (!changed) return undefined;
  const [planned, found] = [meanOf(runs.slice(0, changed.length), 'testR2'), meanOf(changed, 'testR2')];
  return planned === null || found === null ? undefined : judge(found - planned);
}

/** Whether one of two facts contradicts; undefined where neither says anything. */
function either(a: boolean | null | undefined, b: boolean | null | undefined): boolean | undefined {
  const known = [a, b].filter((one) => typeof one === 'boolean');
  return known.length === 0 ? undefined : known.includes(true);
}

/** The certified error is less than a half of what training came to, where it leaves anything to fit, or more than that. */
function certifiedPart({ certified, certifiedShare }: BottomLine['evidence'], { runs }: TrainedFacts): boolean {
  const below = runs.some(({ trainMse }) => trainMse < certified * (1 - rounding));
  const isHopeless = (certifiedShare ?? 0) > weights.hopeless;
  return below || (!isHopeless && certified < weights.certified * meanError(runs));
}

/** Whether training contradicts a verdict; undefined where it says nothing of a training to come. */
export function isContradicted<Code extends VerdictCode>(
  { code, evidence }: Verdict<Code>,
  trained: TrainedFacts,
): boolean | undefined {
  return (ofVerdicts[code] as Contradicts<Evidence[Code]>)(evidence as Evidence[Code], trained);
}

/** Changes that are told to help or not to, whatever limits. */
const told = ['longer', 'deeper', 'readout', 'simpler', 'richer', 'rescaled'] as const;

/**
 * Whether training contradicts what a bottom line says limits the network, what it says of changes, whichever of them it tells, and
 * its interval of R².
 */
export function bottomLineContradictions(
  { code, evidence }: BottomLine,
  trained: TrainedFacts,
): { readonly [Part in 'limit' | 'changes' | 'expectation']: boolean | undefined } {
  const { testR2Low, testR2High } = evidence;
  const ofChanges = told.map((name) => misadvised(evidence[name], trained, trained[name]));
  return {
    limit: ofBottomLines[code](evidence, trained),
    changes: ofChanges.reduce(either, undefined),
    expectation: isOutside(meanOf(trained.runs, 'testR2'), testR2Low, testR2High),
  };
}

const meanError = (runs: readonly TrainedRun[]): number => meanOf(runs, 'trainMse') as number;

/** Null where it is undefined in any run. */
const meanOf = (runs: readonly TrainedRun[], score: keyof TrainedRun): number | null =>
  meanScore(runs.map((run) => run[score] ?? null));

function deviationOf(runs: readonly TrainedRun[]): number | null {
  const mean = meanOf(runs, 'testR2');
  if (mean === null || runs.length < 2) return null;
  return Math.sqrt(runs.reduce((sum, { testR2 }) => sum + (testR2! - mean) ** 2, 0) / (runs.length - 1));
}
