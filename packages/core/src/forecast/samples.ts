import { norm, transposeMultiplyVector } from '../linalg/matrix.ts';
import { residual } from '../model/loss.ts';
import type { Evaluation } from '../optimize/objective.ts';
import { type NetworkModel, processThrough, type Sample } from './process.ts';
import type { PathSystem } from './system.ts';

/** A sample with the training loss there and, but for the first, how far the model before it was off. */
export interface RatedSample extends Sample {
  readonly at: Evaluation;
  /** |f − f̂|/|y − f|; null where there was no model. */
  readonly mismatch: number | null;
}

/** What is known of a network: all samples of it so far, and models through those nearest to a θ. */
export class Samples {
  readonly all: RatedSample[] = [];
  readonly #system: PathSystem;
  readonly #through: number;
  readonly #length: number | undefined;
  /** Models by the samples they go through. */
  readonly #models = new Map<string, NetworkModel>();

  /**
   * @param through - samples that a model goes through.
   * @param length - its length scale, radians; by likelihood where left out.
   */
  constructor(system: PathSystem, through: number, length?: number) {
    this.#system = system;
    this.#through = through;
    this.#length = length;
  }

  /** f and J of the training rows at θ. */
  take(theta: Float64Array): RatedSample {
    const expected = this.all.length > 0 ? this.modelNear(theta).at(theta).f : undefined;
    const sample = this.#system.sample(theta);
    const { f, J, rows, columns } = sample;
    const at = this.#evaluation(f, (r) => transposeMultiplyVector(J, r, rows, columns));
    const left = norm(residual(this.#system.y, f));
    const mismatch = expected && left > 0 ? norm(residual(f, expected)) / left : null;
    this.all.push({ ...sample, at, mismatch });
    return this.all[this.all.length - 1];
  }

  /** The model through the samples nearest to θ, of the first `count` ones. */
  modelNear(theta: Float64Array, count: number = this.all.length): NetworkModel {
    const nearest = this.all
      .slice(0, count)
      .map((sample, k) => ({ k, away: norm(residual(theta, sample.theta)) }))
      .sort((a, b) => a.away - b.away)
      .slice(0, this.#through)
      .map(({ k }) => k)
      .sort((a, b) => a - b);
    const key = nearest.join();
    const known = this.#models.get(key);
    if (known) return known;
    const model = processThrough(
      nearest.map((k) => this.all[k]),
      this.#length,
    );
    this.#models.set(key, model);
    return model;
  }

  /**
   * Training loss and its gradient by a model.
   *
   * @param weights - what each row counts; 1 where left out.
   */
  expected(model: NetworkModel, theta: Float64Array, weights?: Float64Array): Evaluation {
    const { f, vectorJacobian } = model.at(theta);
    return this.#evaluation(f, vectorJacobian, weights);
  }

  /** Largest change of a parameter from the sample where that is least. */
  distance(theta: Float64Array, count: number = this.all.length): number {
    return this.all
      .slice(0, count)
      .reduce((least, sample) => Math.min(least, largestChange(sample.theta, theta)), Infinity);
  }

  #evaluation(f: Float64Array, vectorJacobian: (r: Float64Array) => Float64Array, weights?: Float64Array): Evaluation {
    const { y, weight } = this.#system;
    const r = residual(y, f);
    const weighted = weights ? r.map((value, row) => weights[row] * value) : r;
    const loss = (weight / 2) * r.reduce((sum, value, row) => sum + value * weighted[row], 0);
    return { loss, gradient: vectorJacobian(weighted).map((value) => -weight * value) };
  }
}

/** Largest |a_i − b_i|. */
export function largestChange(a: Float64Array, b: Float64Array): number {
  let most = 0;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs(a[i] - b[i]));
  return most;
}
