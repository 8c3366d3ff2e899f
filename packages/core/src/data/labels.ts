import { InputError } from '../errors.ts';
import { counted } from '../wording.ts';
import { placeOf, type Table, targetOf } from './table.ts';

/** Labels as a Dataset has them: y is rows × outputs. */
export interface Labels {
  readonly y: Float64Array;
  readonly classes?: readonly string[];
}

/**
 * Labels for a model of `outputs` outputs.
 *
 * Text is classes, in sorted order. Two classes and one output: −1 and +1. As many classes as outputs: a column of ±1 a
 * class. Numbers with one output stay as they are; with several they are classes too. A matrix stays as it is.
 *
 * @throws InputError where classes or columns do not fit the outputs, or a number is not finite.
 */
export function labelsOf(table: Table, outputs: number): Labels {
  const { target } = table;
  const where = targetOf(table);
  if (target instanceof Float64Array) {
    checkFinite(table, target, 1);
    return outputs === 1 ? { y: target } : byClass(numericClasses(target), outputs, where);
  }
  if ('width' in target) {
    if (target.width !== outputs)
      throw new InputError({
        where,
        found: `${counted(target.width, 'column')} of labels`,
        expected: `${outputs}, one for each output of the model`,
      });
    checkFinite(table, target.values, target.width);
    return { y: target.values };
  }
  return byClass({ names: [...new Set(target)].sort(), cells: target }, outputs, where);
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

function byClass({ names, cells }: Classes, outputs: number, where: string): Labels {
  const index = new Map(names.map((name, c) => [name, c]));
  const classOf = Int32Array.from(cells, (cell) => index.get(cell) as number);
  if (names.length === 2 && outputs === 1) return { y: Float64Array.from(classOf, (c) => 2 * c - 1), classes: names };
  if (names.length === outputs && outputs > 1) {
    const y = new Float64Array(cells.length * outputs).fill(-1);
    classOf.forEach((c, row) => {
      y[row * outputs + c] = 1;
    });
    return { y, classes: names };
  }
  throw new InputError({
    where,
    found: `${names.length} different labels (${listed(names)}), which are classes`,
    ...expected(names.length, outputs),
  });
}

function expected(classes: number, outputs: number): { expected: string; advice?: string } {
  if (classes < 2) return { expected: 'at least 2' };
  const needed = classes === 2 ? '1 or 2 observables' : `a list of ${classes} observables`;
  return {
    expected: `as many as the model has outputs, which is ${outputs}`,
    advice: `give ${needed} in model.observable`,
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
