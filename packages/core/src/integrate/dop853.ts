import { norm } from '../linalg/matrix.ts';
import { cannotFollow } from './cannot-follow.ts';
import { denseWeights, errorOf3, errorOf5, extraStages, stages, step, type Weights } from './dop853-tableau.ts';

/** dx/dt of an autonomous system, into `out`. */
export type Slope = (x: Float64Array, out: Float64Array) => void;

/** What an integration asks the system it follows. */
export interface Observer {
  /** The end of a step: may put x back onto what is conserved, in place; false refuses the step. */
  accept(x: Float64Array): boolean;
  /** x at times[index], which may be changed; false refuses the step. A time of a refused step comes again. */
  record(index: number, x: Float64Array): boolean;
}

/** Follows x from t = 0 through ascending times; leaves x0 as it is. */
export type Follow = (
  x0: Float64Array,
  times: Float64Array,
  tolerance: number,
  observer: Observer,
) => { readonly steps: number; readonly evaluations: number };

/** Bounds on how much a step may grow or shrink, and the share of the largest promising step that is taken. */
const growth = { least: 0.3, most: 6, caution: 0.9 };
/** A step that has shrunk to this share of the time cannot be seen any more. */
const smallest = 1e-14;

/**
 * An integrator of dx/dt = f(x) for vectors of one size: Dormand and Prince's Runge-Kutta method of order 8 with error
 * estimates of orders 5 and 3 and an interpolant of order 7 (Hairer, Nørsett, Wanner, Solving Ordinary Differential
 * Equations I, 1993, §II.5 and II.6). It allocates when it is made, and not while it runs. The estimated error of a step
 * stays below `tolerance` in Euclidean norm.
 *
 * What it returns throws a InputError where the solution cannot be followed to the end.
 */
export function createIntegrator(f: Slope, size: number): Follow {
  const vectors = (count: number) => Array.from({ length: count }, () => new Float64Array(size));
  // The first slope, those of the stages, the one at the end, and those for the interpolant.
  const behind = stages.length + 1;
  const slopes = vectors(behind + 1 + extraStages.length);
  const dense = vectors(3 + denseWeights.length);
  const [x, next, probe, zero] = vectors(4);

  /** A step of length h from x to `next`; its error, of which 1 is allowed. */
  function attempt(h: number, tolerance: number): number {
    for (let s = 0; s < stages.length; s++) {
      combine(probe, x, slopes, stages[s], h);
      f(probe, slopes[s + 1]);
    }
    combine(next, x, slopes, step, h);
    return (h * errorPerTime(slopes)) / tolerance;
  }

  function prepareInterpolant(h: number): void {
    for (let s = 0; s < extraStages.length; s++) {
      combine(probe, x, slopes, extraStages[s], h);
      f(probe, slopes[behind + 1 + s]);
    }
    for (let i = 0; i < size; i++) {
      const change = next[i] - x[i];
      dense[0][i] = change;
      dense[1][i] = h * slopes[0][i] - change;
      dense[2][i] = 2 * change - h * (slopes[0][i] + slopes[behind][i]);
    }
    for (let s = 0; s < denseWeights.length; s++) combine(dense[3 + s], zero, slopes, denseWeights[s], h);
  }

  /** x at a share of the step, into `probe`. */
  function interpolate(share: number): void {
    const rest = 1 - share;
    const [c0, c1, c2, c3, c4, c5, c6] = dense;
    for (let i = 0; i < size; i++) {
      const high = c3[i] + share * (c4[i] + rest * (c5[i] + share * c6[i]));
      probe[i] = x[i] + share * (c0[i] + rest * (c1[i] + share * (c2[i] + rest * high)));
    }
  }

  return (x0, times, tolerance, observer) => {
    const end = times[times.length - 1] ?? 0;
    let [t, told, steps, evaluations] = [0, 0, 0, 1];
    x.set(x0);
    for (; told < times.length && times[told] <= 0; told++) {
      probe.set(x);
      observer.record(told, probe);
    }
    f(x, slopes[0]);
    let h = Math.min(end, firstStep(x, slopes[0], tolerance));
    let most = growth.most;

    /** Records the times of the step; false where one is refused. */
    const recorded = (from: number, to: number) => {
      for (let index = from; index < to; index++) {
        const share = Math.min(1, (times[index] - t) / h);
        if (share < 1) {
          if (index === from) prepareInterpolant(h);
          interpolate(share);
        } else probe.set(next);
        if (!observer.record(index, probe)) return false;
      }
      return true;
    };
    while (told < times.length) {
      if (!(h > smallest * end)) throw cannotFollow(t, end);
      const error = attempt(h, tolerance);
      evaluations += stages.length;
      let factor = growth.caution * error ** -0.125;
      if (error <= 1 && observer.accept(next)) {
        f(next, slopes[behind]);
        let upTo = told;
        const last = t + h >= end * (1 - smallest);
        while (upTo < times.length && (last || times[upTo] <= t + h)) upTo++;
        evaluations += 1 + (upTo > told ? extraStages.length : 0);
        if (recorded(told, upTo)) {
          told = upTo;
          t += h;
          steps++;
          x.set(next);
          slopes[0].set(slopes[behind]);
          h = Math.min(end - t, h * Math.min(most, Math.max(growth.least, factor)));
          most = growth.most;
          continue;
        }
      }
      // Refused for its error (NaN, from a step far too long, shrinks it too), or by the observer.
      if (error <= 1) factor = 0.5;
      h *= factor > growth.least ? factor : growth.least;
      most = 1;
    }
    return { steps, evaluations };
  };
}

