import * as code from '../../wasm/codes.ts';
import { dot, gram, multiplyTransposed, multiplyVector, transposeMultiplyVector } from '../matrix.ts';
import { nameOf, type Room, roomFor } from './kept-matrices.ts';
import { jobWords, type Workspace } from './memory.ts';

/** Numbers from which a product gains more than the way to WebAssembly and back costs. */
const worthMoving = 2 ** 12;

/** Columns B_i that stand beside the matrices of a stack for a fit, at most as many as there are matrices, and their part of the vector. */
interface Beside {
  /** m × k × width: of each row those of all matrices. */
  readonly values: Float64Array;
  /** Length width. */
  readonly x: Float64Array;
}

/** How far a combination C of matrices with what is beside them takes a vector x from a target y, as {@link StackOfMatrices.fit} finds it. */
interface Fit {
  /** r = y − C·x, length m. */
  readonly residual: Float64Array;
  /** Cᵀ·r, length n + width. */
  readonly product: Float64Array;
  /** rᵀ·(A_i B_i)·x of each matrix, length k. */
  readonly overlaps: Float64Array;
}

/** Matrices A_1 … A_k of one shape, m × n, that many vectors are multiplied with. */
export interface StackOfMatrices {
  /** A_i·x for x of length n, one after the other: k × m. */
  times(x: Float64Array): Float64Array;
  /** The same for at most k vectors, the rows of `vectors`: k·m × count. */
  timesEach(vectors: Float64Array): Float64Array;
  /** Σ_i A_iᵀ·x_i for x of k × m: length n. */
  transposeTimes(x: Float64Array): Float64Array;
  /** Sums of the products of all entries of A_a and A_b, k × k. */
  products(): Float64Array;
  /** The fit of C = Σ_i shares_i·(A_i B_i) to y of length m: both products in one pass over the matrices. */
  fit(x: Float64Array, shares: Float64Array, y: Float64Array, beside: Beside): Fit;
}

/** A stack of matrices, a large one in WebAssembly's memory. */
export function stackOfMatrices(matrices: readonly Float64Array[], m: number, n: number): StackOfMatrices {
  return matrices.length * m * n < worthMoving ? plainStack(matrices, m, n) : fastStack(matrices, m, n);
}

/** The same without haste. */
export function plainStack(matrices: readonly Float64Array[], m: number, n: number): StackOfMatrices {
  const k = matrices.length;
  const all = new Float64Array(k * m * n);
  for (const [i, a] of matrices.entries()) all.set(a, i * m * n);
  return {
    times: (x) => multiplyVector(all, x, k * m, n),
    timesEach: (vectors) => multiplyTransposed(all, vectors, k * m, n, vectors.length / n),
    transposeTimes: (x) => transposeMultiplyVector(all, x, k * m, n),
    products: () => gram(all, k, m * n),
    fit(x, shares, y, { values, x: z }) {
      const images = multiplyVector(all, x, k * m, n);
      const near = multiplyVector(values, z, m * k, z.length);
      for (let row = 0; row < m; row++) for (let i = 0; i < k; i++) images[i * m + row] += near[row * k + i];
      const residual = y.slice();
      for (let i = 0; i < k * m; i++) residual[i % m] -= shares[Math.floor(i / m)] * images[i];
      const ofMatrix = images.map((_, i) => shares[Math.floor(i / m)] * residual[i % m]);
      const ofRow = near.map((_, i) => shares[i % k] * residual[Math.floor(i / k)]);
      return {
        residual,
        product: Float64Array.of(
          ...transposeMultiplyVector(all, ofMatrix, k * m, n),
          ...transposeMultiplyVector(values, ofRow, m * k, z.length),
        ),
        overlaps: shares.map((_, i) => dot(images, i * m, residual, 0, m)),
      };
    },
  };
}

