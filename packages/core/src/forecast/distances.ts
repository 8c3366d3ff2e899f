import { norm } from '../linalg/matrix.ts';
import { squaredDistance } from '../linalg/vector.ts';
import { residual } from '../model/loss.ts';

/** Share by which rounding may have changed a distance, at most: far more than it does. */
const slack = 1e-9;

/**
 * Distances of samples from places that follow one another, as of an optimiser's steps. Of most samples it is certain without
 * computing it that they are not among the nearest: none has come nearer than by what the place has moved.
 */
export class Distances {
  readonly #most: number;
  readonly #samples: Float64Array[] = [];
  /** A place with the distances of all samples from it. */
  #base: { readonly place: Float64Array; readonly away: Float64Array } | undefined;

  /** @param most - so many of the nearest samples are asked for. */
  constructor(most: number) {
    this.#most = most;
  }

  add(theta: Float64Array): void {
    this.#samples.push(theta);
    this.#base = undefined;
  }

  /** Distances of the first `count` samples; infinite where a sample is certainly none of the nearest ones of these. */
  from(place: Float64Array, count: number): Float64Array {
    const known = this.#base && this.#bounded(this.#base, place, count);
    if (known) return known;
    const away = Float64Array.from(this.#samples, (sample) => distanceOf(place, sample));
    this.#base = { place, away };
    return away.subarray(0, count);
  }

  /** The same from those at an earlier place; undefined where half of the samples or more may be near. */
  #bounded(base: { place: Float64Array; away: Float64Array }, place: Float64Array, count: number) {
    const before = base.away.subarray(0, count);
    const least = before.slice().sort()[Math.min(this.#most, count) - 1];
    // One of the nearest now was no further then than they were, but for what the place has moved since, once for each.
    const limit = (1 + slack) * (least + 2 * distanceOf(place, base.place));
    const isFar = (away: number) => away > limit;
    if (2 * before.filter(isFar).length <= count) return undefined;
    return before.map((away, k) => (isFar(away) ? Infinity : distanceOf(place, this.#samples[k])));
  }
}

function distanceOf(a: Float64Array, b: Float64Array): number {
  const square = squaredDistance(a, b);
  return Number.isFinite(square) ? Math.sqrt(square) : norm(residual(a, b));
}
