import type { Dataset } from '../model/dataset.ts';
import type { Model } from '../model/model.ts';
import { cautionsOf } from './cautions.ts';
import type { Diagnosis, Figure, Verdict } from './diagnosis.ts';
import { labels } from './problem.ts';
import { count, times } from './words.ts';

interface Found extends Omit<Diagnosis, 'verdicts'> {
  /** Of all training labels about their mean: the error that a constant would leave. */
  readonly labelVariance: number;
}

/** Relative deviation of the frozen loss curve up to which, and beyond which, a forecast is called good or poor. */
const trusted = { good: 0.25, poor: 1 };

/** Share of the labels' variance below which an error is none. */
const negligible = 1e-6;

/** What was found, in sentences, each with the numbers that back it. The most important come first. */
export function verdictsOf(diagnosis: Omit<Diagnosis, 'verdicts'>, model: Model, dataset: Dataset): Verdict[] {
  const found = { ...diagnosis, labelVariance: labelVariance(labels(dataset).y) };
  const rules: ((found: Found) => Verdict | readonly Verdict[] | undefined)[] = [
    fit,
    never,
    steps,
    generalise,
    stop,
    trust,
    () => cautionsOf(model, dataset),
    rank,
    verified,
  ];
  return rules.flatMap((rule) => rule(found) ?? []);
}

const mean = (figure: Figure | undefined): number | null => figure?.mean ?? null;

function labelVariance(y: Float64Array): number {
  const average = y.reduce((sum, value) => sum + value, 0) / y.length;
  return y.reduce((sum, value) => sum + (value - average) ** 2, 0) / y.length;
}

/** Training mean squared error that belongs to a loss. */
function mseOfLoss({ training, data, model }: Found, loss: number): number {
  return (2 * loss * (training.loss === 'mean' ? data.train : 1)) / (data.train * model.outputs);
}

function fit(found: Found): Verdict {
  const loss = mean(found.summary['forecast.trainLoss']) as number;
  const mse = mseOfLoss(found, loss);
  const variance = found.labelVariance;
  // A single label has no variance: a constant fits it.
  const share = variance > 0 ? 1 - mse / variance : mse < negligible ? 1 : 0;
  const learned = mean(found.summary.learnedModes) as number;
  const severity = share > 0.95 ? 'good' : share > 0.5 ? 'note' : 'warning';
  const budget = `${count(found.training.steps)} steps`;
  const text =
    share > 0.95
      ? `It will fit the training data: after ${budget} the mean squared error is ${times(mse)}.`
      : share > 0
        ? `It will fit the training data in part: after ${budget} the mean squared error is ${times(mse)}, which explains ${times(100 * share)} % of the labels' variance.`
        : `It will not fit the training data within ${budget}: the mean squared error is still ${times(mse)}, no better than a constant.`;
  return {
    code: 'fit',
    severity,
    text: `${text} Of ${count(mean(found.summary.rank) as number)} modes ${count(learned)} are learned by then.`,
    evidence: { trainLoss: loss, trainMse: mse, explained: share, learnedModes: learned, budget: found.training.steps },
  };
}

