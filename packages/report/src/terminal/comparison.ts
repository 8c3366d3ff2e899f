import type { ComparedCandidate, Comparison, RungSummary, ValidationScore } from '@qntk/core/compare';
import { counted, formatNumber, formatShare } from '../format.ts';
import { choiceTexts, rungText, scoreText } from '../words/comparison.ts';
import { columns, longTable, wrapped } from './table.ts';

/** A comparison for a terminal: the choice in words, then the candidates from the best. */
export function comparisonText(comparison: Comparison): string {
  const { candidates, skipped } = comparison;
  return [
    ...comparisonSentences(comparison).map((sentence) => wrapped(sentence, 96).join('\n')),
    ...choicesText(comparison),
    rungsTable(comparison),
    tableOf(candidates),
    ...(skipped.length > 0 ? [skippedText(skipped)] : []),
  ].join('\n\n');
}

/** What the choices of the grid do. */
function choicesText(comparison: Comparison): string[] {
  const lines = choiceTexts(comparison).flatMap((text) =>
    wrapped(text, 94).map((line, k) => `${k === 0 ? '· ' : '  '}${line}`),
  );
  return lines.length > 0 ? [['What the choices do:', ...lines].join('\n')] : [];
}

/** What every rung took and decided. */
function rungsTable({ rungs }: Comparison): string {
  const head = ['rung', 'judged', 'left', 'Jacobians', 'gradients'];
  const row = ({ rung, judged, left, jacobians, gradients }: RungSummary) => [
    rungText(rung),
    ...[judged, left, Math.round(jacobians), Math.round(gradients)].map((count) => formatNumber(count)),
  ];
  return columns([head, ...rungs.map(row)]);
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
    ...comparisonSentences(comparison).map((sentence) => wrapped(sentence, 96).join('\n')),
    ...choicesText(comparison),
    ...(others.length > 0 ? [['Next to it:', ...others.map((line) => `  ${line}`)].join('\n')] : []),
  ].join('\n\n');
}

const mostRunnersUp = 5;

/** The candidates after the first, each with the reason why it is not. */
export function runnersUp({ candidates }: Comparison): string[] {
  const [first, ...others] = candidates;
  return others.slice(0, mostRunnersUp).flatMap(({ name, forecast, left, cost }) => {
    if (!forecast) return [];
    const gates =
      cost.twoQubitGates < first.cost.twoQubitGates
        ? `, with ${counted(cost.twoQubitGates, 'two-qubit gate')} instead of ${formatNumber(first.cost.twoQubitGates)}`
        : '';
    const why = left
      ? `left after ${rungText(left.rung)}`
      : first.tiedWith.includes(name)
        ? `cannot be told from it${gates}`
        : `judged by ${rungText(forecast.rung)} alone`;
    return [`${name}: ${scoreText(forecast.score)}, ${why}`];
  });
}

/** What to take, how sure that is, and what needs no quantum computer. */
export function comparisonSentences(comparison: Comparison): string[] {
  const { winner, candidates, selection, seeds } = comparison;
  const first = candidates.find(({ name }) => name === winner?.name);
  if (!winner || !first?.forecast) return ['Nothing was judged in the time that was given.'];
  const { score, rung } = first.forecast;
  const kept =
    'folds' in selection
      ? `${selection.folds} parts of the ${counted(selection.rows, 'training row')}, each kept out once`
      : `${formatShare(selection.validation)} of the ${counted(selection.rows, 'training row')}, kept out`;
  const reference = referenceText(comparison, score);
  const basis = rung.kind === 'training' && rung.whole && rung.of === undefined ? 'measured' : 'forecast';
  return [
    ...(reference.wins ? [reference.text] : []),
    `Take ${winner.name}: ${scoreText(score)} on ${kept}, over ${counted(rung.seeds ?? seeds, 'initialisation')}. [${basis}]`,
    ...tiesText(first),
    ...(reference.wins || reference.text === '' ? [] : [reference.text]),
    ...testText(winner),
    ...encodingText(winner),
    ...(comparison.complete ? [] : ['The budget was spent before all could be judged: this is the best so far.']),
  ];
}

/** What the winner has on rows that had no part in the choice. */
function testText({ test }: NonNullable<Comparison['winner']>): string[] {
  if (!test) return [];
  const { seeds, r2, accuracy } = test;
  const trained = seeds > 1 ? `in full from ${counted(seeds, 'initialisation')} it has on the mean` : 'in full it has';
  const right = accuracy === null ? '' : `, ${formatShare(accuracy)} in the right class`;
  return [
    `Trained ${trained} R² ${formatNumber(r2)} on the test rows${right}, which had no part in the choice. [measured]`,
  ];
}

