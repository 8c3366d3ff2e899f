import { InputError } from '../../errors.ts';
import type { Table } from '../table.ts';
import { type FoundColumn, isSplit, mayCount, mendingOf, reasonsOf, type Use, useOf } from './column.ts';
import { type ProposedModel, proposeModel } from './model.ts';
import { type ProposedTarget, proposeTarget } from './target.ts';
import { type ProposedTask, rangeOf, taskOf } from './task.ts';

/** What a table seems to be for: what each column is used for, what is learned, and a model to begin with. */
export interface Proposal {
  readonly rows: number;
  /** In the order of the file. */
  readonly columns: readonly (FoundColumn & Use)[];
  readonly target: ProposedTarget;
  readonly model: ProposedModel;
}

/**
 * Proposes how to learn one column of a table from the others. Nothing here is certain: it is where to begin.
 *
 * @param asked - the column to learn; guessed by its name and place where left out.
 * @throws InputError where no column can be learned, the one that is asked for cannot, or no other is a feature.
 */
export function proposeForColumns(found: readonly FoundColumn[], asked?: string): Proposal {
  checkRows(found[0]?.rows ?? 0);
  const split = found.find(isSplit);
  const target = proposeTarget(
    found.filter((column) => column !== split),
    asked,
  );
  const columns = withFeature(found.map((column) => ({ ...column, ...roleOf(column) })));
  const features = columns.reduce(
    (sum, each) => sum + (each.use === 'one-hot' ? each.categories : Number(each.use === 'feature')),
    0,
  );
  if (features === 0) {
    const others = found.filter((column) => column !== target.column && column !== split);
    throw new InputError({
      where: 'features',
      found: `none besides the target "${target.column.name}"${others.length > 0 ? `: ${reasonsOf(others)}` : ''}`,
      expected: 'a column of different numbers, or of few texts, with a value in every row',
      ...mendingOf(others),
    });
  }
  const rows = target.column.rows;
  const directions = features - columns.filter(({ use }) => use === 'one-hot').length;
  return { rows, columns, target, model: proposeModel({ features, directions }, rows, target.task) };

  function roleOf(column: FoundColumn): Use {
    if (column === target.column) return { use: 'target' };
    return column === split ? { use: 'split' } : useOf(column);
  }
}

/** Where nothing else is a feature, columns that count are. */
function withFeature(columns: readonly (FoundColumn & Use)[]): readonly (FoundColumn & Use)[] {
  if (columns.some(({ use }) => use === 'feature' || use === 'one-hot')) return columns;
  return columns.map((column) => (mayCount(column, column) ? { ...column, use: 'feature' } : column));
}

/** Two rows to train on and one to test. */
const leastRows = 3;

function checkRows(rows: number): void {
  if (rows < leastRows)
    throw new InputError({
      where: 'rows',
      found: String(rows),
      expected: `at least ${leastRows}: two to train on and one to test`,
    });
}

/** The same of arrays, whose columns have no names to go by: X as features, y as labels. */
export interface ArrayProposal {
  readonly rows: number;
  readonly features: number;
  /** The features are amplitudes of states. */
  readonly states: boolean;
  /** Columns of the labels. */
  readonly width: number;
  readonly task: ProposedTask;
  readonly model: ProposedModel;
}

/** Proposes a model for a table whose labels are known. @throws InputError where they are all the same. */
export function proposeForArrays({ features, states = false, target }: Table): ArrayProposal {
  const width = 'width' in target ? target.width : 1;
  const rows = ('width' in target ? target.values : target).length / width;
  checkRows(rows);
  const task: ProposedTask =
    'width' in target
      ? { task: 'regression', range: rangeOf(target.values, width) }
      : taskOf({ kind: 'numbers', values: target });
  if (task.task === 'classes' ? task.classes.length < 2 : task.range.low === task.range.high)
    throw new InputError({ where: 'labels', found: 'the same label at every point', expected: 'different labels' });
  const outputs = width > 1 ? width : undefined;
  // A state of 2ⁿ amplitudes, each a real and an imaginary part, is one of n qubits.
  const model = states
    ? proposeModel({ features: 0, directions: 0 }, rows, task, outputs, Math.log2(features.length / 2))
    : proposeModel({ features: features.length, directions: features.length }, rows, task, outputs);
  return { rows, features: features.length, states, width, task, model };
}
