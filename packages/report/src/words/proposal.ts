import type { FoundColumn, Proposal, ProposedTask, Unfit, Use } from '@qntk/core';
import { counted, formatNumber } from '../format.ts';

/** Classes that are named. */
const mostNamed = 5;

/** What a column is used for, or why for nothing and what helps. */
export function useText(column: FoundColumn & Use): string {
  switch (column.use) {
    case 'target':
      return 'what is to be learned';
    case 'split':
      return 'says which rows are for training and which for the test';
    case 'feature':
      return column.kind === 'booleans' ? 'feature, true as 1 and false as 0' : 'feature';
    case 'one-hot':
      return `${counted(column.categories, 'text')}, a feature for each`;
    case 'index':
      return 'an index: left out by itself';
    case 'none':
      return unfitText(column, column.rows);
  }
}

function unfitText(fault: Unfit, rows: number): string {
  switch (fault.reason) {
    case 'missing':
      return `no value in ${fault.missing} of ${counted(rows, 'row')}, and nothing is filled in: without those rows it could be a feature`;
    case 'unreadable':
      return `some of it is no number: ${fault.problem}; as numbers alone, or as text with a letter in every cell, it could be a feature`;
    case 'categories':
      return `${counted(fault.distinct, 'different text')}, too many for a feature each`;
    case 'times':
      return 'dates or durations: as numbers, such as days since the first, they could be a feature';
    case 'constant':
      return 'the same in every row';
    case 'identifier':
      return 'numbers or names the rows: what is learned from it says nothing about others';
  }
}

/** Why a column is taken for the target, and what its labels are. */
export function targetText({ why, task }: Proposal['target']): string {
  const reasons = { asked: 'as asked', name: 'by its name', last: 'the last column that can be it' };
  return `${reasons[why]}; ${labelsText(task)}`;
}

/** What kind of labels there are. */
export function labelsText(task: ProposedTask): string {
  if (task.task === 'regression') {
    const [low, high] = [task.range.low, task.range.high].map(formatNumber);
    return low === high ? `numbers around ${low}` : `numbers from ${low} to ${high}`;
  }
  const { classes, few } = task;
  const named = `${classes.slice(0, mostNamed).join(', ')}${classes.length > mostNamed ? ', …' : ''}`;
  return `${classes.length} ${few ? 'different whole numbers, taken for classes' : 'classes'} (${named})`;
}
