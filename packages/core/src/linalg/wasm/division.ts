import { diagonalise } from '../ql.ts';
import { type Matrix, type Workspace, whole } from './memory.ts';
import { addProduct } from './product.ts';
import { solveUpdate } from './rank-one.ts';
import type { RankOneUpdate } from './secular.ts';

/** Order up to which a block is diagonalised by QL steps. */
const leaf = 12;

/** A symmetric tridiagonal matrix: below[i] stands at (i+1, i) and (i, i+1). Its largest entry is near 1, or all are 0. */
export interface Entries {
  readonly diagonal: Float64Array;
  readonly below: Float64Array;
}

/** Where eigenvectors are put, one a row, two more matrices of the same shape to work in, and what a rank-one update takes. */
export interface Rooms {
  readonly rows: Matrix;
  readonly gathered: Matrix;
  readonly coupling: Matrix;
  readonly lines: Matrix;
}

/**
 * Eigenvalues, in any order, of a tridiagonal matrix, by divide and conquer (Cuppen 1981; Golub and Van Loan, §8.4): two halves, and
 * a rank-one update that couples them. Row j of `rooms.rows` becomes the eigenvector of values[j]. Nearly all work is products of
 * matrices.
 */
export function divideAndConquer(space: Workspace, { diagonal, below }: Entries, rooms: Rooms): Float64Array {
  const n = diagonal.length;
  const values = diagonal.slice();
  rooms.rows.numbers.fill(0);
  const solve = (from: number, to: number): void => {
    if (to - from <= leaf) {
      solveLeaf(values, below, rooms.rows, from, to);
      return;
    }
    const middle = (from + to) >> 1;
    const coupling = below[middle - 1];
    // Before the halves are solved: what the update adds to their corners.
    values[middle - 1] -= Math.abs(coupling);
    values[middle] -= Math.abs(coupling);
    solve(from, middle);
    solve(middle, to);
    merge(space, rooms, values, { from, middle, to, coupling });
  };
  solve(0, n);
  return values;
}

function solveLeaf(values: Float64Array, below: Float64Array, { numbers, columns }: Matrix, from: number, to: number) {
  const size = to - from;
  const vectors = new Float64Array(size * size);
  for (let i = 0; i < size; i++) vectors[i * size + i] = 1;
  const block = { diagonal: values.slice(from, to), below: below.slice(from, to) };
  block.below[size - 1] = 0;
  diagonalise(block, vectors, size);
  values.set(block.diagonal, from);
  for (let i = 0; i < size; i++) numbers.set(vectors.subarray(i * size, (i + 1) * size), (from + i) * columns + from);
}

/** Two solved blocks, rows and columns from…middle and middle…to, and the entry that couples them. */
interface Seam {
  readonly from: number;
  readonly middle: number;
  readonly to: number;
  readonly coupling: number;
}

/** Solves the block of two solved halves. */
function merge(space: Workspace, rooms: Rooms, values: Float64Array, seam: Seam): void {
  const { from, middle, to, coupling } = seam;
  const size = to - from;
  const { numbers, columns } = rooms.rows;
  // z = (last entries of the first half's eigenvectors, first entries of the second's)/√2.
  const z = new Float64Array(size);
  const sign = coupling < 0 ? -1 : 1;
  for (let i = from; i < middle; i++) z[i - from] = numbers[i * columns + middle - 1] * Math.SQRT1_2;
  for (let i = middle; i < to; i++) z[i - from] = sign * numbers[i * columns + middle] * Math.SQRT1_2;
  const deflated = deflate(rooms.rows, values, z, 2 * Math.abs(coupling), seam);
  const { active, halves } = deflated;
  const k = active.length;
  const update: RankOneUpdate = {
    poles: Float64Array.from(active, (i) => values[from + i]),
    z: Float64Array.from(active, (i) => z[i]),
    rho: 2 * Math.abs(coupling),
  };
  // Rows that lie in the first half alone, then those in both, then those in the second alone.
  const places = [first, both, second].flatMap((half) => [...active.keys()].filter((i) => halves[active[i]] === half));
  // Until rows are gathered there is room for the differences.
  const updateRooms = { vectors: rooms.coupling, gaps: rooms.gathered, lines: rooms.lines };
  const roots = solveUpdate(space, update, places, updateRooms);
  const rest = deflated.rest;
  const order = [...places.map((i) => active[i]), ...rest];
  gather(rooms, order, k, seam);
  const count = (half: number) => active.filter((i) => halves[i] === half).length;
  const [inFirst, inBoth, inSecond] = [count(first), count(both), count(second)];
  const u = { at: rooms.coupling.at, row: 8 * k, column: 8 };
  const g = rooms.gathered;
  const left = { m: k, k: inFirst + inBoth, n: middle - from };
  addProduct(space, left, u, whole(g, from, from), whole(rooms.rows, from, from));
  const right = { m: k, k: inBoth + inSecond, n: to - middle };
  addProduct(
    space,
    right,
    { ...u, at: u.at + 8 * inFirst },
    whole(g, from + inFirst, middle),
    whole(rooms.rows, from, middle),
  );
  const kept = rest.map((i) => values[from + i]);
  values.set(roots, from);
  values.set(kept, from + k);
}

