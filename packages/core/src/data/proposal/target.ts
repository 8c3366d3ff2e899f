import { InputError, type InputProblem } from '../../errors.ts';
import { counted, didYouMean } from '../../wording.ts';
import { distinctOf, type FoundColumn, mendingOf, reasonsOf, unusable, useOf } from './column.ts';
import { type ProposedTask, taskOf } from './task.ts';

/** What is to be learned, and why it is taken for that. */
export interface ProposedTarget {
  readonly column: FoundColumn;
  readonly why: 'asked' | 'name' | 'last';
  readonly task: ProposedTask;
}

/** Names that labels go by; one of the first line is taken before any of the second. */
const targetNames = [
  ['target', 'label', 'labels', 'class', 'classes', 'y', 'outcome', 'response', 'output'],
  ['species', 'diagnosis', 'survived', 'quality', 'price', 'category', 'type'],
];
/** Every class takes an output. */
const mostClasses = 32;

/**
 * The column of labels: the one that is asked for, else one with a name that labels go by, else the last that can be it.
 *
 * @throws InputError where there is none, or the one that is asked for is none or cannot be it.
 */
export function proposeTarget(columns: readonly FoundColumn[], asked: string | undefined): ProposedTarget {
  if (asked !== undefined) return proposed(named(columns, asked), 'asked');
  const possible = columns.filter((column) => faultOf(column) === undefined && !isNumbering(column));
  for (const names of targetNames) {
    const found = possible.find(isCalled(names));
    if (found) return proposed(found, 'name');
  }
  const meant = columns.find(isCalled(targetNames[0]!));
  if (meant && possible.length > 0) throw unlearnable(meant);
  const last = possible.at(-1);
  if (last) return proposed(last, 'last');
  throw new InputError({
    where: 'target',
    found: `no column that can be labels: ${reasonsOf(columns)}`,
    expected: 'one of different numbers or classes, with a value in every row',
    ...mendingOf(columns),
  });
}

const isCalled =
  (names: readonly string[]) =>
  ({ name }: FoundColumn): boolean =>
    names.includes(name.trim().toLowerCase());

/** What is called labels is most likely meant, and nothing else is learned in its place without a word. */
function unlearnable(column: FoundColumn): InputError {
  const fault = faultOf(column) ?? {
    found: 'numbers or names of the rows',
    expected: 'labels that other rows have, too',
  };
  return new InputError({ where: `column "${column.name}"`, ...fault });
}

const proposed = (column: FoundColumn, why: ProposedTarget['why']): ProposedTarget => ({
  column,
  why,
  task: taskOf(column),
});

function named(columns: readonly FoundColumn[], asked: string): FoundColumn {
  const column = columns.find(({ name }) => name === asked);
  if (!column) {
    const names = columns.map(({ name }) => name);
    const found = `"${asked}", which is no column`;
    throw new InputError({
      where: 'target',
      found,
      expected: `one of ${listed(columns)}`,
      ...didYouMean(asked, names),
    });
  }
  const fault = faultOf(column);
  if (fault) throw new InputError({ where: `column "${asked}"`, ...fault });
  return column;
}

/** Why a column cannot be labels. */
function faultOf(column: FoundColumn): Omit<InputProblem, 'where'> | undefined {
  const fault = unusable(column);
  const distinct = distinctOf(column);
  switch (fault?.reason) {
    case 'missing':
      return {
        found: `${fault.missing} of ${counted(column.rows, 'cell')} without a value`,
        expected: 'a label in every row',
        advice: 'leave those rows out of the file',
      };
    case 'times':
      return { found: 'dates or durations', expected: 'numbers or classes', advice: 'turn them into numbers' };
    case 'unreadable':
      return { found: fault.problem, expected: 'numbers or classes' };
  }
  if (distinct < 2) return { found: 'the same label in every row', expected: 'different labels' };
  if (column.kind !== 'texts' || distinct <= mostClasses) return undefined;
  return {
    found: counted(distinct, 'different text'),
    expected: `numbers, or at most ${counted(mostClasses, 'class')}`,
  };
}

/** Whether a column rather counts or names the rows. */
function isNumbering(column: FoundColumn): boolean {
  const use = useOf(column);
  return use.use === 'index' || (use.use === 'none' && use.reason === 'identifier');
}

function listed(columns: readonly FoundColumn[]): string {
  const shown = columns.slice(0, 12).map(({ name }) => name);
  return `${shown.join(', ')}${columns.length > 12 ? ', …' : ''}`;
}