/** A step over which x moves by about the eighth root of the tolerance, as its error has the eighth power. */
function firstStep(x: Float64Array, slope: Float64Array, tolerance: number): number {
  const speed = norm(slope);
  return speed > 0 ? (tolerance ** 0.125 * Math.max(tolerance, norm(x))) / speed : Number.POSITIVE_INFINITY;
}

/**
 * e₅²/√(e₅² + e₃²/100), with e₅ and e₃ the norms of the two errors, whose sums have the same terms: one pass over the slopes.
 */
function errorPerTime(slopes: readonly Float64Array[]): number {
  const [a, b, c, d, e, f, g, k] = Array.from(errorOf5.of, (s) => slopes[s]);
  const [a5, b5, c5, d5, e5, f5, g5, k5] = errorOf5.amounts;
  const [a3, b3, c3, d3, e3, f3, g3, k3] = errorOf3.amounts;
  let fifth = 0;
  let third = 0;
  for (let i = 0; i < a.length; i++) {
    const five = a5 * a[i] + b5 * b[i] + (c5 * c[i] + d5 * d[i]) + (e5 * e[i] + f5 * f[i]) + (g5 * g[i] + k5 * k[i]);
    const three = a3 * a[i] + b3 * b[i] + (c3 * c[i] + d3 * d[i]) + (e3 * e[i] + f3 * f[i]) + (g3 * g[i] + k3 * k[i]);
    fifth += five * five;
    third += three * three;
  }
  return fifth === 0 ? 0 : fifth / Math.sqrt(fifth + 0.01 * third);
}

/** out = base + h·Σ amount·slope, four slopes at a time. */
function combine(
  out: Float64Array,
  base: Float64Array,
  slopes: readonly Float64Array[],
  { of, amounts }: Weights,
  h: number,
): void {
  const size = out.length;
  let from = base;
  for (let s = 0; s < of.length; s += 4) {
    const left = of.length - s;
    const a = slopes[of[s]];
    const b = slopes[of[left > 1 ? s + 1 : s]];
    const c = slopes[of[left > 2 ? s + 2 : s]];
    const d = slopes[of[left > 3 ? s + 3 : s]];
    const ha = h * amounts[s];
    const hb = left > 1 ? h * amounts[s + 1] : 0;
    const hc = left > 2 ? h * amounts[s + 2] : 0;
    const hd = left > 3 ? h * amounts[s + 3] : 0;
    for (let i = 0; i < size; i++) out[i] = from[i] + (ha * a[i] + hb * b[i]) + (hc * c[i] + hd * d[i]);
    from = out;
  }
}
