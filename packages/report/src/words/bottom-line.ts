import type { BottomLine } from '@qntk/core';
import { formatNumber, formatShare } from '../format.ts';

/** What limits, and what to change first. */
const limits: Record<BottomLine['code'], string> = {
  'no-effect':
    'It cannot learn: parameters or inputs do not reach the readout. Change the readout or the gates before it.',
  range: 'Labels are out of the range of the readout: raise the scale γ first.',
  labels:
    'Noise of the labels limits it, certainly: points with the same inputs have different labels, which no model fits; more features would tell them apart.',
  encoding: 'Encoding and readout limit it, certainly: change these before the ansatz; more layers would not help.',
  steps: 'The step budget limits it: the loss is still falling at its end. Train longer first.',
  ansatz: 'The ansatz limits it, since the encoding would allow more: try more layers or another ansatz first.',
  points: 'It fits the training points far better than the test points: more points first, or a simpler encoding.',
  initialisation: 'Results depend on the initialisation: train several and choose by a validation part.',
  none: 'Nothing stands out that limits it.',
};

const references = {
  constant: 'a constant',
  ridge: 'ridge regression',
  rbf: 'ridge regression with a Gaussian kernel',
} as const;

/** The bottom line of a diagnosis in a few sentences. */
export function bottomLineText({ code, evidence }: BottomLine): string {
  return [expectation(evidence), limits[code], reference(evidence)].filter((sentence) => sentence !== '').join(' ');
}

function expectation(evidence: BottomLine['evidence']): string {
  const { 'forecast.testR2': r2, testR2Low: low, testR2High: high, 'forecast.testAccuracy': share } = evidence;
  if (r2 === null) return '';
  const interval = low === null || high === null ? '' : ` (${formatNumber(low)} to ${formatNumber(high)})`;
  const right = share === null ? '' : `, ${formatShare(share)} in the right class`;
  return `On new data expect R² ${formatNumber(r2)}${interval}${right}.`;
}

/** Said where something simpler does better. */
function reference({ bestReference: best, 'forecast.testR2': r2 }: BottomLine['evidence']): string {
  if (!best || r2 === null || best.testR2 <= r2) return '';
  const name = references[best.name];
  return `${name[0]!.toUpperCase()}${name.slice(1)} needs no quantum computer and has ${formatNumber(best.testR2)}.`;
}
