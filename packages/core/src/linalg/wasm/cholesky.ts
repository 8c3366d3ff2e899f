import * as code from '../../wasm/codes.ts';
import { type Cholesky, notPositive } from '../plain-cholesky.ts';
import { jobWords, type Operand, transposed, type Workspace, whole, workspace } from './memory.ts';
import { addProduct, type ProductShape } from './product.ts';

/** Orders up to which a block is factored, and equations with it are solved, without products. */
const [factored, solved] = [32, 128];
/** Multiplications from which another thread gains more than it costs. */
const worthSharing = 2 ** 17;

/**
 * The factor that `cholesky` of ../cholesky.ts finds: halves, the equations between them, and a product (Golub and Van Loan,
 * §4.2.6); nearly all work is products of matrices.
 *
 * @throws RangeError where a pivot is not positive.
 */
export function choleskyFast(a: Float64Array, n: number): Cholesky {
  const space = workspace([[n, n]]);
  const [matrix] = space.matrices;
  matrix.numbers.set(a);
  const failed = factorIn(space, whole(matrix), n);
  if (failed !== undefined) throw notPositive(failed, matrix.numbers[failed * (n + 1)]);
  const L = matrix.numbers.slice();
  for (let i = 0; i < n; i++) L.fill(0, i * n + i + 1, (i + 1) * n);
  return { n, L };
}

/** X of A·X = B for B (n × columns), as `choleskySolve` of ../cholesky.ts. */
export function choleskySolveFast({ n, L }: Cholesky, b: Float64Array, columns: number): Float64Array {
  const space = workspace([
    [n, n],
    [n, columns],
  ]);
  const [matrix, right] = space.matrices;
  matrix.numbers.set(L);
  right.numbers.set(b);
  const sides = { l: whole(matrix), n, b: whole(right), columns };
  solveIn(space, sides, false);
  solveIn(space, sides, true);
  return right.numbers.slice();
}

/** Factors a block in place; gives the place of the first pivot that is not positive, undefined where all are. */
function factorIn(space: Workspace, a: Operand, n: number): number | undefined {
  if (n <= factored) return factorBlock(space, a, n);
  const first = halfOf(n);
  const failed = factorIn(space, a, first);
  if (failed !== undefined) return failed;
  const below = part(a, first, 0);
  const rest = n - first;
  // X·Lᵀ = B is L·Xᵀ = Bᵀ.
  solveIn(space, { l: a, n: first, b: transposed(below), columns: rest }, false);
  const corner = part(a, first, first);
  const shape = { m: rest, k: first, n: rest };
  addProduct(space, shape, below, transposed(below), corner, { negative: true, lower: true });
  const next = factorIn(space, corner, rest);
  return next === undefined ? undefined : first + next;
}

function factorBlock({ machine, buffer, header }: Workspace, a: Operand, n: number): number | undefined {
  const words = jobWords({ buffer, header }, code.CHOLESKY);
  words[code.CHOLESKY_MATRIX] = a.at;
  words[code.CHOLESKY_ROW] = a.row;
  words[code.CHOLESKY_ORDER] = n;
  machine.perform(header, 1, false);
  const failed = words[code.CHOLESKY_RESULT];
  return failed === 0 ? undefined : failed - 1;
}

/** Equations with a triangle L of order n: right-hand sides b, n × columns, one of its strides 8 bytes. */
interface Sides {
  readonly l: Operand;
  readonly n: number;
  readonly b: Operand;
  readonly columns: number;
}

/** X of L·X = B, or of Lᵀ·X = B, in the place of B. */
function solveIn(space: Workspace, sides: Sides, upper: boolean): void {
  const { l, n, b, columns } = sides;
  if (n <= solved) {
    solveBlock(space, sides, upper);
    return;
  }
  const first = halfOf(n);
  const top = { l, n: first, b, columns };
  const bottom = { l: part(l, first, first), n: n - first, b: part(b, first, 0), columns };
  const between = part(l, first, 0);
  if (upper) {
    solveIn(space, bottom, upper);
    subtract(space, { m: first, k: n - first, n: columns }, transposed(between), bottom.b, b);
    solveIn(space, top, upper);
  } else {
    solveIn(space, top, upper);
    subtract(space, { m: n - first, k: first, n: columns }, between, b, bottom.b);
    solveIn(space, bottom, upper);
  }
}

function solveBlock({ machine, buffer, header, scratch }: Workspace, { l, n, b, columns }: Sides, upper: boolean) {
  const words = jobWords({ buffer, header }, code.TRIANGLE);
  words[code.JOB_THREAD_BYTES] = code.PACKING_BYTES;
  words[code.JOB_ITEM_BYTES] = 0;
  words[code.TRIANGLE_MATRIX] = l.at;
  words[code.TRIANGLE_ROW] = l.row;
  words[code.TRIANGLE_ORDER] = n;
  words[code.TRIANGLE_TRANSPOSED] = Number(upper);
  words[code.TRIANGLE_RIGHT] = b.at;
  words[code.TRIANGLE_RIGHT_ROW] = b.row;
  words[code.TRIANGLE_RIGHT_COLUMN] = b.column;
  words[code.TRIANGLE_COLUMNS] = columns;
  words[code.TRIANGLE_SCRATCH] = scratch;
  const items = Math.ceil(columns / code.TRIANGLE_ITEM);
  machine.perform(header, items, items > 1 && (n * n * columns) / 2 > worthSharing);
}

/** C ← C − A·B, whichever stride of C is 8 bytes. */
function subtract(space: Workspace, { m, k, n }: ProductShape, a: Operand, b: Operand, c: Operand): void {
  if (c.column === 8) addProduct(space, { m, k, n }, a, b, c, { negative: true });
  else addProduct(space, { m: n, k, n: m }, transposed(b), transposed(a), transposed(c), { negative: true });
}

/** What begins at an entry of an operand. */
const part = ({ at, row, column }: Operand, i: number, j: number): Operand => ({
  at: at + i * row + j * column,
  row,
  column,
});

/** About half, in whole strips. */
const halfOf = (n: number): number => 8 * Math.ceil(n / 16);
