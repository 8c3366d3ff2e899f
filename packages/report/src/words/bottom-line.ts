import { type BottomLine, type ChangedR2, isAdvised } from '@qntk/core';
import { formatNumber, formatR2, formatShare, spreadText } from '../format.ts';

type Evidence = BottomLine['evidence'];
type Basis = BottomLine['basis'];

/** What limits, with its figure, and what to change first. */
const limits: Record<BottomLine['code'], (evidence: Evidence, basis: Basis) => string> = {
  'no-effect': () =>
    'It cannot learn: parameters or inputs do not reach the readout. Change the readout or the gates before it.',
  range: (found, basis) =>
    `Labels out of the readout's range limit it: ${floor(found)}, certainly, mostly for them. ${rescaling(found, basis)}`,
  labels: (found) =>
    `Noise of the labels limits it: points with the same inputs have different labels, so that ${floor(found)}, certainly. More features may tell these points apart; no circuit does.`,
  encoding: (found, basis) =>
    `Encoding and readout limit it: behind them ${floor(found)}, certainly, with any number of layers. ${richer(found, basis)}`,
  steps: ({ trainR2, longer }, basis) =>
    `The step budget limits it: ${explained(trainR2)}${longer === null ? ' and the loss is still falling' : `, and twice the steps ${lowers(longer, basis)}`}. Train longer first.`,
  ansatz: ({ trainR2, certifiedShare, deeper }, basis) => {
    const cost =
      certifiedShare !== null && certifiedShare > 0
        ? `; encoding and readout cost ${formatShare(certifiedShare)} of the labels' variance for certain and are not known to cost more`
        : '';
    const layers =
      deeper === null
        ? 'Try another ansatz first.'
        : `Twice the layers ${lowers(deeper, basis)}: try more layers first.`;
    return `The ansatz limits it: ${explained(trainR2)}${cost}. ${layers}`;
  },
  readout: ({ trainR2, readout }, basis) =>
    `The fixed readout limits it: ${explained(trainR2)}.${readout ? ` With trained weights and a bias (readout: trainable) ${brings(readout, basis)}: change that first.` : ''}`,
  freedom: (found, basis) =>
    `${fitsUnlike(found)}: it has more freedom than so few points hold. ${found.simpler ? `With ${simpler(found.simpler)}${found.simpler.by === 'encoding' ? ',' : ''} ${brings(found.simpler, basis)}: change that first.` : ''}`,
  points: (found, basis) =>
    found.fewer
      ? `${fitsUnlike(found)}. On half of the training points ${brings(found.fewer, basis)}: more points first.`
      : `${fitsUnlike(found)}. More points first, or a model with less freedom.`,
  initialisation: () =>
    'Results depend on the initialisation: train several and choose by a validation part of the training points.',
  open: (found, basis) => openText(found, basis),
  none: () => 'Nothing stands out that limits it.',
};

function openText(found: Evidence, basis: Basis): string {
  const { deeper, fewer, simpler: less } = found;
  if (fewer) {
    const freedom = less ? `, and ${formatNumber(less.changed)} with ${simpler(less)}` : '';
    return `${fitsUnlike(found)}. What would help is open: on half of the training points ${brings(fewer, basis)}${freedom}. Try another encoding or other features.`;
  }
  return basis === 'measured'
    ? `What limits it most is open${deeper === null ? '' : ': twice the layers do not lower its training error by a tenth'}. Try another ansatz or encoding.`
    : deeper === null
      ? 'What limits it most this forecast leaves open: more Jacobians (--jacobians) or a training (--verify) would tell.'
      : 'What limits it most this forecast leaves open: twice the layers are not forecast to lower its training error by a tenth. Try another ansatz or encoding.';
}

/** What is said of a score that a change brings. */
const forecastAs = (basis: Basis): string => (basis === 'measured' ? '' : 'forecast as ');

/** R² with a change, beside that without it. */
const brings = ({ planned, changed }: ChangedR2, basis: Basis): string =>
  `R² on the test points is ${forecastAs(basis)}${formatR2(changed)} in place of ${formatR2(planned)}`;

