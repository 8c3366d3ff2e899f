import type { ArrayProposal, Proposal } from '@qntk/core';
import { counted } from '../format.ts';
import { labelsText, targetText, useText } from '../words/proposal.ts';
import { longTable } from './table.ts';

/** Features that are named. */
const mostNamed = 12;

/** What was found in a table, and what its columns are used for. */
export function proposalText({ rows, columns, target }: Proposal): string {
  const features = columns
    .filter(({ use }) => use === 'feature' || use === 'one-hot')
    .map(({ name }) => inOneLine(name));
  const rest = columns.filter(({ use }) => use !== 'feature' && use !== 'target');
  const named = `${features.slice(0, mostNamed).join(', ')}${features.length > mostNamed ? ', …' : ''}`;
  const others = longTable({
    head: [],
    count: rest.length,
    row: (index) => {
      const { name, use } = rest[index];
      const column = inOneLine(name) || 'a column without a name';
      return [`${column}${use === 'none' ? ' is left out' : ''}: ${useText(rest[index])}`];
    },
  });
  return [
    `${counted(rows, 'row')}, ${counted(columns.length, 'column')}`,
    `target ${inOneLine(target.column.name)}: ${inOneLine(targetText(target))}`,
    `${counted(features.length, 'feature')}: ${named}`,
    ...(rest.length > 0 ? [others.trimStart()] : []),
  ].join('\n');
}

/** Names in quotes may break lines. */
const inOneLine = (text: string): string => text.replace(/\s*[\r\n]\s*/g, ' ');

/** What was found in arrays. */
export function arrayProposalText({ rows, features, states, width, task }: ArrayProposal): string {
  const inputs = states ? `states of ${counted(features / 2, 'amplitude')}` : counted(features, 'feature');
  return `${counted(rows, 'point')}, ${inputs}; labels${width > 1 ? ` of ${width} columns` : ''}: ${labelsText(task)}`;
}
