import { InputError } from '../errors.ts';
import { norm } from '../linalg/matrix.ts';
import { type Work, withEvents } from '../progress.ts';
import type { Tableau, Weights } from './tableau.ts';

/** dx/dt of an autonomous system, into `out`. */
export type Slope = (x: Float64Array, out: Float64Array) => void;

/** What an integration asks the system it follows. */
export interface Observer {
  /**
   * The end of a step: may put x back onto what is conserved, in place, where the method does not need the slope at the end
   * for its error; false refuses the step.
   */
  accept(x: Float64Array): boolean;
  /** x at times[index], which may be changed; false refuses the step. A time of a refused step comes again. */
  record(index: number, x: Float64Array): boolean;
}

/**
 * Follows x from t = 0 through ascending times; leaves x0 as it is. Events count evaluations of the slope: those to come as
 * many as steps of the present length would take. A second run begins when the first has ended.
 */
export type Follow = (
  x0: Float64Array,
  times: Float64Array,
  tolerance: number,
  observer: Observer,
) => Work<{ readonly steps: number; readonly evaluations: number }>;

/** Between which events come: an event costs little, but more than an evaluation of a few numbers. */
export type Pieces = 'steps' | 'evaluations';

/** A step that has shrunk to this share of the time cannot be seen any more: the solution ends in a pole. */
const smallest = 1e-14;

/**
 * An integrator of dx/dt = f(x) for vectors of one size by an explicit Runge-Kutta method with step control. It allocates
 * when it is made, and not while it runs. The estimated error of a step stays below `tolerance` times the largest of 1 and
 * ‖x‖, in Euclidean norm.
 *
 * What it returns throws an InputError where the solution cannot be followed to the end, or is not finite.
 */
export function createIntegrator(tableau: Tableau, f: Slope, size: number, pieces: Pieces = 'steps'): Follow {
  const { growth, power } = tableau;
  const step = createStep(tableau, f, size);
  const { x, next, slopes, probe, end } = step;

  return function* (x0, times, tolerance, observer) {
    const last = times[times.length - 1] ?? 0;
    let [t, told, steps, evaluations] = [0, 0, 0, 1];
    x.set(x0);
    for (; told < times.length && times[told] <= 0; told++) {
      probe.set(x);
      observer.record(told, probe);
    }
    f(x, slopes[0]);
    let h = Math.min(last, firstStep(tableau, x, slopes[0], tolerance));
    let most = growth.most;
    const event = (inStep = 0) => {
      const left = Math.ceil((last - t) / h) * (step.attemptEvaluations + step.finishEvaluations);
      return { label: 'evaluations', done: evaluations + inStep, total: evaluations + left };
    };

    /** Records the times of the step; false where one is refused. */
    function* recorded(from: number, to: number): Generator<undefined, boolean> {
      for (let index = from; index < to; index++) {
        const share = Math.min(1, (times[index] - t) / h);
        if (share < 1) {
          if (index === from) step.prepareInterpolant(h);
          step.interpolate(share);
        } else probe.set(next);
        if (!observer.record(index, probe)) return false;
        if (pieces === 'evaluations') yield;
      }
      return true;
    }
    while (told < times.length) {
      if (!(h > smallest * last)) throw cannotFollow(t, last);
      yield event();
      const error = (yield* withEvents(step.attempt(h, pieces), event)) / (tolerance * Math.max(1, norm(x)));
      evaluations += step.attemptEvaluations;
      let factor = growth.caution * error ** (-1 / power);
      if (error <= 1 && observer.accept(next)) {
        step.finish();
        evaluations += step.finishEvaluations;
        let upTo = told;
        const isLast = t + h >= last * (1 - smallest);
        while (upTo < times.length && (isLast || times[upTo] <= t + h)) upTo++;
        if (upTo > told) evaluations += tableau.extraStages.length;
        if (yield* withEvents(recorded(told, upTo), () => event())) {
          told = upTo;
          t += h;
          steps++;
          x.set(next);
          slopes[0].set(slopes[end]);
          h = Math.min(last - t, h * Math.min(most, Math.max(growth.least, factor)));
          most = growth.most;
          continue;
        }
      }
      // Refused for its error (NaN, from a step far too long, shrinks it too), or by the observer.
      if (error <= 1) factor = 0.5;
      h *= factor > growth.least ? factor : growth.least;
      most = growth.afterRefusal;
    }
    return { steps, evaluations };
  };
}

