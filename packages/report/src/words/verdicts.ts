import {
  type Basis,
  type Evidence,
  isOutside,
  optimizerNamed,
  type Severity,
  unsettled,
  type Verdict,
  type VerdictCode,
} from '@qntk/core';
import { counted, formatCount, formatNumber, formatR2, formatShare, spreadText } from '../format.ts';
import { rateText, scaleText } from './settings.ts';

/** How a severity is said: a word, and a mark where there is no room for one. */
export const severities: Record<Severity, { readonly word: string; readonly mark: string }> = {
  good: { word: 'Good', mark: '✓' },
  note: { word: 'Note', mark: '·' },
  warning: { word: 'Warning', mark: '!' },
};

type Sentences = { readonly [Code in VerdictCode]: (evidence: Evidence[Code], basis: Basis) => string };

/** The one place that makes words of verdicts: a sentence or two for each code, from its evidence and what it rests on. */
const sentences: Sentences = {
  fit: (found, basis) => (basis === 'measured' ? fitMeasured(found) : `${fitForecast(found)}${stoppedText(found)}`),

  rate: (found) => `${rateText(found)} Lower it.`,

  scale: scaleText,

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
    const { 'training.optimizerRate': eta, 'training.momentum': momentum } = found;
    const heavy = momentum === null ? '' : ` with momentum ${formatNumber(momentum)}`;
    const rate = `at the rate ${formatNumber(eta)} (${rateSources[found.rateSource]})${heavy}`;
    const kappa = found.kappa === null ? '' : `; the condition number of its kernel is ${formatNumber(found.kappa)}`;
    return `With the kernel of its start, ${counted(needed, 'step')} of gradient descent ${rate} would remove 99 % of the training loss that can be removed so${kappa}.`;
  },

  generalisation: (found, basis) => {
    const where = `on the ${counted(found['data.test'], 'test point')}`;
    return basis === 'measured' ? generalisationMeasured(found, where) : generalisationForecast(found, where);
  },

  references: (found, basis) => {
    const scores = [
      ['ridge regression', found['references.ridge.testR2'], found['references.ridge.testAccuracy']],
      ['ridge regression with a Gaussian kernel', found['references.rbf.testR2'], found['references.rbf.testAccuracy']],
      ['a constant', found['references.constant.testR2'], found['references.constant.testAccuracy']],
    ] as const;
    const texts = scores.flatMap(([name, r2, share]) =>
      r2 === null ? [] : [[name, `${formatR2(r2)}${share === null ? '' : ` (${formatShare(share)} right)`}`] as const],
    );
    const others = texts.map(([name, r2], i) => `${name}${i === 0 ? ' has R²' : ''} ${r2}`).join(', ');
    const spread = spreadText(found.networkR2Std);
    const isForecast = basis === 'measured' || found.networkR2 >= unsettled;
    const score = isForecast
      ? `with ${formatR2(found.networkR2)}${spread && ` (${spread})`}`
      : 'whose R² is not forecast';
    const network = `The network, ${score},`;
    const best = texts.length === 1 ? 'it' : 'the best of them';
    const compared = {
      worse: `does not beat ${best}`,
      better: `beats ${texts.length === 1 ? 'it' : 'all of them'}`,
      open: `may or may not beat ${best}`,
      even: `cannot be told apart from ${best}`,
    }[found.comparison];
    const { moreLow: low, moreHigh: high } = found;
    const by = `${counted(found['data.test'], 'test point')} and ${counted(found.initialisations, 'initialisation')}`;
    const known = low === null || high === null ? '' : `: by ${by} its R² is ${aboveText(low, high)} the best's`;
    const readout = found['references.readout.testR2'];
    const behind =
      readout === null
        ? ''
        : ` The best readout of the encoding, fitted to the training points, has ${formatR2(readout)}.`;
    return `On the same points and features, without a quantum computer, ${others}. ${network} ${compared}${known}.${behind}`;
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
    // Labels further from 0 than they are apart, and left as they are.
    const isOffset = !found.standardised && Math.abs(low + high) > high - low;
    const wanted = found.scaleWithRoom === null ? null : formatNumber(found.scaleWithRoom);
    if (found.regime === 'stagnant')
      return `${formatCount(found.outside)} of ${counted(found.labels, 'training label')} ${found.outside === 1 ? 'is' : 'are'} out of range: they go from ${formatNumber(low)} to ${formatNumber(high)}, ${observable} at scale ${formatNumber(found['model.scale'])} from ${formatNumber(rangeLow)} to ${formatNumber(rangeHigh)}. ${found.outside === 1 ? 'It' : 'They'} will never be fitted; ${wanted === null ? noScale : `a scale of ${wanted} would bring them inside${isOffset ? ', or, for regression, labels of mean 0 and deviation 1 (data.labels: standardize)' : ''}`}.`;
    const share = found.rangeShare === null ? 'all' : formatShare(found.rangeShare);
    if (found.rangeShare !== null && found.rangeShare < 0.95)
      return `The training labels stay within ${share} of the range of ${observable}: the range forbids none of them.`;
    const cure = wanted === null ? `Room is not had by scale: ${noScale}` : `A scale of ${wanted} leaves room`;
    return `The training labels take up ${share} of the range of ${observable}: gradient flow comes to its edge no faster than a loss ∝ 1/t². ${cure}.`;
  },

  rank: ({ reason }) => `The condition number is undefined: ${reason}.`,

  duplicates: (found) => {
    const repeated =
      found.duplicates === 1 ? '1 training point repeats' : `${formatCount(found.duplicates)} training points repeat`;
    const pair = (row: number, first: number) => `row ${row} those of row ${first}`;
    const { contradictoryRow: row, contradictedRow: first } = found;
    const clash =
      row === null || first === null
        ? ''
        : ` With other labels: ${formatCount(found.contradictory)} (${pair(row, first)}), which cannot all be fitted.`;
    return `${repeated} the features of an earlier one (${pair(found.row, found.repeatedRow)}, counted from 0), which makes the kernel singular.${clash}`;
  },

  verified: (found) => {
    const { optimizer, sameRun, 'verified.trainMse': error, 'verified.testR2': r2 } = found;
    const test = r2 === null ? '' : `, and R² ${formatR2(r2)} on the test points`;
    return `Trained for real by ${optimizerLabel(optimizer)}: mean squared error ${formatNumber(error)} after ${counted(found['verified.iterations'], 'iteration')}${test}. ${sameRun ? 'It is the training that is told of above.' : 'It is told of above, beside what was forecast of it.'}`;
  },
};

