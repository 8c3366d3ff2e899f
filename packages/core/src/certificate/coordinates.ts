import { multiply } from '../linalg/matrix.ts';
import { addScaled } from '../linalg/vector.ts';
import type { EncodedStates } from './encoded-states.ts';

/** States as vectors of the space that some of them span. */
export interface Coordinates {
  /** Dimension r of that space. */
  readonly rank: number;
  /** Points × 2r, interleaved; of a point that is not in the space, its part there. */
  readonly values: Float64Array;
}

/** What is left of a state's norm² counts as rounding below this. */
const nothing = 1e-13;

/**
 * Coordinates of all states in the span of the first `spanning` ones, by Cholesky's method with pivots on their Gram
 * matrix: the state with the largest remainder gives the next direction. Undefined where the rank exceeds `most`.
 */
export function coordinatesOf(states: EncodedStates, spanning: number, most: number): Coordinates | undefined {
  const { points } = states;
  // One after the other: what a new one has of them is one product.
  let columns = new Float64Array(0);
  let rank = 0;
  const left = new Float64Array(points).fill(1);
  for (;;) {
    const pivot = largestOf(left, spanning);
    if (!(left[pivot] > nothing)) break;
    if (rank === most) return undefined;
    const column = states.overlapsWith(pivot);
    removeParts(column, columns.subarray(0, rank * column.length), pivot);
    const size = Math.sqrt(left[pivot]);
    for (let i = 0; i < points; i++) {
      column[2 * i] /= size;
      column[2 * i + 1] /= size;
      left[i] -= column[2 * i] ** 2 + column[2 * i + 1] ** 2;
    }
    left[pivot] = 0;
    if (columns.length === rank * column.length) columns = withRoom(columns, column.length);
    columns.set(column, rank * column.length);
    rank++;
  }
  return { rank, values: interleaved(columns, rank, points) };
}

function largestOf(values: Float64Array, count: number): number {
  let at = 0;
  for (let i = 1; i < count; i++) if (values[i] > values[at]) at = i;
  return at;
}

/** column_i −= Σ known_i · conj(known_pivot) over columns that are known, one after the other. */
function removeParts(column: Float64Array, known: Float64Array, pivot: number): void {
  const length = column.length;
  const count = known.length / length;
  const at = (part: number) => Float64Array.from({ length: count }, (_, k) => known[k * length + 2 * pivot + part]);
  const [re, im] = [at(0), at(1)];
  addScaled(column, -1, multiply(re, known, 1, count, length));
  if (im.every((value) => value === 0)) return;
  const sums = multiply(im, known, 1, count, length);
  for (let i = 0; i < length; i += 2) {
    column[i] -= sums[i + 1];
    column[i + 1] += sums[i];
  }
}

/** The same with room for twice as many columns, four at least. */
function withRoom(known: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const wider = new Float64Array(Math.max(2 * known.length, 4 * length));
  wider.set(known);
  return wider;
}

function interleaved(columns: Float64Array, rank: number, points: number): Float64Array {
  const width = 2 * rank;
  const values = new Float64Array(points * width);
  for (let k = 0; k < rank; k++)
    for (let i = 0; i < points; i++) {
      const from = 2 * (k * points + i);
      values[i * width + 2 * k] = columns[from];
      values[i * width + 2 * k + 1] = columns[from + 1];
    }
  return values;
}
