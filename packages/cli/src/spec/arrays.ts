import { counted, InputError, type Table, type Target } from '@qntk/core';
import {
  checkFinite,
  checkReal,
  labelsOfArray,
  mostCells,
  type NamedArrays,
  type NpyArray,
  type StoredArray,
} from '@qntk/formats';

/** An array and what it is called in errors. */
interface Named {
  readonly array: StoredArray;
  readonly where: string;
}

/** The table of X (points × features, or complex: points × amplitudes) and y (points, or points × outputs). */
export function arrayTable(X: Named, y: Named): Table {
  const [rows = 0, width = 1] = X.array.shape;
  if (X.array.shape.length !== 2) throw misshapen(X, 'two axes, points × features');
  checkShape(y, rows);
  checkFinite(X.array, X.where);
  if (X.array.data.length > mostCells)
    throw new InputError({ where: X.where, found: counted(X.array.data.length, 'number'), expected: 'at most 2^26' });
  return {
    targetName: y.where,
    target: targetOf(y),
    ...(X.array.complex
      ? statesOf(X, X.array, rows, width)
      : { features: columnsOf(X.array, rows, width, (c) => `x${c}`) }),
    place: (row) => `${X.where}: row ${row} (from 0)`,
  };
}

/** The arrays X and y of an archive. */
export function archiveTable(arrays: NamedArrays, where: string): Table {
  const named = (name: string): Named => {
    if (arrays.names.includes(name)) return { array: arrays.get(name), where: `${where}:${name}` };
    const found = `no array ${name}, only ${arrays.names.join(', ')}`;
    const advice = 'np.savez(FILE, X=X, y=y) names them so';
    throw new InputError({ where, found, expected: 'X (points × features) and y (points)', advice });
  };
  return arrayTable(named('X'), named('y'));
}

/** One label a point by the rules of a column; several are numbers, where truth values are −1 and +1 as classes are. */
function targetOf({ array, where }: Named): Target {
  const width = array.shape[1] ?? 1;
  if (width === 1) return labelsOfArray(array, where);
  checkReal(array, where);
  return { values: array.booleans ? array.data.map((value) => 2 * value - 1) : array.data, width };
}

function checkShape(y: Named, rows: number): void {
  const { shape } = y.array;
  if (shape.length < 1 || shape.length > 2 || shape[0] !== rows)
    throw misshapen(y, `(${rows}) or (${rows}, outputs), as X has ${counted(rows, 'point')}`);
}

function statesOf(X: Named, array: NpyArray, rows: number, amplitudes: number): Pick<Table, 'features' | 'states'> {
  if (amplitudes < 2 || !Number.isInteger(Math.log2(amplitudes)))
    throw new InputError({
      where: X.where,
      found: `complex numbers of shape ${shapeText(X)}`,
      expected: 'states: points × amplitudes, a power of 2 of them',
    });
  const name = (c: number) => `${c % 2 ? 'im' : 're'}_${Math.floor(c / 2)}`;
  return { states: true, features: columnsOf(array, rows, 2 * amplitudes, name) };
}

function columnsOf({ data }: NpyArray, rows: number, width: number, name: (c: number) => string): Table['features'] {
  const column = (c: number) => Float64Array.from({ length: rows }, (_, row) => data[row * width + c]!);
  return Array.from({ length: width }, (_, c) => ({ name: name(c), values: column(c) }));
}

const misshapen = (array: Named, expected: string): InputError =>
  new InputError({ where: array.where, found: `shape ${shapeText(array)}`, expected });

const shapeText = ({ array: { shape } }: Named) => `(${shape.join(', ')})`;
