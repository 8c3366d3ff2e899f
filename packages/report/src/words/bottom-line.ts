import type { BottomLine } from '@qntk/core';
import { formatNumber, formatR2, formatShare, spreadText } from '../format.ts';
import { adviceText, fitsUnlike, withoutAdvice } from './changes.ts';

type Evidence = BottomLine['evidence'];
type Basis = BottomLine['basis'];

/** What limits, with its figure, and what to change first; what was tried follows where nothing is advised. */
const limits: Record<BottomLine['code'], (evidence: Evidence, basis: Basis) => string> = {
  'no-effect': () =>
    'It cannot learn: parameters or inputs do not reach the readout. Change the readout or the gates before it.',
  range: (found, basis) =>
    `Labels out of the readout's range limit it: ${floor(found)}, certainly, mostly for them. ${adviceText(found, basis) || (found.rescaled ? '' : 'Raise the scale γ first.')}`,
  labels: (found) =>
    `Noise of the labels limits it: points with the same inputs have different labels, so that ${floor(found)}, certainly. More features may tell these points apart; no circuit does.`,
  encoding: (found, basis) =>
    `Encoding and readout limit it: behind them ${floor(found)}, certainly, with any number of layers. ${adviceText(found, basis) || 'Try another encoding, or a larger scale.'}`,
  steps: (found, basis) =>
    `The step budget limits it: ${explained(found.trainR2)}${found.longer ? '' : ' and the loss is still falling'}. ${adviceText(found, basis) || 'Train longer first.'}`,
  ansatz: (found, basis) => {
    const { trainR2, certifiedShare } = found;
    const cost =
      certifiedShare !== null && certifiedShare > 0
        ? `; encoding and readout cost ${formatShare(certifiedShare)} of the labels' variance for certain and are not known to cost more`
        : '';
    return `The ansatz limits it: ${explained(trainR2)}${cost}. ${adviceText(found, basis) || 'Try another ansatz first.'}`;
  },
  readout: (found, basis) => `The fixed readout limits it: ${explained(found.trainR2)}. ${adviceText(found, basis)}`,
  freedom: (found, basis) =>
    `${fitsUnlike(found)}: it has more freedom than so few points hold. ${adviceText(found, basis)}`,
  points: (found, basis) =>
    `${fitsUnlike(found)}. ${adviceText(found, basis) || 'More points first, or a model with less freedom.'}`,
  initialisation: () =>
    'Results depend on the initialisation: train several and choose by a validation part of the training points.',
  open: openText,
  none: () => 'Nothing stands out that limits it.',
};

function openText(found: Evidence, basis: Basis): string {
  if (found.simpler || found.fewer) return `${fitsUnlike(found)}. What would help is open.`;
  return basis === 'measured' || found.deeper || found.readout || found.longer
    ? 'What limits it most is open. Try another ansatz or encoding.'
    : 'What limits it most this forecast leaves open: more Jacobians (--jacobians) or a training (--verify) would tell.';
}

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
export const limitText = ({ code, evidence, basis }: BottomLine): string =>
  [limits[code](evidence, basis).trim(), withoutAdvice(evidence, basis)]
    .filter((sentence) => sentence !== '')
    .join(' ');

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
