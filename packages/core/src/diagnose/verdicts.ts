import { labelUnitsOf, mseInLabelUnits } from '../model/label-units.ts';
import { variancesOf } from '../model/scores.ts';
import type { Bare } from './bare.ts';
import { certifiedError } from './bottom-line.ts';
import { cautionsOf } from './cautions.ts';
import type { DiagnosisProblem } from './problem.ts';
import { referencesVerdict } from './rivals.ts';
import { isAboveLimit, settingVerdicts } from './settings.ts';
import {
  accuracyIntervalOf,
  basisOf,
  endsOf,
  forecastBasisOf,
  intervalOf,
  isOutside,
  isVerified,
  toldOf,
  verifiedOf,
} from './told.ts';
import type { Verdict } from './verdict.ts';
import { isUseless, withoutEffectAtStart } from './without-effect.ts';

interface Found extends Bare {
  /** Of the training labels about the mean of each output: the error that a constant would leave. */
  readonly labelVariance: number;
}

/** Test R² up to which a model is of little use. */
const poor = 0.4;

/** What was found, each finding with the numbers behind it. The most important come first. */
export function verdictsOf(diagnosis: Bare, problem: DiagnosisProblem): Verdict[] {
  const found = { ...diagnosis, labelVariance: labelVariance(problem) };
  const cautions = cautionsOf(problem.model, problem.dataset);
  const atStart = withoutEffectAtStart(problem.model, problem.dataset, found.seeds);
  const known = cautions.map(({ code }) => code);
  const useless = [...cautions, ...atStart.filter(({ code }) => !known.includes(code))].filter(isUseless);
  const rules: ((found: Found) => Verdict | readonly Verdict[] | undefined)[] = [
    () => useless,
    limit,
    (all) => (useless.length > 0 ? undefined : settingVerdicts(all, problem)),
    fit,
    // Training does not go below it where it is certain that nothing can be learned.
    (all) => (useless.some(({ basis }) => basis === 'certain') ? undefined : residual(all)),
    steps,
    generalisation,
    referencesVerdict,
    () => cautions.filter((verdict) => !isUseless(verdict)),
    rank,
    verified,
  ];
  const verdicts = rules.flatMap((rule) => rule(found) ?? []);
  // Nothing is good news of a model that nothing can be learned with, or that says little of new points.
  const r2 = toldOf(found, 'testR2').mean;
  return useless.length > 0 || (r2 !== null && r2 <= poor) ? verdicts.map(withoutPraise) : verdicts;
}

const withoutPraise = (verdict: Verdict): Verdict =>
  verdict.severity === 'good' ? { ...verdict, severity: 'note' } : verdict;

const mean = ({ summary }: Found, name: string): number | null => summary[name]?.mean ?? null;
/** Of what is defined in every initialisation. */
const definedMean = (found: Found, name: string): number => mean(found, name) as number;
const reason = ({ summary }: Found, name: string): string | null => summary[name]?.reason ?? null;

/** Variance of the training labels of each output about their mean, in the labels' own units. */
export function labelVariances({ y, dataset }: Pick<DiagnosisProblem, 'y' | 'dataset'>): number[] {
  return variancesOf(y, dataset.outputs).map((variance) => mseInLabelUnits(variance, labelUnitsOf(dataset)));
}

/** Their mean over the outputs: the training error of the best constants. */
export function labelVariance(problem: Pick<DiagnosisProblem, 'y' | 'dataset'>): number {
  const variances = labelVariances(problem);
  return variances.reduce((sum, value) => sum + value, 0) / variances.length;
}

function fit(found: Found): Verdict<'fit'> {
  const error = endsOf(found, 'trainMse');
  const r2 = endsOf(found, 'trainR2');
  const told = toldOf(found, 'trainR2').mean;
  const [least, most] = isVerified(found) ? [told, told] : [r2.low ?? told, r2.high ?? told];
  return {
    code: 'fit',
    severity: least === null || most === null ? 'note' : least > 0.9 ? 'good' : most > 0.5 ? 'note' : 'warning',
    basis: basisOf(found),
    evidence: {
      'forecast.trainMse': definedMean(found, 'forecast.trainMse'),
      trainMseLow: error.low,
      trainMseHigh: error.high,
      'forecast.trainR2': mean(found, 'forecast.trainR2'),
      trainR2Low: r2.low,
      trainR2High: r2.high,
      'verified.trainMse': verifiedOf(found, 'trainMse'),
      'verified.trainR2': verifiedOf(found, 'trainR2'),
      'forecast.stoppedAfter': mean(found, 'forecast.stoppedAfter'),
      'training.steps': found.training.steps,
    },
  };
}

/** Share of the labels' variance below which a limit is of no weight. */
const noteworthy = 1e-3;

