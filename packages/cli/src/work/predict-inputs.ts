import { InputError, magnitudes } from '@qntk/core';
import { counted } from '@qntk/report';
import { finite } from '../commands/arguments.ts';
import { arrayFiles, isArrayFile, readArray, readLabelArray } from '../files/array.ts';

/** Relative to the largest entry: kernels made in single precision pass, estimates with shot noise do not. */
const symmetryTolerance = 1e-6;

/** Labels of M points and O outputs, row-major. */
export interface Labels {
  readonly data: Float64Array;
  readonly points: number;
  readonly outputs: number;
  /** What −1 and +1 stand for where the labels are names. */
  readonly classes?: readonly string[];
}

export function readLabels(file: string): Labels {
  const { shape, data, classes } = readLabelArray(file);
  const [points = 0, outputs = 1] = shape;
  if (shape.length < 1 || shape.length > 2 || data.length === 0)
    throw new InputError({
      where: file,
      found: `shape ${shapeText(shape)}`,
      expected: '(M) or (M, outputs) with at least one label',
    });
  return { data, points, outputs, ...(classes && { classes }) };
}

/** The labels of the test points, one for each of `rows` test rows. Names mean the classes that they mean for training. */
export function readTestLabels(file: string, { outputs, classes }: Labels, rows: number): Float64Array {
  const { shape, data, classes: named } = readLabelArray(file, classes);
  const width = shape[1] ?? 1;
  if (shape.length < 1 || shape.length > 2 || width !== outputs || data.length !== rows) {
    const wanted = outputs === 1 ? `(${rows})` : `(${rows / outputs}, ${outputs})`;
    throw new InputError({
      where: file,
      found: `shape ${shapeText(shape)}`,
      expected: `${wanted}, a label for each test point`,
    });
  }
  if (named && !classes)
    throw new InputError({
      where: file,
      found: 'names of classes',
      expected: 'numbers, as the labels of the training points are',
    });
  return data;
}

/** A symmetric matrix with a row for each label. */
export function readKernel(file: string, { data: y }: Labels, labelsFile: string): Float64Array {
  const { shape, data } = readArray(file, 'K');
  const order = shape[0] ?? 0;
  if (shape.length !== 2 || shape[1] !== order)
    throw new InputError({ where: file, found: `shape ${shapeText(shape)}`, expected: 'a square matrix' });
  if (order !== y.length)
    throw new InputError({
      where: file,
      found: `shape ${shapeText(shape)}`,
      expected: `(${y.length}, ${y.length}), as ${labelsFile} has ${counted(y.length, 'label')}`,
    });
  return symmetric(data, order, file);
}

/** K(x, X) of the test rows with the training rows. */
export function readTestKernel(file: string, { data: y, outputs }: Labels): Float64Array {
  const { shape, data } = readArray(file, 'K');
  if (shape.length !== 2 || shape[1] !== y.length || shape[0]! % outputs !== 0)
    throw new InputError({
      where: file,
      found: `shape ${shapeText(shape)}`,
      expected: `(${outputs === 1 ? '' : `${outputs} × `}test points, ${y.length}): a column for each label`,
    });
  return data;
}

/** A Jacobian as rows × columns. */
export interface Matrix {
  readonly data: Float64Array;
  readonly rows: number;
  readonly columns: number;
}

export function readJacobian(file: string, { data: y, outputs }: Labels, labelsFile: string): Matrix {
  const matrix = jacobianRows(file, outputs);
  if (matrix.rows !== y.length)
    throw new InputError({
      where: file,
      found: counted(matrix.rows, 'row'),
      expected: `${y.length}, as ${labelsFile} has ${counted(y.length, 'label')}`,
    });
  return matrix;
}

export function readTestJacobian(file: string, { outputs }: Labels, train: Matrix): Matrix {
  const matrix = jacobianRows(file, outputs);
  if (matrix.columns !== train.columns)
    throw new InputError({
      where: file,
      found: counted(matrix.columns, 'parameter'),
      expected: `${train.columns} as in the Jacobian of the training points`,
    });
  return matrix;
}

function jacobianRows(file: string, outputs: number): Matrix {
  const { shape, data } = readArray(file, 'J');
  const columns = shape.at(-1) ?? 0;
  const rows = shape.slice(0, -1).reduce((product, length) => product * length, 1);
  const fits = (shape.length === 2 && rows % outputs === 0) || (shape.length === 3 && shape[1] === outputs);
  if (!fits || columns === 0) {
    const expected = outputs === 1 ? '(points, parameters)' : `(points, ${outputs}, parameters)`;
    throw new InputError({ where: file, found: `shape ${shapeText(shape)}`, expected });
  }
  return { data, rows, columns };
}

/** Outputs before training: a number for all rows, or a file with one for each. */
export function readOutputs(given: string, rows: number, option: string): Float64Array {
  const number = finite(given);
  if (Math.abs(number) > magnitudes.most)
    throw new InputError({ where: option, found: given, expected: `a size of at most ${magnitudes.most}` });
  if (!Number.isNaN(number)) return new Float64Array(rows).fill(number);
  if (!isArrayFile(given))
    throw new InputError({ where: option, found: `"${given}"`, expected: `a finite number or a file: ${arrayFiles}` });
  const { shape, data } = readArray(given, 'f');
  if (shape.length === 0 || data.length !== rows)
    throw new InputError({
      where: given,
      found: `shape ${shapeText(shape)}`,
      expected: `${counted(rows, 'value')}, one for each row (${option})`,
    });
  return data;
}

/** Checks symmetry and takes the mean of each pair, so that rounding in another tool does no harm. */
function symmetric(K: Float64Array, order: number, file: string): Float64Array {
  const largest = K.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const mean = K.slice();
  for (let i = 0; i < order; i++)
    for (let j = 0; j < i; j++) {
      const [lower, upper] = [K[i * order + j]!, K[j * order + i]!];
      if (Math.abs(lower - upper) > symmetryTolerance * largest)
        throw new InputError({
          where: `${file}: not symmetric`,
          found: `${lower} at [${i}, ${j}] and ${upper} at [${j}, ${i}]`,
          expected: 'equal values',
        });
      mean[i * order + j] = lower + (upper - lower) / 2;
      mean[j * order + i] = mean[i * order + j]!;
    }
  return mean;
}

const shapeText = (shape: readonly number[]) => `(${shape.join(', ')})`;
