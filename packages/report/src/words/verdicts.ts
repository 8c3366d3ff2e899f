import { type Basis, type Evidence, optimizerNamed, type Severity, type Verdict, type VerdictCode } from '@qntk/core';
import { counted, formatCount, formatNumber, formatR2, formatShare, spreadText } from '../format.ts';

/** How a severity is said: a word, and a mark where there is no room for one. */
export const severities: Record<Severity, { readonly word: string; readonly mark: string }> = {
  good: { word: 'Good', mark: '✓' },
  note: { word: 'Note', mark: '·' },
  warning: { word: 'Warning', mark: '!' },
};

type Sentences = { readonly [Code in VerdictCode]: (evidence: Evidence[Code], basis: Basis) => string };

/** The one place that makes words of verdicts: a sentence or two for each code, from its evidence and what it rests on. */
const sentences: Sentences = {
  fit: (found, basis) => {
    if (basis === 'measured') return fitMeasured(found);
    const budget = counted(found['training.steps'], 'step');
    const { trainMseLow: low, trainMseHigh: high, explainedLow, explainedHigh, explained } = found;
    const error = `after ${budget} the mean squared error is ${formatNumber(found['forecast.trainMse'])}`;
    const interval = low === null || high === null ? '' : `, ${between(low, high)}`;
    if ((explainedLow ?? explained) > 0.9) return `It will fit the training data: ${error}${interval}.`;
    if ((explainedHigh ?? explained) <= 0)
      return `It will not fit the training data: ${error}${interval}, no better than a constant.`;
    const share =
      explainedLow === null || explainedHigh === null
        ? formatShare(explained)
        : `${formatShare(Math.max(0, explainedLow))} to ${formatShare(Math.min(1, explainedHigh))}`;
    const how = (explainedHigh ?? explained) <= 0.5 ? 'hardly fit the training data' : 'fit the training data in part';
    return `It will ${how}: ${error}${interval}, which explains ${share} of the labels' variance.`;
  },

  limit: (found) => {
    const { certified, certifiedShare: share, 'limit.noise': noise, 'limit.outOfRange': outOfRange } = found;
    const part = share === null ? '' : ` (${formatShare(share)} of the labels' variance)`;
    const bound = `has a training mean squared error below ${formatNumber(certified)}${part}`;
    // Rounding of a sum of squares is no cause.
    const causes = [
      ...(noise > 1e-6 * certified
        ? [`points with the same inputs have different labels, whose variance is ${formatNumber(noise)}`]
        : []),
      ...(outOfRange > 1e-6 * certified ? [`labels out of the readout's range add ${formatNumber(outOfRange)}`] : []),
    ].join(', and ');
    if (found.basis === 'labels') return `No model with this readout ${bound}: ${causes}.`;
    if (noise + outOfRange > 0.999 * certified) return `No circuit ${bound}, whatever its gates and angles: ${causes}.`;
    const ofIt = causes === '' ? '' : ` Of this, ${causes}.`;
    return `No circuit behind this encoding ${bound}, whatever its gates and angles: only another encoding, another readout or a larger scale goes below.${ofIt}`;
  },

  residual: ({ 'frozen.residualMse': mse, residualShare: share }) => {
    const part = share === null ? '' : ` (${formatShare(share)} of the labels' variance)`;
    return `With the kernel of its start it would keep a mean squared error of ${formatNumber(mse)}${part} for ever; the trained network can go below, as its kernel changes.`;
  },

  steps: (found) => {
    const needed = found['frozen.steps'];
    if (needed === null) return `How many steps the kernel of its start would take is undefined: ${found.reason}.`;
    const rate = `at the rate ${formatNumber(found['training.rate'])} (${rateSources[found.rateSource]})`;
    const kappa = found.kappa === null ? '' : `; the condition number of its kernel is ${formatNumber(found.kappa)}`;
    return `With the kernel of its start, ${counted(needed, 'step')} of gradient descent ${rate} would remove 99 % of the training loss that can be removed so${kappa}.`;
  },

  generalisation: (found, basis) => {
    const where = `on the ${counted(found['data.test'], 'test point')}`;
    const share = found['forecast.testAccuracy'];
    const { testAccuracyLow: fewest, testAccuracyHigh: most } = found;
    const range =
      fewest == null || most == null ? '' : `, ${formatShare(fewest)} to ${formatShare(most)} nine times in ten`;
    const classes = share === null ? '' : ` ${formatShare(share)} of them are put in the right class${range}.`;
    const r2 = found['forecast.testR2'];
    if (r2 === null)
      return `Mean squared error ${where}: ${formatNumber(found['forecast.testMse'])}. R² is undefined: ${found.reason}.${classes}`;
    const { testR2Low: low, testR2High: high } = found;
    const [worst, best] = [howWell(low ?? r2), howWell(high ?? r2)];
    const how = worst === best ? best : `somewhere between ${worst} and ${best}`;
    const spread = spreadText(found.testR2Std);
    if (basis === 'measured')
      return `It generalises ${how}: the trained networks have R² ${formatR2(r2)} ${where}${spread && ` (${spread})`}.${classes}`;
    const interval = low === null || high === null ? '' : `, ${between(low, high)}`;
    const single = spread && ` Single initialisations deviate from that mean by ${formatR2(found.testR2Std)}.`;
    return `It generalises ${how}: R² ${where}, the mean over the initialisations, is forecast as ${formatR2(r2)}${interval}.${single}${classes}`;
  },

  references: (found) => {
    const scores = [
      ['ridge regression', found['references.ridge.testR2']],
      ['ridge regression with a Gaussian kernel', found['references.rbf.testR2']],
      ['a constant', found['references.constant.testR2']],
    ] as const;
    const texts = scores.flatMap(([name, r2]) => (r2 === null ? [] : [[name, formatR2(r2)] as const]));
    const others = texts.map(([name, r2], i) => `${name}${i === 0 ? ' has R²' : ''} ${r2}`).join(', ');
    const spread = spreadText(found.networkR2Std);
    const network = `The network, with ${formatR2(found.networkR2)}${spread && ` (${spread})`},`;
    const compared = {
      worse: 'does not beat the best of them',
      better: texts.length === 1 ? 'beats it' : 'beats all of them',
      open: 'may or may not beat the best of them',
      even: 'cannot be told apart from the best of them',
    }[found.comparison];
    const readout = found['references.readout.testR2'];
    const behind =
      readout === null
        ? ''
        : ` The best readout of the encoding, fitted to the training points, has ${formatR2(readout)}.`;
    return `On the same points and features, without a quantum computer, ${others}. ${network} ${compared}.${behind}`;
  },

  'parameters-without-effect': ({ observables, structural }) =>
    structural
      ? `No parameter reaches the readout (${listed(observables)}): every gate with a parameter acts on other qubits, commutes with what is measured, or only gives a basis state a phase. Training changes nothing; measure another observable, or end with gates that do not commute with it.`
      : `No parameter changes the readout (${listed(observables)}) at the initial parameters: all derivatives are 0 there, so that training by gradients does not begin. Start elsewhere (initial.distribution), or measure another observable.`,

  'inputs-without-effect': ({ observables, features, all, structural }) => {
    const readout = `the readout (${listed(observables)})`;
    if (!structural)
      return `No input changes ${readout} at the initial parameters: all training points have the same output there. Encode the features by gates that change what is measured.`;
    const why =
      'the gates that depend on data act on other qubits, commute with what is measured, or only give a basis state a phase, as RZ does to |0⟩';
    return all
      ? `No input reaches ${readout}: ${why}. Every point gets the same prediction; encode the features by gates such as RY, on qubits that the readout depends on.`
      : `${features.length === 1 ? 'A feature does' : 'Features do'} not reach ${readout}: ${listed(features)}; ${why}.`;
  },

  range: (found) => {
    const { observable, low, high, rangeLow, rangeHigh } = found;
    const wanted = found.scaleWithRoom === null ? null : formatNumber(found.scaleWithRoom);
    if (found.regime === 'stagnant')
      return `${formatCount(found.outside)} of ${counted(found.labels, 'label')} are out of range: they go from ${formatNumber(low)} to ${formatNumber(high)}, ${observable} at scale ${formatNumber(found['model.scale'])} from ${formatNumber(rangeLow)} to ${formatNumber(rangeHigh)}. They will never be fitted; ${wanted === null ? noScale : `a scale of ${wanted} would bring them inside`}.`;
    const share = found.rangeShare === null ? 'all' : formatShare(found.rangeShare);
    if (found.rangeShare !== null && found.rangeShare < 0.95)
      return `Labels stay within ${share} of the range of ${observable}: the range forbids none of them.`;
    const cure = wanted === null ? `Room is not had by scale: ${noScale}` : `A scale of ${wanted} leaves room`;
    return `Labels take up ${share} of the range of ${observable}: gradient flow comes to its edge no faster than a loss ∝ 1/t². ${cure}.`;
  },

  rank: ({ reason }) => `The condition number is undefined: ${reason}.`,

  duplicates: (found) => {
    const repeated = found.duplicates === 1 ? '1 point repeats' : `${formatCount(found.duplicates)} points repeat`;
    const pair = (row: number, first: number) => `row ${row} those of row ${first}`;
    const { contradictoryRow: row, contradictedRow: first } = found;
    const clash =
      row === null || first === null
        ? ''
        : ` With other labels: ${formatCount(found.contradictory)} (${pair(row, first)}), which cannot all be fitted.`;
    return `${repeated} the features of an earlier one (${pair(found.row, found.repeatedRow)}, counted from 0), which makes the kernel singular.${clash}`;
  },

  verified: (found) => {
    const r2 = found['verified.testR2'];
    const { 'forecast.testR2': forecast, testR2Low: low, testR2High: high } = found;
    const test = r2 === null ? '' : `, and R² ${formatNumber(r2)} on the test points`;
    const interval = low === null || high === null ? '' : ` (${formatNumber(low)} to ${formatNumber(high)})`;
    const missed = r2 !== null && low !== null && high !== null && (r2 < low || r2 > high) ? ': a miss' : '';
    const beside = found.sameRun
      ? ' It is the training that is told of above.'
      : r2 === null || forecast === null
        ? ''
        : ` Forecast was ${formatNumber(forecast)}${interval}${missed}.`;
    return `Trained for real by ${optimizerLabel(found.optimizer)}: mean squared error ${formatNumber(found['verified.trainMse'])} after ${counted(found['verified.iterations'], 'iteration')}${test}.${beside}`;
  },
};

