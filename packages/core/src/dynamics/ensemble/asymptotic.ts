import { norm } from '../../linalg/matrix.ts';
import type { Work } from '../../progress.ts';
import { random } from '../../random/random.ts';
import { limitProblem, orthonormalInputs } from '../limit/problem.ts';
import { type LimitRun, limitFollowing } from '../limit/run.ts';
import { haarState } from '../limit/state.ts';
import { readoutFrom } from '../readout.ts';
import { conservedCharge } from '../regime/regime.ts';
import { timeOf } from './end-of-run.ts';
import { type DynamicsProblem, type ProblemOptions, problemOf } from './problem.ts';
import { type SeedRecord, seedRun } from './run.ts';
import { timesTo } from './times.ts';

/** The limit p → ∞ up to a time. */
export interface AsymptoticSetting extends DynamicsProblem {
  readonly time: number;
}

/**
 * Checks and completes what was asked for; the end of the run is as `timeOf` has it where left out.
 *
 * @throws InputError naming the argument.
 */
export function asymptoticSetting(options: ProblemOptions & { readonly time?: number }): AsymptoticSetting {
  const problem = problemOf(options);
  return { ...problem, time: timeOf(options.time, problem) };
}

/** What a run of the limit says beside its results. */
interface AsymptoticResults {
  /** C = K − 2λε at the end, for one sample and a two-valued readout: above 0 the kernel stays, below 0 the error. */
  readonly charge?: number;
  /** Largest departure from a readout of unchanged spectrum that a step left behind before it was put back. */
  readonly departure: number;
  /** Evaluations of the derivative. */
  readonly evaluations: number;
}

/** The limit's run of a seed, whose start is drawn from the stream of its number. */
export function asymptoticRuns({ m, spectrum, labels, time }: AsymptoticSetting): (seed: number) => Work<LimitRun> {
  const problem = limitProblem(readoutFrom(spectrum), orthonormalInputs(m), labels);
  const follow = limitFollowing(problem);
  const times = Float64Array.from(timesTo(time));
  return (seed) => follow(haarState(problem, random(seed)), times);
}

/** The record of a seed. */
export function asymptoticSeed(setting: AsymptoticSetting): (seed: number) => Work<SeedRecord> {
  const { m, spectrum, labels } = setting;
  const runs = asymptoticRuns(setting);
  const times = timesTo(setting.time);
  return function* (seed) {
    const run = yield* runs(seed);
    const curves = { loss: [...run.loss], lambdaMin: [...run.lambdaMin], kernelChange: changes(run.kernels, m * m) };
    const results: AsymptoticResults = {
      ...(m === 1 && spectrum.length === 2 && { charge: chargeOf(run, labels[0]!, spectrum) }),
      departure: run.departure,
      evaluations: run.evaluations,
    };
    return { run: { ...seedRun(seed, times, curves), ...results }, curves };
  };
}

/** ‖K(t) − K(0)‖/‖K(0)‖ at every time, from `size` numbers a time. */
export function changes(kernels: Float64Array, size: number): number[] {
  const start = norm(kernels.subarray(0, size));
  return Array.from({ length: kernels.length / size }, (_, k) => {
    const now = kernels.subarray(k * size, (k + 1) * size);
    return norm(now.map((value, i) => value - kernels[i]!)) / start;
  });
}

/** dK/dt = −2με with K = 2(a − ŷ)(ŷ − b), a and b the readout's values, gives μ = (2ŷ − a − b)·(−K). */
function chargeOf({ kernels, outputs }: LimitRun, label: number, spectrum: AsymptoticSetting['spectrum']): number {
  const kernel = kernels.at(-1)!;
  const output = outputs.at(-1)!;
  const curvature = -kernel * (2 * output - spectrum[0]!.value - spectrum[1]!.value);
  return conservedCharge(kernel, curvature, output - label);
}