/** A difference that lies between two ends. */
function aboveText(low: number, high: number): string {
  if (Math.max(Math.abs(low), Math.abs(high)) < 5e-4) return 'less than 0.001 from';
  if (low >= 0) return `${formatR2(low)} to ${formatR2(high)} above`;
  if (high <= 0) return `${formatR2(-high)} to ${formatR2(-low)} below`;
  return `between ${formatR2(-low)} below and ${formatR2(high)} above`;
}

/** How far training fits: what was trained, and what had been forecast of it. */
function fitMeasured(found: Evidence['fit']): string {
  const { 'verified.trainMse': verified, 'training.steps': steps, 'forecast.trainMse': forecast } = found;
  const isBeside = verified !== null;
  const r2 = isBeside ? found['verified.trainR2'] : found['forecast.trainR2'];
  const error = `within ${counted(steps, 'step')} the mean squared error is ${formatNumber(verified ?? forecast)}${fitted(r2)}`;
  const how = r2 === null ? 'Of the training data' : `It ${fits(r2, false)}`;
  const trained = isBeside
    ? foretoldFit(found, verified)
    : 'Trained for real: that takes hardly longer than a forecast here.';
  return `${how}: ${error}. ${trained}`;
}

function foretoldFit(found: Evidence['fit'], trained: number): string {
  const { 'forecast.trainMse': forecast, 'forecast.trainR2': r2, trainMseLow: low, trainMseHigh: high } = found;
  if (r2 !== null && r2 < unsettled) return 'That was not forecast.';
  if (low === null || high === null) return `Forecast was ${formatNumber(forecast)}.`;
  const held = heldText(trained, low, high);
  return `Forecast was ${formatNumber(forecast)}, ${between(low, high)}: ${held}.`;
}

/** What a forecast is where it is the training itself. */
const stoppedText = ({ 'forecast.stoppedAfter': after, 'training.steps': steps }: Evidence['fit']): string =>
  after === null
    ? ''
    : ` The forecast is a training that was stopped after ${formatNumber(Math.round(after))} of ${counted(steps, 'step')}.`;

function fitForecast(found: Evidence['fit']): string {
  const { 'forecast.trainMse': error, 'forecast.trainR2': r2, 'training.steps': steps } = found;
  const { trainMseLow: low, trainMseHigh: high, trainR2Low: least, trainR2High: most } = found;
  const after = `after ${counted(steps, 'step')} the mean squared error is ${formatNumber(error)}`;
  const interval = low === null || high === null ? '' : `, ${between(low, high)}`;
  if (r2 === null) return `Of the training data: ${after}${interval}.`;
  if (r2 < unsettled)
    return `How far it will fit the training data is not forecast: on its way the error is far above that of a constant.`;
  const how = `It ${willFit(least ?? r2, most ?? r2)}`;
  const range = least === null || most === null ? '' : ` (${formatR2(least)} to ${formatR2(most)})`;
  return `${how}: ${after}${interval}${(most ?? r2) <= 0 ? ', no better than a constant' : `, R² ${formatR2(r2)}${range}`}.`;
}