function never(found: Found): Verdict {
  const floor = mean(found.summary['floor.mse']) as number;
  const variance = found.labelVariance;
  const share = variance > 0 ? floor / variance : null;
  const none = (share ?? floor) < negligible;
  return {
    code: 'never',
    severity: none ? 'good' : (share ?? 1) > 0.05 ? 'warning' : 'note',
    text: none
      ? 'No part of the labels is out of its reach at initialisation: every training point can be fitted.'
      : `A mean squared error of ${times(floor)}${share === null ? '' : ` (${times(100 * share)} % of the labels' variance)`} stays however long it trains, as long as the kernel keeps its null space.`,
    evidence: { floorMse: floor, floorShare: share },
  };
}

function steps(found: Found): Verdict {
  const { training, summary } = found;
  const needed = mean(summary['forecast.steps']);
  const kappa = mean(summary.kappa);
  const evidence = { steps: needed, kappa, rate: training.rate, budget: training.steps };
  const rate = `at the rate ${times(training.rate)} (${training.rateSource})`;
  if (needed === null)
    return {
      code: 'steps',
      severity: 'note',
      text: `How many steps it takes is undefined: ${summary['forecast.steps']?.reason}.`,
      evidence,
    };
  const inTime = needed <= training.steps;
  const slow = kappa === null ? '' : `; its condition number is ${times(kappa)}`;
  return {
    code: 'steps',
    severity: inTime ? 'good' : 'warning',
    text: `The loss above its floor falls a hundredfold in about ${count(needed)} steps of gradient descent ${rate}${inTime ? '' : `, more than the ${count(training.steps)} planned`}${slow}.`,
    evidence,
  };
}

function generalise(found: Found): Verdict | undefined {
  if (found.data.test === 0) return undefined;
  const r2 = mean(found.summary['forecast.testR2']);
  const std = found.summary['forecast.testR2']?.std ?? null;
  const mse = mean(found.summary['forecast.testMse']);
  const share = mean(found.summary['forecast.testAccuracy']);
  const evidence = { testR2: r2, testR2Std: std, testMse: mse, testAccuracy: share };
  const where = `on the ${count(found.data.test)} unseen points`;
  const classes = share === null ? '' : ` ${times(100 * share)} % of them are put in the right class.`;
  if (r2 === null)
    return {
      code: 'generalise',
      severity: 'note',
      text: `Mean squared error ${where}: ${times(mse as number)}. ${found.summary['forecast.testR2']?.reason}.${classes}`,
      evidence,
    };
  const severity = r2 > 0.8 ? 'good' : r2 > 0.4 ? 'note' : 'warning';
  const how = r2 > 0.8 ? 'well' : r2 > 0.4 ? 'moderately' : r2 > 0 ? 'poorly' : 'not at all';
  return {
    code: 'generalise',
    severity,
    text: `It generalises ${how}: R² ${where} is forecast as ${times(r2)} ± ${times(std as number)} over the initialisations.${classes}`,
    evidence,
  };
}

function stop(found: Found): Verdict | undefined {
  const at = mean(found.summary['earlyStop.steps']);
  const best = mean(found.summary['earlyStop.testMse']);
  const end = mean(found.summary['forecast.testMse']);
  if (at === null || best === null || end === null) return undefined;
  const gain = 1 - best / end;
  const evidence = { steps: at, testMse: best, testMseAtBudget: end };
  if (!(gain > 0.05))
    return { code: 'stop', severity: 'good', text: 'Stopping early gains nothing on the unseen points.', evidence };
  return {
    code: 'stop',
    severity: gain > 0.2 ? 'warning' : 'note',
    text: `Stop after about ${count(at)} steps: the error on the unseen points is least there (${times(best)}) and ${times(100 * gain)} % lower than at the end.`,
    evidence,
  };
}

function trust(found: Found): Verdict {
  const { summary } = found;
  const deviation = mean(summary['trust.lossDeviation']);
  const evidence = {
    lossDeviation: deviation,
    followedSteps: mean(summary['trust.followedSteps']),
    parameterChange: mean(summary['trust.parameterChange']),
    kernelChange: mean(summary['trust.kernelChange']),
    residualLeft: mean(summary['trust.residualLeft']),
    jacobians: mean(summary['trust.jacobians']),
    forecastJacobians: mean(summary['forecast.jacobians']),
  };
  if (deviation === null)
    return {
      code: 'trust',
      severity: 'note',
      text: `How far the frozen kernel can be trusted was not measured: ${summary['trust.lossDeviation']?.reason}.`,
      evidence,
    };
  const by = deviation < trusted.poor ? `${times(100 * deviation)} %` : `a factor ${times(1 + deviation)}`;
  const bound = summary['trust.lossDeviation']?.atLeast === true;
  const severity = deviation >= trusted.poor ? 'warning' : deviation >= trusted.good || bound ? 'note' : 'good';
  const advice =
    severity === 'good' || (evidence.forecastJacobians ?? 1) > 1
      ? ''
      : ' Ask for --tolerance 0.1 to follow it more closely.';
  return {
    code: 'trust',
    severity,
    text: `The network leaves its frozen kernel: the loss curve of one Jacobian is off by ${bound ? 'at least' : 'up to'} ${by} ${bound ? followed(found) : 'before the loss above its floor has fallen a hundredfold'}.${advice}`,
    evidence,
  };
}

/** How far the flow was followed, where that was not all the way. */
function followed({ seeds, summary }: Found): string {
  const cut = seeds.filter(({ trust }) => !trust.followedToEnd);
  // That at θ₀ takes part, that at the end point does not.
  const spent = Math.max(...cut.map(({ trust }) => trust.jacobians));
  const which = cut.length === seeds.length ? '' : `in ${cut.length} of ${seeds.length} initialisations `;
  return `over the ${count(mean(summary['trust.followedSteps']) as number)} steps that ${spent} Jacobians follow it; ${which}the loss above its floor has not fallen a hundredfold by then`;
}

function rank({ seeds, model, data }: Found): Verdict | undefined {
  const rows = data.train * model.outputs;
  const least = Math.min(...seeds.map((seed) => seed.rank));
  if (least === rows) return undefined;
  const why = seeds.find((seed) => seed.rank === least)?.reasons.kappa ?? '';
  return {
    code: 'rank',
    severity: 'note',
    text: `The condition number is undefined: ${why}.`,
    evidence: { rank: least, rows, parameters: model.parameters },
  };
}

function verified(found: Found): Verdict | undefined {
  const { summary } = found;
  const loss = mean(summary['verified.trainLoss']);
  if (loss === null) return undefined;
  const r2 = mean(summary['verified.testR2']);
  const equal = mean(summary['verified.atEqualLoss.testR2']);
  const iterations = mean(summary['verified.iterations']) as number;
  const evidence = { trainLoss: loss, testR2: r2, forecastAtEqualLoss: equal, iterations };
  const unseen = r2 === null ? '' : `, and R² ${times(r2)} on the unseen points`;
  const beside = equal === null ? '' : ` At the same training loss the forecast has R² ${times(equal)} there.`;
  return {
    code: 'verified',
    severity: r2 !== null && equal !== null && Math.abs(r2 - equal) > 0.2 ? 'warning' : 'good',
    text: `Trained for real by ${found.training.optimizer}: mean squared error ${times(mseOfLoss(found, loss))} after ${count(iterations)} iterations${unseen}.${beside}`,
    evidence,
  };
}
