import { InputError } from '../errors.ts';
import { counted } from '../wording.ts';
import { placeOf, type Table, targetOf } from './table.ts';

/** Whether labels name classes or are numbers to come close to. */
export type Task = 'classes' | 'regression';

/** Outputs that are wanted of a model: their number, or as many as the classes need (one for two, else one each). */
export type OutputsWanted = number | 'classes';

/** Labels as a Dataset has them: y is rows × outputs. */
export interface Labels {
  readonly y: Float64Array;
  readonly outputs: number;
  readonly classes?: readonly string[];
  /** Where they are classes, that of every row as its place in `classes`. */
  readonly classOf?: Int32Array;
}

/**
 * Labels for a model of so many outputs.
 *
 * Text is classes, in sorted order. Two classes and one output: −1 and +1. As many classes as outputs: a column of ±1 a
 * class. Numbers with one output stay as they are, unless they are two integers or `task` says that they are classes;
 * with several outputs they are classes too. A matrix stays as it is.
 *
 * @throws InputError where classes or columns do not fit the outputs or the task, or a number is not finite.
 */
export function labelsOf(table: Table, outputs: OutputsWanted, task: Task | undefined = table.task): Labels {
  const { target } = table;
  const where = targetOf(table);
  if (target instanceof Float64Array) {
    checkFinite(table, target, 1);
    if (task !== 'regression' && areClasses(target, outputs, task))
      return byClass(numericClasses(target), outputs, where);
    if (outputs !== 1) throw forRegression(outputs);
    return { y: target, outputs };
  }
  if ('width' in target) {
    if (task === 'classes' || outputs === 'classes')
      throw new InputError({
        where,
        found: `${counted(target.width, 'column')} of numbers`,
        expected: 'a single label for each point, as labels are to be classes',
      });
    if (target.width !== outputs)
      throw new InputError({
        where,
        found: `${counted(target.width, 'column')} of labels`,
        expected: `${outputs}, one for each output of the model`,
      });
    checkFinite(table, target.values, target.width);
    return { y: target.values, outputs };
  }
  if (task === 'regression')
    throw new InputError({
      where: 'data.task',
      found: 'regression',
      expected: `classes, as the labels are text such as ${JSON.stringify(target[0])}`,
    });
  return byClass({ names: [...new Set(target)].sort(), cells: target }, outputs, where);
}

function areClasses(target: Float64Array, outputs: OutputsWanted, task: Task | undefined): boolean {
  return task === 'classes' || outputs !== 1 || (target.every(Number.isInteger) && new Set(target).size === 2);
}

function forRegression(outputs: OutputsWanted): InputError {
  return new InputError({
    where: 'data.task',
    found: `regression with ${outputs === 'classes' ? 'observable: classes' : counted(outputs, 'observable')}`,
    expected: 'one observable for one column of numbers',
    advice: 'data.task: classes takes the numbers for names of classes',
  });
}

interface Classes {
  /** In order. */
  readonly names: readonly string[];
  /** The class of every row. */
  readonly cells: readonly string[];
}

function numericClasses(target: Float64Array): Classes {
  const names = [...new Set(target)].sort((a, b) => a - b).map(String);
  return { names, cells: Array.from(target, String) };
}

function byClass({ names, cells }: Classes, wanted: OutputsWanted, where: string): Labels {
  const outputs = wanted !== 'classes' ? wanted : names.length === 2 ? 1 : names.length;
  const index = new Map(names.map((name, c) => [name, c]));
  const classOf = Int32Array.from(cells, (cell) => index.get(cell) as number);
  if (names.length === 2 && outputs === 1)
    return { y: Float64Array.from(classOf, (c) => 2 * c - 1), outputs, classes: names, classOf };
  if (names.length === outputs && outputs > 1) {
    const y = new Float64Array(cells.length * outputs).fill(-1);
    classOf.forEach((c, row) => {
      y[row * outputs + c] = 1;
    });
    return { y, outputs, classes: names, classOf };
  }
  throw new InputError({
    where,
    found: `${counted(names.length, 'different label')} (${listed(names)}), which ${names.length === 1 ? 'is a class' : 'are classes'}`,
    ...expected(names.length, outputs),
  });
}

function expected(classes: number, outputs: number): { expected: string; advice?: string } {
  if (classes < 2) return { expected: 'at least 2' };
  const needed = classes === 2 ? '1 or 2 observables' : `a list of ${classes} observables`;
  return {
    expected: `as many as the model has outputs, which is ${outputs}`,
    advice: `give ${needed} in model.observable, or model.observable: classes`,
  };
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).map((name) => JSON.stringify(name));
  return [...shown, ...(names.length > 5 ? ['…'] : [])].join(', ');
}

function checkFinite(table: Table, values: Float64Array, width: number): void {
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    throw new InputError({
      where: `${placeOf(table, Math.floor(bad / width))}: ${table.targetName}`,
      found: String(values[bad]),
      expected: 'a finite number',
    });
}
