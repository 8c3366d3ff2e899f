import { dot, multiplyVector, norm } from './matrix.ts';

/** The tridiagonal matrix of k Lanczos vectors: its diagonal and what is beside it, the last of which leads out of it. */
export interface LanczosEntries {
  readonly diagonal: Float64Array;
  readonly beside: Float64Array;
}

/** Lanczos vectors of a matrix, orthonormal to rounding. */
export interface LanczosSteps {
  /** The entries of so many vectors, or of fewer where these span all there is. */
  extend(count: number): LanczosEntries;
  /** The first k vectors, one a row. */
  vectors(k: number): Float64Array;
}

/** The obvious way to the vectors. */
export class ReferenceLanczos implements LanczosSteps {
  readonly #matrix: Float64Array;
  readonly #vectors: Float64Array[];
  readonly #diagonal: number[] = [];
  readonly #beside: number[] = [];

  constructor(start: Float64Array, write: (lower: Float64Array) => void) {
    const n = start.length;
    this.#matrix = new Float64Array(n * n);
    write(this.#matrix);
    for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) this.#matrix[j * n + i] = this.#matrix[i * n + j];
    this.#vectors = [start];
  }

  extend(count: number): LanczosEntries {
    while (this.#diagonal.length < count && this.#beside.at(-1) !== 0) this.#step();
    return { diagonal: Float64Array.from(this.#diagonal), beside: Float64Array.from(this.#beside) };
  }

  #step(): void {
    const v = this.#vectors[this.#diagonal.length];
    const next = multiplyVector(this.#matrix, v, v.length, v.length);
    this.#diagonal.push(dot(v, 0, next, 0, v.length));
    // Once is not enough: what cancels leaves components of the order of rounding, which grow from vector to vector.
    for (let round = 0; round < 2; round++)
      for (const known of this.#vectors) {
        const overlap = dot(known, 0, next, 0, next.length);
        for (let i = 0; i < next.length; i++) next[i] -= overlap * known[i];
      }
    const length = norm(next);
    const left = length > Number.EPSILON * this.#diagonal[0];
    this.#beside.push(left ? length : 0);
    if (left) this.#vectors.push(next.map((entry) => entry / length));
  }

  vectors(k: number): Float64Array {
    const n = this.#vectors[0].length;
    const rows = new Float64Array(k * n);
    for (const [i, v] of this.#vectors.slice(0, k).entries()) rows.set(v, i * n);
    return rows;
  }
}
