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
  const columns: Float64Array[] = [];
  const left = new Float64Array(points).fill(1);
  for (;;) {
    const pivot = largestOf(left, spanning);
    if (!(left[pivot] > nothing)) break;
    if (columns.length === most) return undefined;
    const column = states.overlapsWith(pivot);
    for (const known of columns) removePart(column, known, pivot);
    const size = Math.sqrt(left[pivot]);
    for (let i = 0; i < points; i++) {
      column[2 * i] /= size;
      column[2 * i + 1] /= size;
      left[i] -= column[2 * i] ** 2 + column[2 * i + 1] ** 2;
    }
    left[pivot] = 0;
    columns.push(column);
  }
  return { rank: columns.length, values: interleaved(columns, points) };
}

function largestOf(values: Float64Array, count: number): number {
  let at = 0;
  for (let i = 1; i < count; i++) if (values[i] > values[at]) at = i;
  return at;
}

/** column_i −= known_i · conj(known_pivot). */
function removePart(column: Float64Array, known: Float64Array, pivot: number): void {
  const [re, im] = [known[2 * pivot], known[2 * pivot + 1]];
  for (let i = 0; i < column.length; i += 2) {
    column[i] -= known[i] * re + known[i + 1] * im;
    column[i + 1] -= known[i + 1] * re - known[i] * im;
  }
}

function interleaved(columns: readonly Float64Array[], points: number): Float64Array {
  const width = 2 * columns.length;
  const values = new Float64Array(points * width);
  columns.forEach((column, k) => {
    for (let i = 0; i < points; i++) {
      values[i * width + 2 * k] = column[2 * i];
      values[i * width + 2 * k + 1] = column[2 * i + 1];
    }
  });
  return values;
}
