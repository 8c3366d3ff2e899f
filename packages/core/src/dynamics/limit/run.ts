import { dop853 } from '../../integrate/dop853.ts';
import { createIntegrator } from '../../integrate/runge-kutta.ts';
import { createLeastEigenvalue } from '../../linalg/least-eigenvalue.ts';
import { lossOf, residual } from '../../model/loss.ts';
import { runSync, stageOf, type Work } from '../../progress.ts';
import { halfRange, type Readout } from '../readout.ts';
import { kernelOf } from './kernel.ts';
import type { LimitProblem } from './problem.ts';
import type { LimitState } from './state.ts';
import { limitSystem } from './system.ts';

/** What a run of the over-parameterised limit records. */
export interface LimitRun {
  /** Ascending, from 0 on; learning rate m(d² − 1)/(p·tr H²) times the number of steps. */
  readonly times: Float64Array;
  /** ŷ: times × m. */
  readonly outputs: Float64Array;
  /** 1/(2m)·Σ(y − ŷ)², one for each time. */
  readonly loss: Float64Array;
  /** K_asym, γ² included: times × m × m. */
  readonly kernels: Float64Array;
  /** The least eigenvalue of each K_asym. */
  readonly lambdaMin: Float64Array;
  /**
   * ‖K_asym(end) − K_asym(start)‖/‖K_asym(start)‖ (Frobenius), start and end being the first and the last of `times`.
   */
  readonly kernelChange: number;
  /** X at the last time. */
  readonly end: LimitState;
  /** Largest |X†X − 1| that a step or an interpolation left behind, before X was put back. */
  readonly departure: number;
  readonly steps: number;
  /** Evaluations of dX/dt. */
  readonly evaluations: number;
}

/** Largest |X†X − 1| that a step may leave behind; a longer one is refused. */
const mostDeparture = 1e-10;

/** Inputs from which an evaluation of the derivative takes a good part of a millisecond, to which an event adds nothing. */
const large = 32;
/** Of the time of a run, what the flow takes at about 100 times; the rest goes into the kernels' least eigenvalues. */
const flowShare = 0.95;

/** `count` equidistant times from 0 to `end`; left out, 20/γ², when a rate of 2γ² has gone through e^{−40}. */
export function limitTimes(readout: Readout, end = 20 / halfRange(readout) ** 2, count = 101): Float64Array {
  return Float64Array.from({ length: count }, (_, k) => (end * k) / (count - 1));
}

/**
 * Follows the limit p → ∞ of gradient flow, dM/dt = Σ_j r_j[M, [M, ρ_j]] (You et al. 2023, Eq. 10), from a start, in a
 * space of Σ_k min(d_k, n) dimensions whatever d (docs/dynamics.md). M keeps its spectrum and its projections Q†Π_kQ
 * stay positive to rounding, as X†X = 1 is put back after every step.
 *
 * @param times - ascending, from 0 on.
 * @param tolerance - error of a step allowed in X, whose columns have length 1.
 * @throws InputError where the limit cannot be followed to the end.
 */
export function followLimit(
  problem: LimitProblem,
  start: LimitState,
  times: Float64Array,
  tolerance = 1e-12,
): LimitRun {
  return limitFollower(problem)(start, times, tolerance);
}

/** `followLimit` for many starts of one problem: the memory it works in is laid out once. */
export function limitFollower(
  problem: LimitProblem,
): (start: LimitState, times: Float64Array, tolerance?: number) => LimitRun {
  const following = limitFollowing(problem);
  return (start, times, tolerance) => runSync(following(start, times, tolerance));
}

/** The same as work. A second run begins when the first has ended. */
export function limitFollowing(problem: LimitProblem) {
  const { inputs, labels } = problem;
  const m = inputs.count;
  const system = limitSystem(problem);
  const kernel = kernelOf(problem, system.n);
  const leastEigenvalue = createLeastEigenvalue(m);
  function* leastEigenvalues(kernels: Float64Array, count: number): Work<Float64Array> {
    const least = new Float64Array(count);
    for (let k = 0; k < count; k++) {
      // K_asym is positive semidefinite: what rounding leaves below 0 is 0.
      least[k] = Math.max(0, leastEigenvalue(kernels, k * m * m));
      yield { label: 'kernels', done: k + 1, total: count };
    }
    return least;
  }
  const pieces = m < large ? 'steps' : 'evaluations';
  const follow = createIntegrator(dop853, system.derivative, system.size, pieces);

  return function* (start: LimitState, times: Float64Array, tolerance = 1e-12): Work<LimitRun> {
    const outputs = new Float64Array(times.length * m);
    const kernels = new Float64Array(times.length * m * m);
    let departure = 0;
    const end = system.pad(start);
    const restored = (x: Float64Array) => {
      const apart = system.restore(x);
      if (!(apart <= mostDeparture)) return false;
      departure = Math.max(departure, apart);
      return true;
    };
    const flow = follow(end.slice(), times, tolerance, {
      accept: restored,
      record(index, x) {
        if (!restored(x)) return false;
        const projections = system.projections(x);
        system.outputs(projections, outputs, index * m);
        kernel(projections, kernels, index * m * m);
        end.set(x);
        return true;
      },
    });
    const { steps, evaluations } = yield* stageOf(flow, 0, flowShare);
    const lambdaMin = yield* stageOf(leastEigenvalues(kernels, times.length), flowShare, 1);
    return {
      times,
      outputs,
      loss: lossesOf(labels, outputs),
      kernels,
      lambdaMin,
      kernelChange: relativeChange(kernels, m * m),
      end: system.unpad(end),
      departure,
      steps,
      evaluations,
    };
  };
}

function lossesOf(labels: Float64Array, outputs: Float64Array): Float64Array {
  const m = labels.length;
  return Float64Array.from({ length: outputs.length / m }, (_, k) =>
    lossOf('mean', residual(labels, outputs.subarray(k * m, (k + 1) * m)), m),
  );
}

function relativeChange(kernels: Float64Array, size: number): number {
  let [change, total] = [0, 0];
  for (let i = 0; i < size; i++) {
    change += (kernels[kernels.length - size + i] - kernels[i]) ** 2;
    total += kernels[i] ** 2;
  }
  return total === 0 ? 0 : Math.sqrt(change / total);
}
