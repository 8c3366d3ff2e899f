import { labelUnitsOf, mseInLabelUnits } from '../model/label-units.ts';
import type { Bare } from './bare.ts';
import { accuracyIntervalOf, basisOf, bestReference, certifiedError, endsOf, intervalOf } from './bottom-line.ts';
import { cautionsOf } from './cautions.ts';
import type { DiagnosisProblem } from './problem.ts';
import type { Verdict } from './verdict.ts';
import { isUseless, withoutEffectAtStart } from './without-effect.ts';

interface Found extends Bare {
  /** Of all training labels about their mean: the error that a constant would leave. */
  readonly labelVariance: number;
}

/** Test R² up to which a model is of little use. */
const poor = 0.4;

/** Share of the labels' variance below which an error is none. */
const negligible = 1e-6;

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
    fit,
    // Training does not go below it where it is certain that nothing can be learned.
    (all) => (useless.some(({ basis }) => basis === 'certain') ? undefined : residual(all)),
    steps,
    generalisation,
    references,
    () => cautions.filter((verdict) => !isUseless(verdict)),
    rank,
    verified,
  ];
  const verdicts = rules.flatMap((rule) => rule(found) ?? []);
  // Nothing is good news of a model that nothing can be learned with, or that says little of new points.
  const r2 = mean(found, 'forecast.testR2');
  return useless.length > 0 || (r2 !== null && r2 <= poor) ? verdicts.map(withoutPraise) : verdicts;
}

const withoutPraise = (verdict: Verdict): Verdict =>
  verdict.severity === 'good' ? { ...verdict, severity: 'note' } : verdict;

const mean = ({ summary }: Found, name: string): number | null => summary[name]?.mean ?? null;
/** Of what is defined in every initialisation. */
const definedMean = (found: Found, name: string): number => mean(found, name) as number;
const reason = ({ summary }: Found, name: string): string | null => summary[name]?.reason ?? null;

/** Variance of all training labels about their mean, in the labels' own units. */
export function labelVariance({ y, dataset }: Pick<DiagnosisProblem, 'y' | 'dataset'>): number {
  const average = y.reduce((sum, value) => sum + value, 0) / y.length;
  const variance = y.reduce((sum, value) => sum + (value - average) ** 2, 0) / y.length;
  return mseInLabelUnits(variance, labelUnitsOf(dataset));
}

function fit(found: Found): Verdict<'fit'> {
  const mse = definedMean(found, 'forecast.trainMse');
  const { low, high } = endsOf(found, 'trainMse');
  // A single label has no variance: a constant fits it.
  const explainedOf = (error: number) =>
    found.labelVariance > 0 ? 1 - error / found.labelVariance : error < negligible ? 1 : 0;
  const explained = explainedOf(mse);
  const explainedLow = high === null ? null : explainedOf(high);
  const explainedHigh = low === null ? null : explainedOf(low);
  return {
    code: 'fit',
    severity: (explainedLow ?? explained) > 0.9 ? 'good' : (explainedHigh ?? explained) > 0.5 ? 'note' : 'warning',
    basis: basisOf(found),
    evidence: {
      'forecast.trainMse': mse,
      trainMseLow: low,
      trainMseHigh: high,
      explained,
      explainedLow,
      explainedHigh,
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
  if (training.rateMeaning !== 'flow-time') return undefined;
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
      'training.rate': training.rate,
      rateSource: training.rateSource,
      'training.steps': training.steps,
    },
  };
}

function generalisation(found: Found): Verdict<'generalisation'> | undefined {
  if (found.data.test === 0) return undefined;
  const r2 = mean(found, 'forecast.testR2');
  return {
    code: 'generalisation',
    severity: r2 === null ? 'note' : r2 > 0.8 ? 'good' : r2 > poor ? 'note' : 'warning',
    basis: basisOf(found),
    evidence: {
      'forecast.testR2': r2,
      testR2Std: found.summary['forecast.testR2'].std,
      ...intervalOf(found),
      reason: reason(found, 'forecast.testR2'),
      'forecast.testMse': definedMean(found, 'forecast.testMse'),
      'forecast.testAccuracy': mean(found, 'forecast.testAccuracy'),
      ...accuracyIntervalOf(found),
      'data.test': found.data.test,
    },
  };
}

/** The network beside the best of the references; none where R² is undefined. */
function references(found: Found): Verdict<'references'> | undefined {
  const isTrained = found.summary['verified.testR2'] !== undefined || basisOf(found) === 'measured';
  const { mean: networkR2, std } = found.summary['verified.testR2'] ?? found.summary['forecast.testR2'];
  const best = bestReference(found);
  const constant = found.references?.constant.testR2 ?? null;
  if (best === null || constant === null || networkR2 === null) return undefined;
  const bestR2 = best.testR2;
  const networkR2Std = std ?? 0;
  const { testR2Low, testR2High } = intervalOf(found);
  // Of a mean over the initialisations, not of one of them: two standard errors.
  const off = (2 * networkR2Std) / Math.sqrt(found.seeds.length);
  const spread = { low: networkR2 - off, high: networkR2 + off };
  const { low, high } = isTrained ? spread : { low: testR2Low ?? spread.low, high: testR2High ?? spread.high };
  const comparison = high < bestR2 ? 'worse' : low > bestR2 ? 'better' : isTrained ? 'even' : 'open';
  return {
    code: 'references',
    severity: ({ worse: 'warning', better: 'good', open: 'note', even: 'note' } as const)[comparison],
    basis: isTrained ? 'measured' : 'forecast',
    evidence: {
      'references.constant.testR2': constant,
      'references.ridge.testR2': found.references?.ridge?.testR2 ?? null,
      'references.rbf.testR2': found.references?.rbf?.testR2 ?? null,
      'references.readout.testR2': found.references?.readout?.testR2 ?? null,
      bestR2,
      comparison,
      networkR2,
      networkR2Std,
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

/** Half the width of the interval of a forecast that has none of its own. */
const miss = 0.2;

function verified(found: Found): Verdict<'verified'> | undefined {
  const mse = mean(found, 'verified.trainMse');
  if (mse === null) return undefined;
  const r2 = mean(found, 'verified.testR2');
  // What was trained in the place of a forecast is the same training: nothing was forecast of it.
  const forecast = basisOf(found) === 'measured' ? null : mean(found, 'forecast.testR2');
  const interval = intervalOf(found);
  const { testR2Low: low, testR2High: high } = interval;
  const missed = r2 !== null && forecast !== null && (r2 < (low ?? forecast - miss) || r2 > (high ?? forecast + miss));
  return {
    code: 'verified',
    severity: missed ? 'warning' : 'note',
    basis: 'measured',
    evidence: {
      optimizer: found.training.optimizer,
      'verified.trainMse': mse,
      'verified.testR2': r2,
      'forecast.testR2': forecast,
      ...interval,
      'verified.iterations': definedMean(found, 'verified.iterations'),
      sameRun: basisOf(found) === 'measured',
    },
  };
}
