import * as code from '../../wasm/codes.ts';
import { defaultMachine } from '../../wasm/machine.ts';
import { multiplyVector, transposeMultiplyVector } from '../matrix.ts';
import { type Workspace, workspace } from './memory.ts';

/** Numbers from which a product gains more than the way to WebAssembly and back costs. */
const worthMoving = 2 ** 12;

/** Matrices A_1 … A_k of one shape, m × n, one below the other, that many vectors are multiplied with. */
export interface StackOfMatrices {
  /** A_i·x for x of length n, one after the other: k × m. */
  times(x: Float64Array): Float64Array;
  /** Σ_i A_iᵀ·x_i for x of k × m: length n. */
  transposeTimes(x: Float64Array): Float64Array;
}

/** A stack of matrices, a large one in WebAssembly's memory. */
export function stackOfMatrices(matrices: readonly Float64Array[], m: number, n: number): StackOfMatrices {
  return matrices.length * m * n < worthMoving ? plainStack(matrices, m, n) : fastStack(matrices, m, n);
}

/** The same without haste. */
export function plainStack(matrices: readonly Float64Array[], m: number, n: number): StackOfMatrices {
  return {
    times(x) {
      const out = new Float64Array(matrices.length * m);
      matrices.forEach((a, i) => {
        out.set(multiplyVector(a, x, m, n), i * m);
      });
      return out;
    },
    transposeTimes(x) {
      const out = new Float64Array(n);
      matrices.forEach((a, i) => {
        const part = transposeMultiplyVector(a, x.subarray(i * m, (i + 1) * m), m, n);
        for (let j = 0; j < n; j++) out[j] += part[j];
      });
      return out;
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
    const words = new Uint32Array(buffer, header, code.JOB_HEADER);
    words[code.JOB_KIND] = code.MATRIX_VECTOR;
    words[code.JOB_THREAD_BYTES] = 0;
    words[code.VECTOR_MATRIX] = matrix.at;
    words[code.VECTOR_M] = rows;
    words[code.VECTOR_N] = n;
    words[code.VECTOR_FACTOR] = factor.at;
    words[code.VECTOR_RESULT] = result.at;
    words[code.VECTOR_TRANSPOSED] = Number(transposed);
    machine.perform(header, 1, false);
    return result.numbers.slice();
  };
  return { times: (x) => product(x, false), transposeTimes: (x) => product(x, true) };
}