const simpler = ({ by }: NonNullable<Evidence['simpler']>): string =>
  by === 'encoding'
    ? 'each feature encoded once, at the lowest frequency (frequency: low, reupload: false)'
    : 'half of the layers';

const fitsUnlike = ({ trainR2, 'forecast.testR2': testR2 }: Evidence): string =>
  `It fits the training points far better than new ones (R² ${formatR2(trainR2)} and ${formatR2(testR2)})`;

/** What to encode the data again before every layer would bring. */
function richer({ richer: change }: Evidence, basis: Basis): string {
  if (!change) return 'Change these first.';
  if (isAdvised(change))
    return `With the data encoded again before every layer (reupload: true) ${brings(change, basis)}: change that first.`;
  return `To encode the data again before every layer would lower that limit and not help on new points: ${brings(change, basis)}. Try another encoding, or a larger scale.`;
}

/** What a scale that leaves the labels room would bring. */
function rescaling({ rescaled: change }: Evidence, basis: Basis): string {
  if (!change) return 'Raise the scale γ first.';
  const { scale, certifiedShare } = change;
  const limit =
    certifiedShare === null ? '' : ` that limit is ${formatShare(certifiedShare)} of the labels' variance, and`;
  const advice = isAdvised(change) ? 'raise it first' : 'that alone does not help';
  return `At γ = ${formatNumber(scale)}${limit} ${brings(change, basis)}: ${advice}.`;
}

/** What a change does to the training error, of which it leaves a share. */
const lowers = (left: number, basis: Basis): string =>
  `${basis === 'measured' ? 'lower' : 'are forecast to lower'} its training error by ${formatShare(1 - left)}`;

/** What no training gets below, in words. */
const floor = ({ certified, certifiedShare }: Evidence): string =>
  `no training error is below ${formatNumber(certified)}${certifiedShare === null ? '' : ` (${formatShare(certifiedShare)} of the labels' variance)`}`;

/** How the training points are fitted where something of them is left. */
const explained = (trainR2: number | null): string =>
  trainR2 === null || trainR2 <= 0
    ? 'it fits the training points no better than a constant'
    : `it explains ${formatShare(trainR2)} of the variance of the training labels`;

const references = {
  constant: 'a constant',
  ridge: 'ridge regression',
  rbf: 'ridge regression with a Gaussian kernel',
} as const;

/** The bottom line of a diagnosis in a few sentences. */
export function bottomLineText(line: BottomLine): string {
  return [expectation(line), limitText(line), reference(line.evidence)].filter((sentence) => sentence !== '').join(' ');
}

/** Its sentence of what limits. */
export const limitText = ({ code, evidence, basis }: BottomLine): string => limits[code](evidence, basis);

function expectation({ evidence, basis }: BottomLine): string {
  const { 'forecast.testR2': r2, testR2Low: low, testR2High: high, 'forecast.testAccuracy': share } = evidence;
  if (r2 === null) return '';
  const { testR2Std: std } = evidence;
  const interval = low === null || high === null ? '' : ` (${formatR2(low)} to ${formatR2(high)} nine times in ten)`;
  const { testAccuracyLow: fewest, testAccuracyHigh: most } = evidence;
  const range = fewest === null || most === null ? '' : ` (${formatShare(fewest)} to ${formatShare(most)})`;
  const right = share === null ? '' : `, ${formatShare(share)}${range} in the right class`;
  const spread = spreadText(std);
  if (basis === 'measured')
    return `Trained for real, it has R² ${formatR2(r2)} on points it has not seen${spread && ` (${spread})`}${right}.`;
  return `On new data expect R² ${formatR2(r2)}${interval}${right}.`;
}

/** Said where something simpler does better. */
function reference({ bestReference: best, 'forecast.testR2': r2 }: Evidence): string {
  if (!best || r2 === null || best.testR2 <= r2) return '';
  const name = references[best.name];
  return `${name[0]!.toUpperCase()}${name.slice(1)} needs no quantum computer and has ${formatR2(best.testR2)}.`;
}
