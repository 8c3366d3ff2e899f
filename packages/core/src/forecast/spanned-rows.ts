import type { SpanningPoints } from '../certificate/spanning-points.ts';
import { multiply, transpose, transposeMultiply } from '../linalg/matrix.ts';
import { factorFast, formQFast } from '../linalg/wasm/svd.ts';
import { modelOfRows, type OutputSpace } from './output-space.ts';
import type { NetworkModel, Sample } from './process.ts';

/** All rows of a network as combinations of those of few points, which samples have: their space is known beforehand. */
export class SpannedRows implements OutputSpace {
  readonly #weights: Float64Array;
  readonly #few: number;
  readonly #shape: { readonly points: number; readonly outputs: number };
  /** Orthonormal, few × points. */
  readonly #basis: Float64Array;
  /** What the few are in that basis. */
  readonly #inBasis: Float64Array;

  constructor({ points, weights }: SpanningPoints, outputs: number) {
    const [all, few] = [weights.length / points.length, points.length];
    this.#weights = weights;
    this.#few = few;
    this.#shape = { points: all, outputs };
    this.#basis = transpose(weights, all, few);
    const { tau } = factorFast(this.#basis, all, few);
    formQFast(this.#basis, tau, all, few);
    this.#inBasis = multiply(this.#basis, weights, few, all, few);
  }

  /** Numbers of the few points, any of each, for all. */
  all(values: Float64Array): Float64Array {
    return multiply(this.#weights, values, this.#shape.points, this.#few, values.length / this.#few);
  }

  /** v of the few rows with J_allᵀ·v_all = J_fewᵀ·v, for v_all of all rows. */
  gathered(v: Float64Array): Float64Array {
    return transposeMultiply(this.#weights, v, this.#shape.points, this.#few, this.#shape.outputs);
  }

  coordinates({ theta, f, J, rows, columns }: Sample): Sample {
    const inBasis = (values: Float64Array) =>
      multiply(this.#inBasis, values, this.#few, this.#few, values.length / this.#few);
    return { theta, f: inBasis(f), J: inBasis(J), rows, columns };
  }

  widened(sample: Sample): Sample {
    return sample;
  }

  ofRows(model: NetworkModel): Pick<NetworkModel, 'at' | 'fit'> {
    return modelOfRows(model, this.#basis, this.#shape);
  }
}
