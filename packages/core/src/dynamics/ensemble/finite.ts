import { InputError } from '../../errors.ts';
import { norm } from '../../linalg/matrix.ts';
import { random } from '../../random/random.ts';
import { orthogonalInputs } from '../finite/input-states.ts';
import { initialAngles, periodicNetwork } from '../finite/network.ts';
import { finiteDescent, finiteFlow } from '../finite/run.ts';
import { readoutFrom } from '../readout.ts';
import type { DynamicsProblem } from './problem.ts';
import { type SeedRecord, seedRun } from './run.ts';
import { records, stepsTo, timesTo } from './times.ts';

/** A network of p parameters, and how it is trained. */
export interface FiniteSetting extends DynamicsProblem {
  readonly p: number;
  readonly training:
    | { readonly method: 'flow'; readonly time: number }
    | { readonly method: 'descent'; readonly steps: number; readonly rate: number };
}

/** What a run of a finite network says beside its figures. */
interface FiniteFigures {
  readonly perturbation: number;
  /** ‖θ(t) − θ(0)‖ at the end. */
  readonly parameterChange: number;
  /** Gradients taken. */
  readonly evaluations: number;
}

/** Angles are right to 1e-8, which in the loss is about this share of the first. */
const leastLoss = 1e-13;

/** The clock of the limit: η = m/(pZ), and Z = 1 for You et al.'s generator. */
export function finiteTimes({ training, p, m }: FiniteSetting): number[] {
  if (training.method === 'flow') return timesTo(training.time);
  return stepsTo(training.steps).map((step) => (step * training.rate * p) / m);
}

/** The network of a seed and its training; inputs, unitaries and angles are drawn from the stream of its number. */
export function finiteRunOf({ d, m, p, spectrum, labels, training }: FiniteSetting, seed: number) {
  const draw = random(seed);
  const inputs = orthogonalInputs(d, m, draw);
  const network = periodicNetwork({ inputs, parameters: p, readout: readoutFrom(spectrum) }, draw);
  const problem = { network, labels: Float64Array.from(labels), theta0: initialAngles(p, draw) };
  const run =
    training.method === 'flow'
      ? finiteFlow(problem, Float64Array.from(timesTo(training.time)))
      : finiteDescent(problem, training.rate, Int32Array.from(stepsTo(training.steps)));
  return { problem, run };
}

/** The record of a seed. */
export function finiteSeed(setting: FiniteSetting): (seed: number) => SeedRecord {
  return (seed) => {
    const { problem, run } = finiteRunOf(setting, seed);
    const curves = {
      loss: [...run.loss],
      // K_asym is positive semidefinite: what is below 0 is rounding.
      lambdaMin: Array.from(run.lambdaMin, (value) => Math.max(0, value)),
      kernelChange: [...run.kernelChange],
    };
    const figures: FiniteFigures = {
      perturbation:
        Math.max(...run.kernels.map(({ perturbation }) => norm(perturbation))) / norm(run.kernels[0]!.asymptotic),
      parameterChange: norm(run.parameters.at(-1)!.map((value, l) => value - problem.theta0[l]!)),
      evaluations: run.evaluations,
    };
    return { run: { ...seedRun(seed, [...run.times], curves, leastLoss), ...figures }, curves };
  };
}

/** Bytes of WebAssembly memory that dense unitaries may take. */
const room = 3e9;

/** @throws InputError where d × d matrices for each parameter do not fit into memory. */
export function requireRoom({ d, p }: FiniteSetting): void {
  const most = Math.floor(room / (8 * records));
  if (p > most)
    throw new InputError({
      where: 'p',
      found: String(p),
      expected: `at most ${most}: all parameters are kept at ${records} times on the way`,
    });
  const largest = Math.floor(Math.sqrt(room / (16 * (p + 1))));
  if (d > largest)
    throw new InputError({
      where: 'd',
      found: String(d),
      expected: `at most ${largest} for p = ${p}: a network keeps a d × d matrix for every parameter`,
      advice: 'its limit of infinitely many parameters takes any dimension',
    });
}
