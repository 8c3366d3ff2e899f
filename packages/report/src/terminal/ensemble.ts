import type { Regime } from '@qntk/core';
import type { EnsembleDocument } from '@qntk/core/dynamics';
import { counted, formatNumber } from '../format.ts';
import type { DynamicsWords } from '../words/dynamics.ts';
import { inRuns, seedHeadline, seedTable, undecidedLines } from './seed-table.ts';

/** Setting, verdict and figures of an ensemble, for people. */
export function ensembleWords(document: EnsembleDocument): DynamicsWords {
  return {
    headline: seedHeadline(document.seeds),
    setting: settingText(document.setting),
    before: [regimeSentences(document)],
    table: seedTable(document.seeds, document.summary),
    after: [
      ...distance(document),
      ...unlike(document),
      'λmin: least eigenvalue of K_asym along the run; rate: −d ln L/dt at the end; exponent: α of L ∝ t^−α',
    ],
  };
}

/** How far finite networks are from the limit. */
function distance({ summary: { perturbation } }: EnsembleDocument): string[] {
  if (!perturbation) return [];
  const { mean, std } = perturbation;
  return [
    `K is off from K_asym by at most ${formatNumber(mean)} ± ${formatNumber(Number(std.toPrecision(2)))} of its norm along the run; that falls as 1/√p.`,
  ];
}

/** Where networks end otherwise than the limit, their time is short or they have too few parameters for it. */
function unlike({ regime: { regime }, seeds, setting }: EnsembleDocument): string[] {
  const lines: string[] = [];
  const slow = regime === 'exponential' ? inRuns(seeds, 'sublinear') : undefined;
  const few = 'p' in setting ? ', or never with so few parameters' : '';
  if (slow) lines.push(`${slow} the loss does not fall exponentially yet at the end: that comes later${few}.`);
  lines.push(...undecidedLines(seeds));
  const stagnant = regime === 'stagnant' ? undefined : inRuns(seeds, 'stagnant');
  if (stagnant)
    lines.push(`${stagnant} the loss no longer falls at the end: with so few parameters the labels are not fitted.`);
  return lines;
}

/** Network, readout, labels and training. */
export function settingText(setting: EnsembleDocument['setting']): string {
  const { d, m, gamma, spectrum, labels } = setting;
  const what = 'p' in setting ? counted(setting.p, 'parameter') : 'limit p → ∞';
  const eigenspaces = spectrum.map(({ value, dimension }) => `${formatNumber(value)} (${dimensionText(dimension)}×)`);
  return [
    `${what}: d = ${dimensionText(d)}, ${counted(m, 'orthogonal input')}, γ = ${formatNumber(gamma)}`,
    `readout ${eigenspaces.join(', ')}; labels ${labels.slice(0, 8).map(formatNumber).join(', ')}${m > 8 ? ', …' : ''}`,
    trainingText(setting),
  ].join('\n');
}

/** The same in a line, for figures. */
export function shortSetting(setting: EnsembleDocument['setting']): string {
  const { d, m, gamma } = setting;
  return `${'p' in setting ? `p = ${setting.p}` : 'p → ∞'}, d = ${dimensionText(d)}, m = ${m}, γ = ${formatNumber(gamma)}`;
}

function trainingText(setting: EnsembleDocument['setting']): string {
  if (!('training' in setting)) return `gradient flow to t = ${formatNumber(setting.time)}`;
  const { training } = setting;
  if (training.method === 'flow') return `gradient flow to t = ${formatNumber(training.time)}`;
  return `gradient descent, ${counted(training.steps, 'step')} at the rate ${formatNumber(training.rate)}`;
}

/** Large powers of two are what dimensions of qubits are. */
function dimensionText(d: number): string {
  const exponent = Math.log2(d);
  return d >= 2 ** 17 && Number.isInteger(exponent) ? `2^${exponent}` : String(d);
}

const meaning: Record<Regime, string> = {
  exponential: 'Exponential: the labels lie inside of what the readout can give.',
  sublinear: 'Sublinear: the labels lie on the edge of what the readout can give, where the kernel vanishes: L ∝ 1/t².',
  stagnant: 'Out of range: the readout cannot give these labels, and the loss stagnates above 0.',
};

function regimeSentences({ regime: { regime, enough, ends }, expected, setting }: EnsembleDocument): string {
  const finite = 'p' in setting ? '; with few parameters it need not' : '';
  const scales =
    enough === null
      ? `No γ ${regime === 'stagnant' ? 'gives them' : 'converges exponentially'}: shift the labels or the readout.`
      : `As p → ∞, any γ above ${formatNumber(enough.above)}${enough.below === null ? '' : ` and below ${formatNumber(enough.below)}`} converges exponentially${finite}.`;
  if (regime === 'exponential')
    return `${meaning.exponential} ${scales}\nAs p and d → ∞ the loss falls at the terminal rate ${formatNumber(expected.terminalRate)}.`;
  if (regime === 'sublinear') return `${meaning.sublinear} ${scales}`;
  const outputs = ends.outputs.slice(0, 8).map(formatNumber).join(', ');
  return `${meaning.stagnant} At best outputs end at ${outputs}${setting.m > 8 ? ', …' : ''}, the loss at ${formatNumber(ends.loss)}. ${scales}`;
}
