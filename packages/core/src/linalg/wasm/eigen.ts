import * as code from '../../wasm/codes.ts';
import { defaultMachine } from '../../wasm/machine.ts';
import { diagonalise, type EigenRows } from '../ql.ts';
import { divideAndConquer } from './division.ts';
import { jobWords, type Matrix, transposed, type Workspace, whole, workspace } from './memory.ts';
import { addProduct } from './product.ts';
import { updateLines } from './rank-one.ts';

/** Reflectors that are applied together. */
const together = 64;

/**
 * Eigenvectors of the symmetric matrix whose lower triangle is in `a` (n×n), its largest entry near 1: blocked Householder
 * reduction, divide and conquer, and the reflectors on what comes of it in compact WY form (Schreiber and Van Loan 1989). Errors
 * are of the order of rounding times the largest eigenvalue, as with QL steps.
 */
export function eigenByDivision(a: Float64Array, n: number): EigenRows {
  if (n === 0) return { values: new Float64Array(0), rows: new Float64Array(0) };
  const square = [n, n] as const;
  const width = Math.max(3 * code.TRIDIAGONAL_WIDTH, together);
  const space = workspace(
    [square, square, square, square, [width, n], [n, together], [n, together], [together, together], [updateLines, n]],
    defaultMachine,
  );
  const [matrix, rows, gathered, coupling, panel, projected, weighted, block, lines] = space.matrices;
  matrix.numbers.set(a);
  tridiagonaliseIn(space, matrix, panel, lines);
  const [diagonal, below, tau] = [0, 1, 2].map((i) => lines.numbers.slice(i * n, (i + 1) * n));
  const values = divideAndConquer(space, { diagonal, below }, { rows, gathered, coupling, lines });
  for (let first = 1; first < n; first += together) {
    const count = Math.min(together, n - first);
    reflectRows(space, { matrix, tau, first, count }, { rows, panel, projected, weighted, block });
  }
  return { values, rows: rows.numbers.slice() };
}

/** The eigenvalues alone, in any order, of the same: the reduction, and QL steps that turn no vectors. */
export function valuesByReduction(a: Float64Array, n: number): Float64Array {
  const space = workspace([
    [n, n],
    [3 * code.TRIDIAGONAL_WIDTH, n],
    [3, n],
  ]);
  const [matrix, panel, lines] = space.matrices;
  matrix.numbers.set(a);
  tridiagonaliseIn(space, matrix, panel, lines);
  const [diagonal, below] = [0, 1].map((i) => lines.numbers.slice(i * n, (i + 1) * n));
  diagonalise({ diagonal, below }, new Float64Array(0), n, 0);
  return diagonal;
}

function tridiagonaliseIn({ machine, buffer, header, scratch }: Workspace, matrix: Matrix, panel: Matrix, to: Matrix) {
  const n = matrix.rows;
  const words = jobWords({ buffer, header }, code.TRIDIAGONALISE);
  words[code.TRIDIAGONAL_ORDER] = n;
  words[code.TRIDIAGONAL_MATRIX] = matrix.at;
  words[code.TRIDIAGONAL_DIAGONAL] = to.at;
  words[code.TRIDIAGONAL_BELOW] = to.at + 8 * n;
  words[code.TRIDIAGONAL_TAU] = to.at + 16 * n;
  words[code.TRIDIAGONAL_PANEL] = panel.at;
  words[code.TRIDIAGONAL_SCRATCH] = scratch;
  machine.perform(header, 1, false);
}

/** Reflectors `first` to `first + count` of those that are the heads of the matrix's rows, the last entry of each a 1. */
interface Reflectors {
  readonly matrix: Matrix;
  readonly tau: Float64Array;
  readonly first: number;
  readonly count: number;
}

interface ReflectionRooms {
  readonly rows: Matrix;
  readonly panel: Matrix;
  readonly projected: Matrix;
  readonly weighted: Matrix;
  readonly block: Matrix;
}

/** rows ← rows·(H_last·…·H_first)ᵀ = rows − (rows·V)·Tᵀ·Vᵀ, V being the reflectors as columns. */
function reflectRows(space: Workspace, { matrix, tau, first, count }: Reflectors, rooms: ReflectionRooms): void {
  const { rows, panel, projected, weighted, block } = rooms;
  const n = matrix.rows;
  const length = first + count - 1;
  panel.numbers.fill(0, 0, count * n);
  for (let p = 0; p < count; p++) {
    const i = first + p;
    panel.numbers.set(matrix.numbers.subarray(i * n, i * n + i - 1), p * n);
    panel.numbers[p * n + i - 1] = 1;
  }
  const v = whole(panel);
  block.numbers.fill(0);
  addProduct(space, { m: count, k: length, n: count }, v, transposed(v), whole(block));
  triangle(block.numbers, tau.subarray(first, first + count));
  projected.numbers.fill(0);
  addProduct(space, { m: n, k: length, n: count }, whole(rows), transposed(v), whole(projected));
  weighted.numbers.fill(0);
  addProduct(space, { m: n, k: count, n: count }, whole(projected), transposed(whole(block)), whole(weighted));
  addProduct(space, { m: n, k: count, n: length }, whole(weighted), v, whole(rows), { negative: true });
}

/** Replaces VᵀV by the lower triangular T of H_last·…·H_first = 1 − V·T·Vᵀ. */
function triangle(block: Float64Array, tau: Float64Array): void {
  const width = together;
  for (let k = 0; k < tau.length; k++) {
    const overlaps = block.slice(k * width, k * width + k);
    block.fill(0, k * width, (k + 1) * width);
    for (let j = 0; j < k; j++) {
      let sum = 0;
      for (let l = j; l < k; l++) sum += overlaps[l] * block[l * width + j];
      block[k * width + j] = -tau[k] * sum;
    }
    block[k * width + k] = tau[k];
  }
}