/** None where nothing of weight is known to be impossible. */
function limit({ limit, labelVariance }: Found): Verdict<'limit'> | undefined {
  const certified = certifiedError(limit);
  const share = labelVariance > 0 ? certified / labelVariance : null;
  if (limit.basis === null || !((share ?? certified) > noteworthy)) return undefined;
  return {
    code: 'limit',
    severity: (share ?? 1) > 0.05 ? 'warning' : 'note',
    basis: 'certain',
    evidence: {
      certified,
      certifiedShare: share,
      basis: limit.basis,
      'limit.noise': limit.noise,
      'limit.outOfRange': limit.outOfRange,
    },
  };
}

/**
 * None where no training gets as low: the verdict on the limit says more, and the trained network cannot go below; nor where it was
 * trained, and is known to.
 */
function residual(found: Found): Verdict<'residual'> | undefined {
  if (basisOf(found) === 'measured') return undefined;
  const mse = definedMean(found, 'frozen.residualMse');
  if (mse <= certifiedError(found.limit)) return undefined;
  const share = found.labelVariance > 0 ? mse / found.labelVariance : null;
  if (!((share ?? mse) > noteworthy)) return undefined;
  return {
    code: 'residual',
    severity: 'note',
    basis: 'forecast',
    evidence: { 'frozen.residualMse': mse, residualShare: share },
  };
}

/** Of an optimiser on the clock of the flow; the others take steps of another kind. */
function steps(found: Found): Verdict<'steps'> | undefined {
  const { training } = found;
  if (training.rateMeaning !== 'flow-time' || isAboveLimit(found)) return undefined;
  const needed = mean(found, 'frozen.steps');
  return {
    code: 'steps',
    // Of the kernel at the start: no news of the training, good or bad.
    severity: 'note',
    basis: 'forecast',
    evidence: {
      'frozen.steps': needed,
      reason: reason(found, 'frozen.steps'),
      kappa: mean(found, 'kappa'),
      'training.optimizerRate': training.optimizerRate ?? training.rate,
      'training.momentum': training.momentum > 0 ? training.momentum : null,
      rateSource: training.rateSource,
      'training.steps': training.steps,
    },
  };
}

function generalisation(found: Found): Verdict<'generalisation'> | undefined {
  if (found.data.test === 0) return undefined;
  const { mean: r2, std } = toldOf(found, 'testR2');
  return {
    code: 'generalisation',
    severity: r2 === null ? 'note' : r2 > 0.8 ? 'good' : r2 > poor ? 'note' : 'warning',
    basis: basisOf(found),
    evidence: {
      'forecast.testR2': mean(found, 'forecast.testR2'),
      'verified.testR2': verifiedOf(found, 'testR2'),
      'verified.testMse': verifiedOf(found, 'testMse'),
      'verified.testAccuracy': verifiedOf(found, 'testAccuracy'),
      testR2Std: std,
      ...intervalOf(found),
      reason: reason(found, 'forecast.testR2'),
      'forecast.testMse': definedMean(found, 'forecast.testMse'),
      'forecast.testAccuracy': mean(found, 'forecast.testAccuracy'),
      ...accuracyIntervalOf(found),
      'references.constant.testAccuracy': found.references?.constant.testAccuracy ?? null,
      'data.test': found.data.test,
    },
  };
}

function rank({ seeds, model, data }: Found): Verdict<'rank'> | undefined {
  const rows = data.train * model.outputs;
  const least = seeds.reduce((lowest, seed) => (seed.rank < lowest.rank ? seed : lowest));
  if (least.rank === rows) return undefined;
  return {
    code: 'rank',
    severity: 'note',
    basis: model.parameters < rows ? 'certain' : 'forecast',
    evidence: { rank: least.rank, rows, 'model.parameters': model.parameters, reason: least.reasons.kappa ?? '' },
  };
}

function verified(found: Found): Verdict<'verified'> | undefined {
  const mse = mean(found, 'verified.trainMse');
  if (mse === null) return undefined;
  const r2 = mean(found, 'verified.testR2');
  // What was trained in the place of a forecast is the same training: nothing was forecast of it.
  const sameRun = forecastBasisOf(found) === 'measured';
  const forecast = sameRun ? null : mean(found, 'forecast.testR2');
  const interval = intervalOf(found);
  return {
    code: 'verified',
    severity: isOutside(r2, interval.testR2Low, interval.testR2High) ? 'warning' : 'note',
    basis: 'measured',
    evidence: {
      optimizer: found.training.optimizer,
      'verified.trainMse': mse,
      'verified.testR2': r2,
      'forecast.testR2': forecast,
      ...interval,
      'verified.iterations': definedMean(found, 'verified.iterations'),
      sameRun,
    },
  };
}
