import { dot, norm, transposeMultiplyVector } from '../linalg/matrix.ts';
import { scaled } from '../linalg/vector.ts';
import { residual } from '../model/loss.ts';
import type { Evaluation } from '../optimize/objective.ts';
import { deviation, fitFromProcess, fromProcess, inRadians, largestChange, toProcess } from './coordinates.ts';
import { Distances } from './distances.ts';
import type { OutputSpace } from './output-space.ts';
import { type ModelFit, type ModelPoint, processThrough, type Sample } from './process.ts';
import { RowSpace } from './row-space.ts';
import type { PathSystem } from './system.ts';

/** The network at θ with the training loss there and, where a model led to it, how far that was off. */
export interface RatedSample {
  readonly theta: Float64Array;
  /** Outputs of all training rows. */
  readonly f: Float64Array;
  readonly taken: Sample;
  readonly at: Evaluation;
  /** |f − f̂|/|y − f|; null where there was no model. */
  readonly mismatch: number | null;
}

/** A model of a network: f̂ and Ĵᵀv at θ, and both for v = y − f̂. */
export interface Model {
  at(theta: Float64Array): Pick<ModelPoint, 'f' | 'vectorJacobian'>;
  fit(theta: Float64Array): ModelFit;
}

/** Samples further than the nearest one by so much (rad) weigh nothing: exp(−40²/2ℓ²) < 10⁻²¹ for every ℓ that there is. */
const reach = 40;

const none = new Float64Array(0);

/** What is known of a network: all samples of it so far, and models through those nearest to a θ. */
export class Samples {
  readonly all: RatedSample[] = [];
  readonly #system: PathSystem;
  readonly #through: number;
  /** Models by the samples they go through. */
  readonly #models = new Map<string, Model>();
  /** The samples as processes take them, in coordinates of the space of their rows as it is known today. */
  #known: Sample[] = [];
  #space: OutputSpace | undefined;
  readonly #distances: Distances;
  /** Those from the θ that was asked for last, radians. */
  #away: { readonly place: Float64Array; readonly away: Float64Array } = { place: none, away: none };

  /**
   * @param through - samples that a model goes through.
   */
  constructor(system: PathSystem, through: number) {
    this.#system = system;
    this.#through = through;
    this.#distances = new Distances(through);
  }

  /**
   * f and J of the training rows at θ.
   *
   * @param model - what led there; none at the start.
   */
  take(theta: Float64Array, model?: Model): RatedSample {
    const sample = this.measured(theta);
    const left = norm(residual(this.#system.y, sample.f));
    const mismatch = model && left > 0 ? norm(residual(sample.f, model.at(theta).f)) / left : null;
    return this.keep({ ...sample, mismatch });
  }

  /** f and J of the training rows at θ, which models do not know. */
  measured(theta: Float64Array): RatedSample {
    const { y, spanned } = this.#system;
    const taken = this.#system.sample(theta);
    const { J, rows, columns } = taken;
    const f = spanned ? spanned.all(taken.f) : taken.f;
    const r = residual(y, f);
    const product = transposeMultiplyVector(J, spanned ? spanned.gathered(r) : r, rows, columns);
    return { theta: taken.theta, f, taken, at: this.#evaluation({ residual: r, product }), mismatch: null };
  }

  /** From now on models know it. */
  keep(sample: RatedSample): RatedSample {
    this.all.push(sample);
    const taken = toProcess(this.#system.coordinates, sample.taken);
    this.#space ??= this.#system.spanned ?? new RowSpace(taken);
    const space = this.#space;
    this.#known.push(space.coordinates(taken));
    this.#distances.add(taken.theta);
    this.#known = this.#known.map((known) => space.widened(known));
    return this.all[this.all.length - 1];
  }

  /** The model through the samples nearest to θ, of the first `count` ones. */
  modelNear(theta: Float64Array, count: number = this.all.length): Model {
    const { coordinates } = this.#system;
    const nearest = nearestOf(this.#distancesFrom(theta, count), this.#through);
    const key = nearest.join();
    const known = this.#models.get(key);
    if (known) return known;
    const space = this.#space as OutputSpace;
    const process = processThrough(
      nearest.map((k) => this.#known[k]),
      { rows: this.#system.y.length },
    );
    const ofRows = space.ofRows(process);
    const model = {
      at: (at: Float64Array) => fromProcess(coordinates, ofRows, at),
      fit: (at: Float64Array) => fitFromProcess(coordinates, ofRows, at, this.#system.y),
    };
    this.#models.set(key, model);
    return model;
  }

  /**
   * Training loss and its gradient by a model.
   *
   * @param weights - what each row counts; 1 where left out.
   */
  expected(model: Model, theta: Float64Array, weights?: Float64Array): Evaluation {
    if (!weights) return this.#evaluation(model.fit(theta));
    const { f, vectorJacobian } = model.at(theta);
    const r = residual(this.#system.y, f);
    const weighted = r.map((value, row) => weights[row] * value);
    return this.#evaluation({ residual: r, product: vectorJacobian(weighted) }, weighted);
  }

  /**
   * |f − f̂| of the model at θ, by the true outputs there, over what is left of the labels or what changed from the start,
   * whichever is less; that counts as at least a share of the labels' deviation.
   */
  wrongAt(theta: Float64Array, leastShare: number): number {
    const { y, train } = this.#system;
    const f = train(theta);
    const off = norm(residual(f, this.modelNear(theta).at(theta).f));
    const least = leastShare * deviation(y) * Math.sqrt(y.length);
    const scale = Math.max(Math.min(norm(residual(y, f)), norm(residual(f, this.all[0].f))), least);
    return scale > 0 ? off / scale : 0;
  }

  /** Euclidean distance from the nearest sample, radians. */
  distance(theta: Float64Array): number {
    return this.#distancesFrom(theta, this.all.length).reduce((least, away) => Math.min(least, away), Infinity);
  }

  /** Those from the nearest of the first `count` samples, infinite from others; of one θ several questions are asked one after the other. */
  #distancesFrom(theta: Float64Array, count: number): Float64Array {
    const { place, away } = this.#away;
    if (place === theta && away.length === count) return away;
    this.#away = {
      place: theta,
      away: this.#distances.from(inRadians(this.#system.coordinates, theta), count),
    };
    return this.#away.away;
  }

  /** Largest change of a parameter, radians. */
  change(a: Float64Array, b: Float64Array): number {
    return largestChange(this.#system.coordinates, a, b);
  }

  /** From r, Jᵀ·(weights∘r) and weights∘r, which is r where left out. */
  #evaluation({ residual: r, product }: ModelFit, weighted: Float64Array = r): Evaluation {
    const { weight } = this.#system;
    return { loss: (weight / 2) * dot(r, 0, weighted, 0, r.length), gradient: scaled(product, -weight) };
  }
}

/** Places of the `most` least distances in ascending order of place, without those that are out of reach. */
function nearestOf(distances: Float64Array, most: number): number[] {
  const found: number[] = [];
  for (let k = 0; k < distances.length; k++) {
    let at = found.length;
    while (at > 0 && distances[found[at - 1]] > distances[k]) at--;
    if (at >= most) continue;
    found.splice(at, 0, k);
    if (found.length > most) found.pop();
  }
  return found.filter((k) => distances[k] - distances[found[0]] <= reach).sort((a, b) => a - b);
}
