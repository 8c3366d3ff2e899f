import { InputError, type Table } from '@qntk/core';
import type { NpyArray } from '@qntk/formats';
import { checkFinite, checkReal } from '@qntk/formats';

/** An array and what it is called in errors. */
interface Named extends NpyArray {
  readonly where: string;
}

/** The table of X (points × features, or complex: points × amplitudes) and y (points, or points × outputs). */
export function arrayTable(X: Named, y: Named): Table {
  const [rows = 0, width = 1] = X.shape;
  if (X.shape.length !== 2)
    throw new InputError(`${X.where}: found shape ${shapeText(X)}, expected two axes: points × features`);
  if (y.shape.length < 1 || y.shape.length > 2 || y.shape[0] !== rows)
    throw new InputError(
      `${y.where}: found shape ${shapeText(y)}, expected (${rows}) or (${rows}, outputs), as X has ${rows} points`,
    );
  checkFinite(X, X.where);
  checkReal(y, y.where);
  return {
    targetName: y.where,
    target: y.shape.length === 1 || y.shape[1] === 1 ? y.data : { values: y.data, width: y.shape[1]! },
    ...(X.complex ? statesOf(X, rows, width) : { features: columnsOf(X, rows, width, (c) => `x${c}`) }),
    place: (row) => `${X.where}: row ${row} (from 0)`,
  };
}

/** The arrays X and y of an archive. */
export function archiveTable(arrays: Map<string, NpyArray>, where: string): Table {
  const named = (name: string): Named => {
    const array = arrays.get(name);
    if (array) return { ...array, where: `${where}:${name}` };
    throw new InputError(
      `${where}: found no array ${name}, only ${[...arrays.keys()].join(', ')}; expected X (points × features) and y`,
    );
  };
  return arrayTable(named('X'), named('y'));
}

function statesOf(X: Named, rows: number, amplitudes: number): Pick<Table, 'features' | 'states'> {
  if (amplitudes < 2 || !Number.isInteger(Math.log2(amplitudes)))
    throw new InputError(
      `${X.where}: found complex numbers of shape ${shapeText(X)}, expected states: points × amplitudes, a power of 2 of them`,
    );
  const name = (c: number) => `${c % 2 ? 'im' : 're'}_${Math.floor(c / 2)}`;
  return { states: true, features: columnsOf(X, rows, 2 * amplitudes, name) };
}

function columnsOf({ data }: NpyArray, rows: number, width: number, name: (c: number) => string): Table['features'] {
  const column = (c: number) => Float64Array.from({ length: rows }, (_, row) => data[row * width + c]!);
  return Array.from({ length: width }, (_, c) => ({ name: name(c), values: column(c) }));
}

const shapeText = ({ shape }: NpyArray) => `(${shape.join(', ')})`;
