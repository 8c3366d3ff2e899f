import * as code from '../../wasm/codes.ts';
import { defaultMachine } from '../../wasm/machine.ts';
import { dot, gram, multiplyTransposed, multiplyVector, transposeMultiplyVector } from '../matrix.ts';
import { jobWords, type Workspace, workspace } from './memory.ts';

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

/** Matrices A_1 … A_k of one shape, m × n, one below the other, that many vectors are multiplied with. */
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

/** In WebAssembly's memory, where the matrices stay until anything else is computed there. */
export function fastStack(matrices: readonly Float64Array[], m: number, n: number): StackOfMatrices {
  const count = matrices.length;
  const rows = count * m;
  let space: Workspace | undefined;
  let standing: Float64Array | undefined;
  /** The matrices are taken to memory again where something else was computed there since. */
  const present = (): Workspace => {
    if (space && defaultMachine.owner === space) return space;
    space = workspace([
      [rows, n],
      [rows, count],
      [count, n + count],
      [rows, count],
      [2, m],
      [1, n + count],
      [5, count],
    ]);
    for (const [i, a] of matrices.entries()) space.matrices[0].numbers.set(a, i * m * n);
    standing = undefined;
    defaultMachine.owner = space;
    return space;
  };
  const product = (x: Float64Array, transposed: boolean): Float64Array => {
    const { machine, buffer, header, matrices: places } = present();
    const [matrix, , ofColumns, ofRows] = places;
    const [factor, result] = transposed ? [ofRows, ofColumns] : [ofColumns, ofRows];
    factor.numbers.set(x);
    const words = jobWords({ buffer, header }, code.MATRIX_VECTOR);
    words[code.VECTOR_MATRIX] = matrix.at;
    words[code.VECTOR_M] = rows;
    words[code.VECTOR_N] = n;
    words[code.VECTOR_FACTOR] = factor.at;
    words[code.VECTOR_RESULT] = result.at;
    words[code.VECTOR_TRANSPOSED] = Number(transposed);
    machine.perform(header, 1, false);
    return result.numbers.slice(0, transposed ? n : rows);
  };
  /** Products of m rows of n numbers with `count` others, from where either begin. */
  const rowProducts = (at: readonly [left: number, right: number], shape: { m: number; n: number; count: number }) => {
    const { machine, buffer, header, matrices: places } = present();
    const result = places[3];
    const words = jobWords({ buffer, header }, code.ROW_PRODUCTS);
    words[code.ROWS_MATRIX] = at[0];
    words[code.ROWS_OTHERS] = at[1];
    words[code.ROWS_M] = shape.m;
    words[code.ROWS_N] = shape.n;
    words[code.ROWS_COUNT] = shape.count;
    words[code.ROWS_RESULT] = result.at;
    machine.perform(header, 1, false);
    return result.numbers.slice(0, shape.m * shape.count);
  };
  return {
    times: (x) => product(x, false),
    transposeTimes: (x) => product(x, true),
    timesEach(vectors) {
      const [matrix, , others] = present().matrices;
      others.numbers.set(vectors);
      return rowProducts([matrix.at, others.at], { m: rows, n, count: vectors.length / n });
    },
    products() {
      const [{ at }] = present().matrices;
      return rowProducts([at, at], { m: count, n: m * n, count });
    },
    fit(x, shares, y, beside) {
      const { machine, buffer, header, matrices: places } = present();
      const [matrix, columns, factor, , ofRows, result, ofMatrices] = places;
      const width = beside.x.length;
      if (standing !== beside.values) columns.numbers.set(beside.values);
      standing = beside.values;
      factor.numbers.set(x);
      factor.numbers.set(beside.x, n);
      ofRows.numbers.set(y);
      ofMatrices.numbers.set(shares);
      const words = jobWords({ buffer, header }, code.FIT);
      words[code.FIT_MATRICES] = matrix.at;
      words[code.FIT_COUNT] = count;
      words[code.FIT_M] = m;
      words[code.FIT_N] = n;
      words[code.FIT_BESIDE] = columns.at;
      words[code.FIT_WIDTH] = width;
      words[code.FIT_FACTOR] = factor.at;
      words[code.FIT_SHARES] = ofMatrices.at;
      words[code.FIT_TARGETS] = ofRows.at;
      words[code.FIT_RESIDUAL] = ofRows.at + 8 * m;
      words[code.FIT_PRODUCT] = result.at;
      words[code.FIT_OVERLAPS] = ofMatrices.at + 8 * count;
      words[code.FIT_SCRATCH] = ofMatrices.at + 16 * count;
      machine.perform(header, 1, false);
      return {
        residual: ofRows.numbers.slice(m),
        product: result.numbers.slice(0, n + width),
        overlaps: ofMatrices.numbers.slice(count, 2 * count),
      };
    },
  };
}