/** How well the training data will be fitted, by the ends of R²: nothing is told that they leave open. */
function willFit(least: number, most: number): string {
  if (least > 0.9 || most <= 0.5) return `will ${fits(most, true)}`;
  return least > 0 ? 'will fit the training data in part' : 'may fit the training data, or not at all';
}

/** How well the training data is fitted, by R². */
function fits(r2: number, isToCome: boolean): string {
  if (r2 <= 0) return isToCome ? 'not fit the training data' : 'does not fit the training data';
  const fit = isToCome ? 'fit the training data' : 'fits the training data';
  return r2 > 0.9 ? fit : r2 > 0.5 ? `${fit} in part` : `hardly ${fit}`;
}

const fitted = (r2: number | null): string =>
  r2 === null ? '' : r2 <= 0 ? ', no better than a constant' : `, R² ${formatR2(r2)}`;

function generalisationMeasured(found: Evidence['generalisation'], where: string): string {
  const isBeside = found['verified.testMse'] !== null;
  const told = isBeside ? ('verified' as const) : ('forecast' as const);
  const [r2, mse, share] = [found[`${told}.testR2`], found[`${told}.testMse`], found[`${told}.testAccuracy`]];
  const classes = rightText(found, share, '');
  if (r2 === null) return `${undefinedR2(found, mse as number, where)}${classes}`;
  const spread = spreadText(found.testR2Std);
  const trained = `It generalises ${howWell(r2)}: the trained networks have R² ${formatR2(r2)} ${where}${spread && ` (${spread})`}.`;
  return `${trained}${classes}${isBeside ? foretoldGeneralisation(found, r2) : ''}`;
}

function foretoldGeneralisation(found: Evidence['generalisation'], trained: number): string {
  const { testR2Low: low, testR2High: high, testAccuracyLow: fewest, testAccuracyHigh: most } = found;
  const { 'forecast.testR2': r2, 'forecast.testAccuracy': share, 'verified.testAccuracy': right } = found;
  if (r2 === null) return '';
  if (r2 < unsettled) return ' That was not forecast.';
  const score = `Forecast was R² ${formatR2(r2)}${low === null || high === null ? '' : `, ${between(low, high)}: ${heldText(trained, low, high)}`}`;
  const classes =
    share === null || right === null || fewest === null || most === null
      ? ''
      : `, and ${formatShare(share)}, ${formatShare(fewest)} to ${formatShare(most)}, in the right class: ${heldText(right, fewest, most)}`;
  return ` ${score}${classes}.`;
}

function generalisationForecast(found: Evidence['generalisation'], where: string): string {
  const { 'forecast.testAccuracy': share, testAccuracyLow: fewest, testAccuracyHigh: most } = found;
  const range =
    fewest === null || most === null ? '' : `, ${formatShare(fewest)} to ${formatShare(most)} nine times in ten`;
  const classes = rightText(found, share, range);
  const r2 = found['forecast.testR2'];
  if (r2 === null) return `${undefinedR2(found, found['forecast.testMse'], where)}${classes}`;
  if (r2 < unsettled) return `How well it will generalise is not forecast: on its way R² ${where} is far below 0.`;
  const { testR2Low: low, testR2High: high } = found;
  const [worst, best] = [howWell(low ?? r2), howWell(high ?? r2)];
  const how = worst === best ? best : `somewhere between ${worst} and ${best}`;
  const interval = low === null || high === null ? '' : `, ${between(low, high)}`;
  const single =
    spreadText(found.testR2Std) && ` Single initialisations deviate from that mean by ${formatR2(found.testR2Std)}.`;
  return `It generalises ${how}: R² ${where}, the mean over the initialisations, is forecast as ${formatR2(r2)}${interval}.${single}${classes}`;
}

/** The share of test points in the right class beside that of a constant answer: where most are of one class it says little. */
function rightText(found: Evidence['generalisation'], share: number | null, range: string): string {
  if (share === null) return '';
  const constant = found['references.constant.testAccuracy'];
  const beside = constant === null ? '' : `; a constant answer has ${formatShare(constant)}`;
  return ` ${formatShare(share)} of them are put in the right class${range}${beside}.`;
}

const heldText = (value: number, low: number, high: number): string =>
  isOutside(value, low, high) ? 'a miss' : 'it held';

const undefinedR2 = ({ reason }: Evidence['generalisation'], mse: number, where: string): string =>
  `Mean squared error ${where}: ${formatNumber(mse)}. R² is undefined: ${reason}.`;

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
