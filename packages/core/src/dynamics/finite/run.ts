import { InputError } from '../../errors.ts';
import { solving } from '../../integrate/solve.ts';
import { gram, norm } from '../../linalg/matrix.ts';
import { lossOf, residual } from '../../model/loss.ts';
import { runSync, stageOf, type Work } from '../../progress.ts';
import { counted } from '../../wording.ts';
import { denseLoss } from '../dense/loss.ts';
import { extremes, type KernelParts, kernelParts } from './kernel-parts.ts';
import { type DenseNetwork, networkJacobian } from './network.ts';

/**
 * A network of p parameters on its way, in the limit's time t: dθ/dt = −η∇L with η = m/(pZ) (You et al. 2023, Lemma
 * 4.1).
 */
export interface FiniteRun {
  /** y, length m. */
  readonly labels: Float64Array;
  readonly times: Float64Array;
  /** ŷ, times × m. */
  readonly outputs: Float64Array;
  /** L = 1/(2m)·Σr² at every time. */
  readonly loss: Float64Array;
  /** K, K_asym and K_pert at every time. */
  readonly kernels: readonly KernelParts[];
  /** Least eigenvalue of K_asym at every time; γ² is not divided out. */
  readonly lambdaMin: Float64Array;
  /** ‖K(t) − K(0)‖/‖K(0)‖ at every time, Frobenius norm. */
  readonly kernelChange: Float64Array;
  /** The same of K_asym, as You et al.'s Fig. 5 shows it. */
  readonly asymptoticChange: Float64Array;
  /** θ at every time. */
  readonly parameters: readonly Float64Array[];
  /** Gradients taken. */
  readonly evaluations: number;
}

/** A network, its labels (m) and where it starts (p). */
export interface FiniteProblem {
  readonly network: DenseNetwork;
  readonly labels: Float64Array;
  readonly theta0: Float64Array;
}

/** Angles are right to about this in a flow that asks for nothing else. */
const usualTolerance = 1e-8;

/**
 * Gradient flow dθ/dt = −η∇L by an adaptive Runge-Kutta.
 *
 * @param times - ascending from 0 on, in the limit's time.
 * @param tolerance - error of a step, of ‖θ‖ or of ‖θ − θ(0)‖ where that is larger than 1.
 */
export function finiteFlow(problem: FiniteProblem, times: Float64Array, tolerance = usualTolerance): FiniteRun {
  return runSync(finiteFlowing(problem, times, tolerance));
}

/** The same as work, with an event after every gradient. */
export function* finiteFlowing(
  problem: FiniteProblem,
  times: Float64Array,
  tolerance = usualTolerance,
): Work<FiniteRun> {
  checked(problem);
  const { network, labels, theta0 } = problem;
  const weight = 1 / network.strength;
  const flow = (moved: Float64Array) => {
    const { gradient } = denseLoss(networkJacobian(network, shifted(theta0, moved)), labels, 'sum');
    return gradient.map((slope) => -weight * slope);
  };
  // The distance from θ(0) is followed, not θ: angles of many turns would loosen a relative tolerance.
  const share = shareOfTraining(gradientsOfFlow, times.length);
  const solution = solving(flow, new Float64Array(theta0.length), times, tolerance);
  const { states, evaluations } = yield* stageOf(solution, 0, share);
  const parameters = states.map((moved) => shifted(theta0, moved));
  return yield* stageOf(recording(problem, times, parameters, evaluations), share, 1);
}

/**
 * Gradient descent θ ← θ − rate·∇L as in You et al.'s experiments (which take 10 000 steps of 10⁻³/p).
 *
 * @param steps - steps at which to look, ascending; the last one is the last taken.
 * @throws InputError where the rate diverges: where it is 2m/λmax(JJᵀ) or more at the start, or later where the loss is above
 *   its start. The message names the largest stable rate.
 */
export function finiteDescent(problem: FiniteProblem, rate: number, steps: Int32Array): FiniteRun {
  return runSync(finiteDescending(problem, rate, steps));
}

/** The same as work, with an event after every step. */
export function* finiteDescending(problem: FiniteProblem, rate: number, steps: Int32Array): Work<FiniteRun> {
  checked(problem);
  if (!(rate > 0 && rate < Infinity))
    throw new InputError({ where: 'rate', found: `${rate}`, expected: 'a finite number above 0' });
  const last = steps[steps.length - 1] ?? 0;
  const share = shareOfTraining(last, steps.length);
  const parameters = yield* stageOf(descending(problem, rate, steps), 0, share);
  const strength = problem.network.strength;
  const times = Float64Array.from(steps, (step) => (step * rate * strength) / problem.labels.length);
  return yield* stageOf(recording(problem, times, parameters, last), share, 1);
}