/** Training errors so near to the least that is possible count as there. */
const nearLeast = 1.5;

/** Where no more layers can help. */
function encodingText({ test, leastTrainMse }: NonNullable<Comparison['winner']>): string[] {
  if (!test || leastTrainMse === null || leastTrainMse === 0 || test.trainMse > nearLeast * leastTrainMse) return [];
  return [
    `Deeper will not help it: the limit is set by encoding and readout, behind which no circuit of any depth has a training error below ${formatNumber(leastTrainMse)}, and it has ${formatNumber(test.trainMse)} (mean squared error). [certain]`,
  ];
}

function tiesText({ tiedWith }: ComparedCandidate): string[] {
  if (tiedWith.length === 0) return [];
  const shown = tiedWith.slice(0, 3).join('; ');
  const more = tiedWith.length > 3 ? ', …' : '';
  return [`${counted(tiedWith.length, 'other')} cannot be told from it at this cost: ${shown}${more}.`];
}

const references = {
  ridge: 'ridge regression',
  rbf: 'ridge regression with a Gaussian kernel',
  constant: 'a constant',
};

/** What needs no quantum computer, and whether it wins. */
function referenceText(
  { references: scores, candidates }: Comparison,
  { mean }: ValidationScore,
): { readonly wins: boolean; readonly text: string } {
  const known = (['rbf', 'ridge', 'constant'] as const)
    .flatMap((name) => (scores[name] === null ? [] : [{ label: references[name], value: scores[name] }]))
    .sort((a, b) => b.value - a.value);
  const [best, ...others] = known;
  if (!best) return { wins: false, text: '' };
  const rest = others.map(({ label, value }) => `, ${label} ${formatNumber(value)}`).join('');
  const found = `${best.label} has R² ${formatNumber(best.value)} on the same rows${rest}. [measured]`;
  if (best.value > highestEnd(candidates)) return { wins: true, text: `None of these models wins here: ${found}` };
  if (best.value >= mean) return { wins: true, text: `No quantum network is known to win here: ${found}` };
  return { wins: false, text: `Without a quantum computer ${found}` };
}

/** How far any candidate may come; nobody knows of one that nothing has judged. */
function highestEnd(candidates: readonly ComparedCandidate[]): number {
  const able = candidates.filter(({ left }) => left === null);
  return Math.max(...able.map(({ forecast }) => forecast?.score.interval[1] ?? Infinity));
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

/** A column of texts, or of numbers, null where nothing is known. */
export interface ComparisonColumn {
  readonly name: string;
  readonly values: readonly string[] | readonly (number | null)[];
}

/** The candidates as columns of a table, the best first. */
export function comparisonColumns({ candidates }: Comparison): ComparisonColumn[] {
  const texts = (name: string, of: (candidate: ComparedCandidate) => string) => ({ name, values: candidates.map(of) });
  const numbers = (name: string, of: (candidate: ComparedCandidate) => number | null | undefined) => ({
    name,
    values: candidates.map((candidate) => of(candidate) ?? null),
  });
  return [
    texts('name', ({ name }) => name),
    numbers('rank', ({ rank }) => rank),
    numbers('r2', ({ forecast }) => forecast?.score.mean),
    numbers('r2_low', ({ forecast }) => forecast?.score.interval[0]),
    numbers('r2_high', ({ forecast }) => forecast?.score.interval[1]),
    texts('judged_by', ({ forecast }) => (forecast ? rungText(forecast.rung) : '')),
    texts('left_after', ({ left }) => (left ? rungText(left.rung) : '')),
    numbers('jacobians', ({ jacobians }) => jacobians),
    numbers('gradients', ({ gradients }) => gradients),
    numbers('seconds', ({ seconds }) => seconds),
    numbers('parameters', ({ cost }) => cost.parameters),
    numbers('depth', ({ cost }) => cost.depth),
    numbers('two_qubit_gates', ({ cost }) => cost.twoQubitGates),
    numbers('kappa', ({ kernel }) => kernel?.kappa),
    numbers('alignment', ({ kernel }) => kernel?.alignment),
    numbers('effective_dimension', ({ kernel }) => kernel?.effectiveDimension),
    numbers('circuits_training', ({ cost }) => cost.circuits.training),
    numbers('circuits_judging', ({ cost }) => cost.circuits.judging),
    numbers('test_r2', ({ verified }) => verified?.r2),
    numbers('test_accuracy', ({ verified }) => verified?.accuracy),
  ];
}
