import type { ComparedCandidate, Comparison } from '@qntk/core/compare';
import { counted, formatNumber, formatShare } from '../format.ts';
import { rungText } from '../words/comparison.ts';
import { longTable, wrapped } from './table.ts';

/** A comparison for a terminal: the choice in words, then the candidates from the best. */
export function comparisonText(comparison: Comparison): string {
  const { candidates, skipped } = comparison;
  return [
    ...wordsOf(comparison).map((sentence) => wrapped(sentence, 96).join('\n')),
    tableOf(candidates),
    ...(skipped.length > 0 ? [skippedText(skipped)] : []),
  ].join('\n\n');
}

const shownSkipped = 5;

function skippedText(skipped: Comparison['skipped']): string {
  const lines = skipped.slice(0, shownSkipped).map(({ name, reason }) => `  ${name}: ${reason}`);
  const more = skipped.length - lines.length;
  return [
    `Left out, as ${skipped.length === 1 ? 'it cannot' : 'they cannot'} be trained:`,
    ...lines,
    ...(more > 0 ? [`  … and ${counted(more, 'other')}: --json has all`] : []),
  ].join('\n');
}

/** A suggestion for a terminal: the choice in words, and what else was nearly as good. */
export function suggestionText(comparison: Comparison): string {
  const others = runnersUp(comparison);
  return [
    ...wordsOf(comparison).map((sentence) => wrapped(sentence, 96).join('\n')),
    ...(others.length > 0 ? [['Next to it:', ...others.map((line) => `  ${line}`)].join('\n')] : []),
  ].join('\n\n');
}

const mostRunnersUp = 5;

/** The candidates after the first, each with the reason why it is not. */
export function runnersUp({ candidates }: Comparison): string[] {
  const [first, ...others] = candidates;
  return others.slice(0, mostRunnersUp).flatMap(({ name, forecast, left, cost }) => {
    if (!forecast) return [];
    const { mean, interval } = forecast.score;
    const gates =
      cost.twoQubitGates < first.cost.twoQubitGates
        ? `, with ${counted(cost.twoQubitGates, 'two-qubit gate')} instead of ${formatNumber(first.cost.twoQubitGates)}`
        : '';
    const why = left
      ? `left after ${rungText(left.rung)}`
      : first.tiedWith.includes(name)
        ? `cannot be told from it${gates}`
        : `judged by ${rungText(forecast.rung)} alone`;
    return [`${name}: R² ${formatNumber(mean)} (${formatNumber(interval[0])} to ${formatNumber(interval[1])}), ${why}`];
  });
}

/** What to take, how sure that is, and what needs no quantum computer. */
function wordsOf(comparison: Comparison): string[] {
  const { winner, candidates, selection, seeds } = comparison;
  const first = candidates.find(({ name }) => name === winner?.name);
  if (!winner || !first?.forecast) return ['Nothing was judged in the time that was given.'];
  const { score } = first.forecast;
  const kept =
    'folds' in selection
      ? `${selection.folds} parts of the ${counted(selection.rows, 'training row')}, each kept out once`
      : `${formatShare(selection.validation)} of the ${counted(selection.rows, 'training row')}, kept out`;
  return [
    `Take ${winner.name}: R² ${formatNumber(score.mean)} (${formatNumber(score.interval[0])} to ${formatNumber(score.interval[1])}) on ${kept}, over ${counted(seeds, 'initialisation')}. [forecast]`,
    ...tiesText(first),
    ...referencesText(comparison, score.mean),
    ...(winner.test
      ? [
          `Trained in full it has R² ${formatNumber(winner.test.r2)} on the test rows${winner.test.accuracy === null ? '' : `, ${formatShare(winner.test.accuracy)} in the right class`}, which had no part in the choice. [measured]`,
        ]
      : []),
    ...(comparison.complete ? [] : ['The time was over before all could be judged: this is the best so far.']),
  ];
}

function tiesText({ tiedWith }: ComparedCandidate): string[] {
  if (tiedWith.length === 0) return [];
  const shown = tiedWith.slice(0, 3).join('; ');
  const more = tiedWith.length > 3 ? ', …' : '';
  return [`${counted(tiedWith.length, 'other')} cannot be told from it at this cost: ${shown}${more}.`];
}

function referencesText({ references }: Comparison, score: number): string[] {
  const names = { ridge: 'ridge regression', rbf: 'ridge regression with a Gaussian kernel', constant: 'a constant' };
  const known = (['ridge', 'rbf', 'constant'] as const).flatMap((name) =>
    references[name] === null ? [] : [{ label: names[name], value: references[name] }],
  );
  if (known.length === 0) return [];
  const best = known.reduce((a, b) => (b.value > a.value ? b : a));
  const verdict = best.value >= score ? 'No quantum network of these beats' : 'Without a quantum computer the best is';
  return [`${verdict} ${best.label}: R² ${formatNumber(best.value)} on the same rows. [measured]`];
}

function tableOf(candidates: readonly ComparedCandidate[]): string {
  const head = ['candidate', 'R²', 'nine in ten', 'judged by', 'left', 'parameters', 'two-qubit gates', 'test R²'];
  return longTable({
    head,
    count: candidates.length,
    row(index) {
      const { name, forecast, left, cost, verified } = candidates[index];
      const [low, high] = forecast?.score.interval ?? [null, null];
      return [
        name,
        formatNumber(forecast?.score.mean ?? null),
        `${formatNumber(low)} to ${formatNumber(high)}`,
        forecast ? rungText(forecast.rung) : 'nothing',
        left ? rungText(left.rung) : 'still in',
        formatNumber(cost.parameters),
        formatNumber(cost.twoQubitGates),
        verified ? formatNumber(verified.r2) : '',
      ];
    },
  });
}

/** The candidates as columns of a table, the best first; what is not known is empty. */
export function comparisonColumns({ candidates }: Comparison): { name: string; values: (string | number)[] }[] {
  const column = (name: string, of: (candidate: ComparedCandidate) => string | number) => ({
    name,
    values: candidates.map(of),
  });
  return [
    column('name', ({ name }) => name),
    column('rank', ({ rank }) => rank ?? ''),
    column('r2', ({ forecast }) => forecast?.score.mean ?? ''),
    column('r2_low', ({ forecast }) => forecast?.score.interval[0] ?? ''),
    column('r2_high', ({ forecast }) => forecast?.score.interval[1] ?? ''),
    column('judged_by', ({ forecast }) => (forecast ? rungText(forecast.rung) : '')),
    column('left_after', ({ left }) => (left ? rungText(left.rung) : '')),
    column('jacobians', ({ jacobians }) => jacobians),
    column('gradients', ({ gradients }) => gradients),
    column('seconds', ({ seconds }) => seconds),
    column('parameters', ({ cost }) => cost.parameters),
    column('depth', ({ cost }) => cost.depth),
    column('two_qubit_gates', ({ cost }) => cost.twoQubitGates),
    column('test_r2', ({ verified }) => verified?.r2 ?? ''),
    column('test_accuracy', ({ verified }) => verified?.accuracy ?? ''),
  ];
}
