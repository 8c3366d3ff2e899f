import type { Inputs } from './angles.ts';
import { takeRows } from './dataset.ts';

/** Some of the points that were prepared together, in the order of `positions` (each from 0), as `bind` would prepare them. */
export function takePoints({ points, offsets, factors, X, rows, amplitudes }: Inputs, positions: Int32Array): Inputs {
  const ofEach = (values: Float64Array) => takeRows(values, values.length / points, positions);
  return {
    points: positions.length,
    offsets: takeColumns(offsets, points, positions),
    factors: takeColumns(factors, points, positions),
    X: ofEach(X),
    ...(rows && { rows: positions.map((position) => rows[position]) }),
    ...(amplitudes && { amplitudes: ofEach(amplitudes) }),
  };
}

/** The given columns of a row-major matrix of `width` columns. */
function takeColumns(values: Float64Array, width: number, columns: Int32Array): Float64Array {
  const height = values.length / width;
  const taken = new Float64Array(height * columns.length);
  for (let k = 0, at = 0; k < height; k++)
    for (let i = 0; i < columns.length; i++) taken[at++] = values[k * width + columns[i]];
  return taken;
}
