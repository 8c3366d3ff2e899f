import type { BottomLine } from '@qntk/core';
import { formatNumber, formatShare } from '../format.ts';

type Evidence = BottomLine['evidence'];
type Basis = BottomLine['basis'];

/** What limits, with its figure, and what to change first. */
const limits: Record<BottomLine['code'], (evidence: Evidence, basis: Basis) => string> = {
  'no-effect': () =>
    'It cannot learn: parameters or inputs do not reach the readout. Change the readout or the gates before it.',
  range: (found) =>
    `Labels out of the readout's range limit it, certainly: ${floor(found)}, mostly for them. Raise the scale γ first.`,
  labels: (found) =>
    `Noise of the labels limits it, certainly: points with the same inputs have different labels, so that ${floor(found)}. More features would tell these points apart; no circuit does.`,
  encoding: (found) =>
    `Encoding and readout limit it, certainly: behind them ${floor(found)}, with any number of layers. Change these first.`,
  steps: ({ trainR2, longer }, basis) =>
    `The step budget limits it: it explains ${explained(trainR2)} of the variance of the training labels${longer === null ? ' and the loss is still falling' : `, and twice the steps ${lowers(longer, basis)}`}. Train longer first.`,
  ansatz: ({ trainR2, certifiedShare, deeper }, basis) => {
    const cost =
      certifiedShare !== null && certifiedShare > 0
        ? `, and encoding and readout are known to cost no more than ${formatShare(certifiedShare)}`
        : '';
    const layers =
      deeper === null
        ? 'Try another ansatz first.'
        : `Twice the layers ${lowers(deeper, basis)}: try more layers first.`;
    return `The ansatz limits it: it explains ${explained(trainR2)} of the variance of the training labels${cost}. ${layers}`;
  },
  points: ({ trainR2, 'forecast.testR2': testR2 }) =>
    `It fits the training points far better than new ones: R² ${trainR2 === null ? '?' : formatNumber(trainR2)} on them, ${testR2 === null ? '?' : formatNumber(testR2)} on the test points. More points first, or a model with less freedom.`,
  initialisation: () =>
    'Results depend on the initialisation: train several and choose by a validation part of the training points.',
  open: ({ deeper }, basis) =>
    basis === 'measured'
      ? `What limits it most is open${deeper === null ? '' : ': twice the layers do not lower its training error by a tenth'}. Try another ansatz or encoding.`
      : deeper === null
        ? 'What limits it most this forecast leaves open: more Jacobians (--jacobians) or a training (--verify) would tell.'
        : 'What limits it most this forecast leaves open: twice the layers are not forecast to lower its training error by a tenth. Try another ansatz or encoding.',
  none: () => 'Nothing stands out that limits it.',
};

/** What a change does to the training error, of which it leaves a share. */
const lowers = (left: number, basis: Basis): string =>
  `${basis === 'measured' ? 'lower' : 'are forecast to lower'} its training error by ${formatShare(1 - left)}`;

/** What no training gets below, in words. */
const floor = ({ certified, certifiedShare }: Evidence): string =>
  `no training error is below ${formatNumber(certified)}${certifiedShare === null ? '' : ` (${formatShare(certifiedShare)} of the labels' variance)`}`;

const explained = (trainR2: number | null): string => (trainR2 === null ? 'little' : formatShare(Math.max(0, trainR2)));

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
  const interval = low === null || high === null ? '' : ` (${formatNumber(low)} to ${formatNumber(high)})`;
  const right = share === null ? '' : `, ${formatShare(share)} in the right class`;
  const spread = std ? ` (± ${formatNumber(Number(std.toPrecision(2)))} over the initialisations)` : '';
  if (basis === 'measured')
    return `Trained for real, it has R² ${formatNumber(r2)} on points it has not seen${spread}${right}.`;
  return `On new data expect R² ${formatNumber(r2)}${interval}${right}.`;
}

/** Said where something simpler does better. */
function reference({ bestReference: best, 'forecast.testR2': r2 }: Evidence): string {
  if (!best || r2 === null || best.testR2 <= r2) return '';
  const name = references[best.name];
  return `${name[0]!.toUpperCase()}${name.slice(1)} needs no quantum computer and has ${formatNumber(best.testR2)}.`;
}
