import * as code from '../../wasm/codes.ts';
import { defaultMachine } from '../../wasm/machine.ts';
import { dot, multiplyVector, transposeMultiplyVector } from '../matrix.ts';
import { jobWords, type Workspace, workspace } from './memory.ts';

/** Numbers from which a product gains more than the way to WebAssembly and back costs. */
const worthMoving = 2 ** 12;

/** How far a combination C of matrices takes a vector x from a target y, as {@link StackOfMatrices.fit} finds it. */
interface Fit {
  /** r = y − C·x, length m. */
  readonly residual: Float64Array;
  /** Cᵀ·r, length n. */
  readonly product: Float64Array;
  /** rᵀ·A_i·x of each matrix, length k. */
  readonly overlaps: Float64Array;
}

/** Matrices A_1 … A_k of one shape, m × n, one below the other, that many vectors are multiplied with. */
export interface StackOfMatrices {
  /** A_i·x for x of length n, one after the other: k × m. */
  times(x: Float64Array): Float64Array;
  /** Σ_i A_iᵀ·x_i for x of k × m: length n. */
  transposeTimes(x: Float64Array): Float64Array;
  /** The fit of C = Σ_i shares_i·A_i to y of length m: both products in one pass over the matrices. */
  fit(x: Float64Array, shares: Float64Array, y: Float64Array): Fit;
}

/** A stack of matrices, a large one in WebAssembly's memory. */
export function stackOfMatrices(matrices: readonly Float64Array[], m: number, n: number): StackOfMatrices {
  return matrices.length * m * n < worthMoving ? plainStack(matrices, m, n) : fastStack(matrices, m, n);
}

/** The same without haste. */
export function plainStack(matrices: readonly Float64Array[], m: number, n: number): StackOfMatrices {
  const times = (x: Float64Array) => {
    const out = new Float64Array(matrices.length * m);
    matrices.forEach((a, i) => {
      out.set(multiplyVector(a, x, m, n), i * m);
    });
    return out;
  };
  const transposeTimes = (x: Float64Array) => {
    const out = new Float64Array(n);
    matrices.forEach((a, i) => {
      const part = transposeMultiplyVector(a, x.subarray(i * m, (i + 1) * m), m, n);
      for (let j = 0; j < n; j++) out[j] += part[j];
    });
    return out;
  };
  return {
    times,
    transposeTimes,
    fit(x, shares, y) {
      const images = times(x);
      const residual = y.slice();
      for (let k = 0; k < images.length; k++) residual[k % m] -= shares[Math.floor(k / m)] * images[k];
      return {
        residual,
        product: transposeTimes(images.map((_, k) => shares[Math.floor(k / m)] * residual[k % m])),
        overlaps: shares.map((_, i) => dot(images, i * m, residual, 0, m)),
      };
    },
  };
}

/** In WebAssembly's memory, where the matrices stay until anything else is computed there. */
export function fastStack(matrices: readonly Float64Array[], m: number, n: number): StackOfMatrices {
  const rows = matrices.length * m;
  let space: Workspace | undefined;
  /** The matrices are taken to memory again where something else was computed there since. */
  const present = (): Workspace => {
    if (space && defaultMachine.owner === space) return space;
    space = workspace([
      [rows, n],
      [1, rows],
      [1, n],
      [2, m],
      [1, n],
      [4, matrices.length],
    ]);
    for (const [i, a] of matrices.entries()) space.matrices[0].numbers.set(a, i * m * n);
    defaultMachine.owner = space;
    return space;
  };
  const product = (x: Float64Array, transposed: boolean): Float64Array => {
    const { machine, buffer, header, matrices: places } = present();
    const [matrix, ofRows, ofColumns] = places;
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
    return result.numbers.slice();
  };
  const fit = (x: Float64Array, shares: Float64Array, y: Float64Array): Fit => {
    const { machine, buffer, header, matrices: places } = present();
    const [matrix, , ofColumns, ofRows, result, ofMatrices] = places;
    const count = matrices.length;
    ofColumns.numbers.set(x);
    ofRows.numbers.set(y);
    ofMatrices.numbers.set(shares);
    const words = jobWords({ buffer, header }, code.FIT);
    words[code.FIT_MATRICES] = matrix.at;
    words[code.FIT_COUNT] = count;
    words[code.FIT_M] = m;
    words[code.FIT_N] = n;
    words[code.FIT_FACTOR] = ofColumns.at;
    words[code.FIT_SHARES] = ofMatrices.at;
    words[code.FIT_TARGETS] = ofRows.at;
    words[code.FIT_RESIDUAL] = ofRows.at + 8 * m;
    words[code.FIT_PRODUCT] = result.at;
    words[code.FIT_OVERLAPS] = ofMatrices.at + 8 * count;
    words[code.FIT_SCRATCH] = ofMatrices.at + 16 * count;
    machine.perform(header, 1, false);
    return {
      residual: ofRows.numbers.slice(m),
      product: result.numbers.slice(),
      overlaps: ofMatrices.numbers.slice(count, 2 * count),
    };
  };
  return { times: (x) => product(x, false), transposeTimes: (x) => product(x, true), fit };
}