/** The steps have become too short to be seen: the solution ends in a pole, or is far too fast for the time asked for. */
function cannotFollow(t: number, end: number): InputError {
  return new InputError({
    where: 'times',
    found: `an end at t = ${end}`,
    expected: `an earlier one: the solution cannot be followed beyond t = ${t} of ${end}`,
  });
}

/** A step over which x moves by about a root of the tolerance, as its error has that power. */
function firstStep({ power, firstShare }: Tableau, x: Float64Array, slope: Float64Array, tolerance: number): number {
  const speed = norm(slope);
  return speed > 0 ? (firstShare * tolerance ** (1 / power) * Math.max(1, norm(x))) / speed : Number.POSITIVE_INFINITY;
}

/** Single steps and what is between their ends, in memory of their own. */
function createStep({ stages, step, errors, extraStages, interpolant }: Tableau, f: Slope, size: number) {
  const vectors = (count: number) => Array.from({ length: count }, () => new Float64Array(size));
  const end = stages.length + 1;
  const slopes = vectors(end + 1 + extraStages.length);
  const dense = vectors(3 + interpolant.length);
  const [x, next, probe, zero] = vectors(4);
  const terms = [x, ...dense];
  const needsEnd = errors.some(({ of }) => of.includes(end));
  const errorNorm = (weights: Weights, h: number) => {
    combine(probe, zero, slopes, weights, h);
    return norm(probe);
  };

  return {
    x,
    next,
    /** Where values between the ends are put. */
    probe,
    slopes,
    /** Number of the slope at the end. */
    end,
    attemptEvaluations: stages.length + Number(needsEnd),
    /** Evaluations that the end of an accepted step takes. */
    finishEvaluations: Number(!needsEnd),
    /** A step of length h from x to `next`; its error. Tells how many evaluations are done. */
    *attempt(h: number, pieces: Pieces): Generator<number, number> {
      for (let s = 0; s < stages.length; s++) {
        combine(probe, x, slopes, stages[s], h);
        f(probe, slopes[s + 1]);
        if (pieces === 'evaluations') yield s + 1;
      }
      combine(next, x, slopes, step, h);
      if (needsEnd) f(next, slopes[end]);
      const first = errorNorm(errors[0], h);
      if (errors.length < 2 || first === 0) return first;
      const second = errorNorm(errors[1], h);
      return (first * first) / Math.sqrt(first * first + 0.01 * second * second);
    },
    /** Takes the slope at the end, where that has not been done. */
    finish(): void {
      if (!needsEnd) f(next, slopes[end]);
    },
    prepareInterpolant(h: number): void {
      for (let s = 0; s < extraStages.length; s++) {
        combine(probe, x, slopes, extraStages[s], h);
        f(probe, slopes[end + 1 + s]);
      }
      const [change, bend, twist] = dense;
      for (let i = 0; i < size; i++) {
        change[i] = next[i] - x[i];
        bend[i] = h * slopes[0][i] - change[i];
        twist[i] = 2 * change[i] - h * (slopes[0][i] + slopes[end][i]);
      }
      for (let s = 0; s < interpolant.length; s++) combine(dense[3 + s], zero, slopes, interpolant[s], h);
    },
    /** x at a share s of the step, into `probe`: x + s(d₀ + (1 − s)(d₁ + s(d₂ + (1 − s)(d₃ + …)))), two terms at a time. */
    interpolate(share: number): void {
      const rest = 1 - share;
      let k = terms.length - 2;
      let inner = terms[k + 1];
      if (k % 2 === 0) {
        const outer = terms[k--];
        for (let i = 0; i < size; i++) probe[i] = outer[i] + share * inner[i];
        inner = probe;
      }
      for (; k > 0; k -= 2, inner = probe) {
        const [odd, even] = [terms[k], terms[k - 1]];
        for (let i = 0; i < size; i++) probe[i] = even[i] + share * (odd[i] + rest * inner[i]);
      }
    },
  };
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