/** θ at some steps. */
function* descending(problem: FiniteProblem, rate: number, steps: Int32Array): Work<Float64Array[]> {
  const { network, labels, theta0 } = problem;
  const m = labels.length;
  const parameters: Float64Array[] = [];
  let theta: Float64Array = theta0;
  let start = Number.POSITIVE_INFINITY;
  const last = steps[steps.length - 1] ?? 0;
  for (let step = 0; ; step++) {
    for (; parameters.length < steps.length && steps[parameters.length] <= step; ) parameters.push(theta);
    if (step === last) break;
    const jacobian = networkJacobian(network, theta);
    const { loss, gradient } = denseLoss(jacobian, labels, 'mean');
    if (step === 0 || loss > start) requireStable(rate, jacobian.J, m, theta.length, step);
    if (step === 0) start = loss;
    theta = theta.map((value, l) => value - rate * gradient[l]);
    yield { label: 'steps', done: step + 1, total: last };
  }
  return parameters;
}

function requireStable(rate: number, J: Float64Array, m: number, p: number, step: number): void {
  const limit = (2 * m) / extremes(gram(J, m, p)).largest;
  if (rate >= limit)
    throw new InputError({
      where: 'rate',
      found: `${rate}`,
      expected: `less than ${limit.toPrecision(3)}, the limit 2m/λmax ${step === 0 ? 'at the start' : `after ${step} steps, where the loss is above its start`}`,
      advice: 'beyond it gradient descent diverges',
    });
}

/** Gradients that a flow takes, about: some hundreds. */
const gradientsOfFlow = 300;
/** Gradients that the kernels at one record take as long as. */
const gradientsOfRecord = 2;

/** The share of a run's time that goes into so many gradients; the rest goes into records. */
function shareOfTraining(gradients: number, records: number): number {
  return gradients / (gradients + gradientsOfRecord * records);
}

function* recording(
  { network, labels }: FiniteProblem,
  times: Float64Array,
  parameters: readonly Float64Array[],
  evaluations: number,
): Work<FiniteRun> {
  const m = labels.length;
  const seen: ReturnType<typeof kernelParts>[] = [];
  for (const theta of parameters) {
    seen.push(kernelParts(network, theta));
    yield { label: 'records', done: seen.length, total: parameters.length };
  }
  return {
    labels,
    times,
    outputs: Float64Array.from(seen.flatMap(({ f }) => [...f])),
    loss: Float64Array.from(seen, ({ f }) => lossOf('mean', residual(labels, f), m)),
    kernels: seen.map(({ kernel, asymptotic, perturbation }) => ({ kernel, asymptotic, perturbation })),
    lambdaMin: Float64Array.from(seen, ({ asymptotic }) => extremes(asymptotic).least),
    kernelChange: changes(seen.map(({ kernel }) => kernel)),
    asymptoticChange: changes(seen.map(({ asymptotic }) => asymptotic)),
    parameters,
    evaluations,
  };
}

/** ‖K − K₀‖/‖K₀‖ of every kernel, K₀ the first; 0 where K₀ is 0 and stays it. */
function changes(kernels: readonly Float64Array[]): Float64Array {
  return Float64Array.from(kernels, (kernel) => {
    const moved = norm(kernel.map((value, i) => value - kernels[0][i]));
    return moved === 0 ? 0 : moved / norm(kernels[0]);
  });
}

function checked({ network, labels, theta0 }: FiniteProblem): void {
  const m = network.inputs.count;
  if (labels.length !== m || !labels.every(Number.isFinite))
    throw new InputError({
      where: 'labels',
      found: labels.length === m ? 'a number that is not finite' : counted(labels.length, 'number'),
      expected: `${m} finite numbers, one for each input`,
    });
  if (theta0.length !== network.parameters)
    throw new InputError({
      where: 'theta0',
      found: counted(theta0.length, 'angle'),
      expected: `p = ${network.parameters}`,
    });
}

function shifted(theta: Float64Array, change: Float64Array): Float64Array {
  return theta.map((value, l) => value + change[l]);
}