/** How far training fits where it was done in the place of a forecast: there is nothing to come, and no interval. */
function fitMeasured({ 'forecast.trainMse': mse, explained, 'training.steps': steps }: Evidence['fit']): string {
  const error = `within ${counted(steps, 'step')} the mean squared error is ${formatNumber(mse)}`;
  const trained = 'Trained for real: that takes hardly longer than a forecast here.';
  if (explained > 0.9) return `It fits the training data: ${error}. ${trained}`;
  if (explained <= 0) return `It does not fit the training data: ${error}, no better than a constant. ${trained}`;
  const how = explained <= 0.5 ? 'hardly fits the training data' : 'fits the training data in part';
  return `It ${how}: ${error}, which explains ${formatShare(explained)} of the labels' variance. ${trained}`;
}

/** A verdict in a sentence or two. */
export function verdictText<Code extends VerdictCode>({ code, evidence, basis }: Verdict<Code>): string {
  const sentence = sentences[code] as (evidence: Evidence[Code], basis: Basis) => string;
  return sentence(evidence as Evidence[Code], basis);
}

/** An interval of a forecast in a sentence. */
const between = (low: number, high: number): string =>
  `between ${formatNumber(low)} and ${formatNumber(high)} nine times in ten`;

const howWell = (r2: number): string =>
  r2 > 0.8 ? 'well' : r2 > 0.4 ? 'moderately' : r2 > 0 ? 'poorly' : 'not at all';

/** Names in a sentence, the first few. */
function listed(names: readonly string[]): string {
  return names.length <= 4 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;
}

/** Where a learning rate comes from. */
export const rateSources = {
  given: 'given',
  'half-stability-limit': 'half the stability limit of the first initialisation',
} as const;

const noScale = 'no scale alone moves this edge of the range, shift the labels or the observable';

/** The name of an optimiser in a sentence. */
export function optimizerLabel(name: string): string {
  return optimizerNamed(name)?.label ?? name;
}
