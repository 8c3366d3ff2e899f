import type { Regime, RegimeDocument } from '@qntk/core/dynamics';
import { counted, formatNumber } from '../format.ts';
import type { DynamicsWords } from '../words/dynamics.ts';
import { inRuns, seedHeadline, seedTable, undecidedLines } from './seed-table.ts';

/** Where a model's labels lie, what that means, and what its runs show. */
export function regimeWords(document: RegimeDocument): DynamicsWords {
  const { setting, seeds, summary } = document;
  const head = setting.outputs.map(
    ({ observable, range, labels }) =>
      `${observable}: labels from ${formatNumber(labels.low)} to ${formatNumber(labels.high)}, readout from ${formatNumber(range.low)} to ${formatNumber(range.high)}`,
  );
  const size = `${counted(setting.parameters, 'parameter')}, ${counted(setting.train, 'training point')}`;
  return {
    headline: seedHeadline(seeds),
    setting: [size, ...head].join('\n'),
    before: [`${verdict(document)}\n${scaleSentence(document)}`],
    table: seedTable(seeds, summary),
    after: [
      `gradient flow to t = ${formatNumber(setting.time)}; λmin: least eigenvalue of the kernel along it; rate: −d ln L/dt at the end; exponent: α of L ∝ t^−α`,
      ...unlike(document),
    ],
  };
}

const meaning: Record<Regime, string> = {
  exponential: 'Exponential at best: all labels lie inside the range of the readout.',
  sublinear: 'Sublinear: a label lies on the edge of the range, where the kernel vanishes: loss ∝ 1/t².',
  stagnant: 'Out of range: a label lies outside the range, and the loss stagnates above 0.',
};

function verdict({ regime }: RegimeDocument): string {
  return meaning[regime];
}

function scaleSentence({ regime, scale }: RegimeDocument): string {
  const { now, enough } = scale;
  if (!enough) return 'No readout scale converges exponentially: shift the labels or the observable.';
  const upper = enough.below === null ? '' : ` and below ${formatNumber(enough.below)}`;
  const which = `any readout scale above ${formatNumber(enough.above)}${upper}`;
  return regime === 'exponential'
    ? `The scale is ${formatNumber(now)}; ${which} keeps all labels inside.`
    : `The scale is ${formatNumber(now)}; ${which} permits an exponential end.`;
}

/** Where runs end otherwise than the range permits, something else stops them. */
function unlike({ regime, seeds, setting }: RegimeDocument): string[] {
  const lines: string[] = [];
  const slow = regime === 'exponential' ? inRuns(seeds, 'sublinear') : undefined;
  if (slow)
    lines.push(
      `${slow} the loss does not fall exponentially yet at t = ${formatNumber(setting.time)}: that comes later, or never where the circuit cannot fit the labels.`,
    );
  lines.push(...undecidedLines(seeds));
  const stagnant = regime === 'stagnant' ? undefined : inRuns(seeds, 'stagnant');
  if (stagnant)
    lines.push(
      `${stagnant} the loss no longer falls at the end, though the range would let them: the circuit cannot fit the labels (a diagnosis shows the residual of its kernel), or its slow modes need more steps.`,
    );
  return lines;
}