/** In WebAssembly's memory, where matrices stay for the next stacks that have them: they do not change any more. */
export function fastStack(matrices: readonly Float64Array[], m: number, n: number): StackOfMatrices {
  const count = matrices.length;
  /** Where to compute, and where the matrices are. */
  const presentIn = (room: Room) => {
    const at = room.addressesOf(matrices);
    return { ...room.space, ...room.beside, room, at, changes: room.changes };
  };
  let last: ReturnType<typeof presentIn> | undefined;
  const present = () => {
    const room = roomFor(count, m, n);
    if (last?.room !== room || last.changes !== room.changes) last = presentIn(room);
    return last;
  };
  const vectorJob = (
    space: Workspace,
    at: readonly [matrix: number, factor: number, result: number],
    transposed: boolean,
  ) => {
    const words = jobWords(space, code.MATRIX_VECTOR);
    [words[code.VECTOR_MATRIX], words[code.VECTOR_FACTOR], words[code.VECTOR_RESULT]] = at;
    words[code.VECTOR_M] = m;
    words[code.VECTOR_N] = n;
    words[code.VECTOR_TRANSPOSED] = Number(transposed);
    space.machine.perform(space.header, 1, false);
  };
  /** Products of rows of one matrix with `others`, each `length` numbers. */
  const rowsJob = (
    space: Workspace,
    at: readonly [matrix: number, others: number, result: number],
    shape: { readonly rows: number; readonly length: number; readonly others: number },
  ) => {
    const words = jobWords(space, code.ROW_PRODUCTS);
    [words[code.ROWS_MATRIX], words[code.ROWS_OTHERS], words[code.ROWS_RESULT]] = at;
    words[code.ROWS_M] = shape.rows;
    words[code.ROWS_N] = shape.length;
    words[code.ROWS_COUNT] = shape.others;
    space.machine.perform(space.header, 1, false);
  };
  return {
    times(x) {
      const space = present();
      space.ofColumns.numbers.set(x);
      const images = new Float64Array(count * m);
      space.at.forEach((at, i) => {
        vectorJob(space, [at, space.ofColumns.at, space.ofRows.at], false);
        images.set(space.ofRows.numbers.subarray(0, m), i * m);
      });
      return images;
    },
    transposeTimes(x) {
      const space = present();
      const sum = space.ofColumns;
      sum.numbers.fill(0, 0, n);
      space.at.forEach((at, i) => {
        space.ofRows.numbers.set(x.subarray(i * m, (i + 1) * m));
        vectorJob(space, [at, space.ofRows.at, sum.at], true);
      });
      return sum.numbers.slice(0, n);
    },
    timesEach(vectors) {
      const others = vectors.length / n;
      const space = present();
      space.ofColumns.numbers.set(vectors);
      const images = new Float64Array(count * m * others);
      space.at.forEach((at, i) => {
        rowsJob(space, [at, space.ofColumns.at, space.ofRows.at], { rows: m, length: n, others });
        images.set(space.ofRows.numbers.subarray(0, m * others), i * m * others);
      });
      return images;
    },
    products() {
      const space = present();
      const all = new Float64Array(count * count);
      for (let a = 0; a < count; a++)
        for (let b = 0; b <= a; b++) {
          const computed = () => {
            rowsJob(space, [space.at[a], space.at[b], space.result.at], { rows: 1, length: m * n, others: 1 });
            return space.result.numbers[0];
          };
          all[a * count + b] = productOf(matrices[a], matrices[b], computed);
          all[b * count + a] = all[a * count + b];
        }
      return all;
    },
    fit(x, shares, y, beside) {
      const space = present();
      const { room, ofColumns, targets, ofMatrices, result } = space;
      const width = beside.x.length;
      room.putColumns(beside.values);
      ofColumns.numbers.set(x);
      ofColumns.numbers.set(beside.x, n);
      targets.numbers.set(y);
      ofMatrices.numbers.set(shares);
      new Uint32Array(space.buffer, space.list.at, count).set(space.at);
      const words = jobWords(space, code.FIT);
      words[code.FIT_MATRICES] = space.list.at;
      words[code.FIT_COUNT] = count;
      words[code.FIT_M] = m;
      words[code.FIT_N] = n;
      words[code.FIT_BESIDE] = space.columns.at;
      words[code.FIT_WIDTH] = width;
      words[code.FIT_FACTOR] = ofColumns.at;
      words[code.FIT_SHARES] = ofMatrices.at;
      words[code.FIT_TARGETS] = targets.at;
      words[code.FIT_RESIDUAL] = targets.at + 8 * m;
      words[code.FIT_PRODUCT] = result.at;
      words[code.FIT_OVERLAPS] = ofMatrices.at + 8 * count;
      words[code.FIT_SCRATCH] = ofMatrices.at + 16 * count;
      space.machine.perform(space.header, 1, false);
      return {
        residual: targets.numbers.slice(m),
        product: result.numbers.slice(0, n + width),
        overlaps: ofMatrices.numbers.slice(count, 2 * count),
      };
    },
  };
}

/** Sums of the products of all entries of two matrices, by the first and the name of the other one. */
const known = new WeakMap<Float64Array, Map<number, number>>();

/** That of two matrices, computed where it is not known: stacks along a path have most pairs in common. */
function productOf(a: Float64Array, b: Float64Array, computed: () => number): number {
  const ofOthers = known.get(a) ?? new Map<number, number>();
  known.set(a, ofOthers);
  const name = nameOf(b);
  const product = ofOthers.get(name) ?? computed();
  ofOthers.set(name, product);
  return product;
}