/** Halves in which an eigenvector's entries lie. */
const [first, both, second] = [1, 3, 2];

/** Copies rows of the block in a new order to `gathered`; of them the first k become 0, the others stand where they now belong. */
function gather({ rows, gathered }: Rooms, order: readonly number[], k: number, { from, to }: Seam): void {
  const { columns } = rows;
  const size = to - from;
  order.forEach((i, place) => {
    const at = (from + i) * columns + from;
    gathered.numbers.set(rows.numbers.subarray(at, at + size), (from + place) * columns + from);
  });
  for (let place = 0; place < size; place++) {
    const at = (from + place) * columns + from;
    if (place < k) rows.numbers.fill(0, at, at + size);
    else rows.numbers.set(gathered.numbers.subarray(at, at + size), at);
  }
}

/** What is left of an update once all that it hardly changes is taken out. */
interface Deflation {
  /** Those that are left, ascending by value, counted from the block's beginning; and all others. */
  readonly active: readonly number[];
  readonly rest: readonly number[];
  readonly halves: Uint8Array;
}

/**
 * Takes out eigenvectors of which z holds nothing, and, of two whose values agree, one: a rotation moves its share of z to the
 * other. The errors are of the order of rounding times the largest entry.
 */
function deflate(
  rows: Matrix,
  values: Float64Array,
  z: Float64Array,
  rho: number,
  { from, middle, to }: Seam,
): Deflation {
  const size = to - from;
  const halves = Uint8Array.from({ length: size }, (_, i) => (from + i < middle ? first : second));
  const sorted = Array.from({ length: size }, (_, i) => i).sort((i, j) => values[from + i] - values[from + j]);
  let largest = 0;
  for (let i = 0; i < size; i++) largest = Math.max(largest, Math.abs(values[from + i]), Math.abs(z[i]));
  const tolerance = 8 * Number.EPSILON * largest;
  const active: number[] = [];
  const rest: number[] = [];
  let before = -1;
  for (const i of sorted) {
    if (rho * Math.abs(z[i]) <= tolerance) {
      rest.push(i);
      continue;
    }
    if (before >= 0) {
      const size = Math.hypot(z[i], z[before]);
      const [c, s] = [z[i] / size, -z[before] / size];
      const apart = values[from + i] - values[from + before];
      if (Math.abs(apart * c * s) <= tolerance) {
        z[i] = size;
        z[before] = 0;
        values[from + before] += apart * s * s;
        values[from + i] -= apart * s * s;
        rotate(rows, from + before, from + i, c, s, from, to);
        halves[i] |= halves[before];
        halves[before] = halves[i];
        rest.push(before);
      } else active.push(before);
    }
    before = i;
  }
  if (before >= 0) active.push(before);
  return { active, rest, halves };
}

/** (row p, row q) ← (c·p + s·q, c·q − s·p) between two columns. */
function rotate(
  { numbers, columns }: Matrix,
  p: number,
  q: number,
  c: number,
  s: number,
  from: number,
  to: number,
): void {
  for (let k = from; k < to; k++) {
    const [a, b] = [numbers[p * columns + k], numbers[q * columns + k]];
    numbers[p * columns + k] = c * a + s * b;
    numbers[q * columns + k] = c * b - s * a;
  }
}
