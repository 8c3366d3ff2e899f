import { InputError } from '../../errors.ts';
import { norm } from '../../linalg/matrix.ts';
import { stageOf, type Work } from '../../progress.ts';
import { random } from '../../random/random.ts';
import { orthogonalInputs } from '../finite/input-states.ts';
import { drawingNetwork, initialAngles } from '../finite/network.ts';
import { type FiniteProblem, type FiniteRun, finiteDescending, finiteFlowing } from '../finite/run.ts';
import { readoutFrom } from '../readout.ts';
import { timeOf } from './end-of-run.ts';
import { type DynamicsProblem, type ProblemOptions, problemOf } from './problem.ts';
import { type SeedRecord, seedRun } from './run.ts';
import { records, stepsTo, timesTo } from './times.ts';

/** A network of p parameters, and how it is trained. */
export interface FiniteSetting extends DynamicsProblem {
  readonly p: number;
  readonly training:
    | { readonly method: 'flow'; readonly time: number }
    | { readonly method: 'descent'; readonly steps: number; readonly rate: number };
}

/** What a run of a finite network says beside its results. */
interface FiniteResults {
  readonly perturbation: number;
  /** ‖θ(t) − θ(0)‖ at the end. */
  readonly parameterChange: number;
  /** Gradients taken. */
  readonly evaluations: number;
}

/** What a network is and how it is trained, as somebody asks for it. */
export interface FiniteOptions extends ProblemOptions {
  readonly p: number;
  /** Gradient flow: what is done where no steps and no rate are given. */
  readonly flow?: boolean;
  /** End of the flow; as `timeOf` has it where left out. */
  readonly time?: number;
  /** Of gradient descent: 10 000 and 10⁻³/p, as in You et al.'s experiments, where one of them is left out. */
  readonly steps?: number;
  readonly rate?: number;
}

const paper = { steps: 10_000, rate: 1e-3 };

/**
 * Checks and completes what was asked for.
 *
 * @throws InputError naming the argument; also where a network does not fit into memory, or a flow takes too many steps.
 */
export function finiteSetting(options: FiniteOptions): FiniteSetting {
  const problem = problemOf(options);
  const setting = { ...problem, p: options.p, training: trainingOf(options, problem) };
  requireRoom(setting);
  return setting;
}

function trainingOf(
  { p, flow, time, steps, rate }: FiniteOptions,
  problem: DynamicsProblem,
): FiniteSetting['training'] {
  if (steps === undefined && rate === undefined) return { method: 'flow', time: timeOf(time, problem) };
  const other = 'with steps or a rate, which are those of gradient descent';
  if (flow) throw new InputError({ where: 'flow', found: other, expected: 'one of both' });
  if (time !== undefined) throw new InputError({ where: 'time', found: other, expected: 'it with the flow only' });
  return { method: 'descent', steps: steps ?? paper.steps, rate: rate ?? paper.rate / p };
}

/** Angles are right to 1e-8, which in the loss is about this share of the first. */
const leastLoss = 1e-13;

/** The clock of the limit: η = m/(pZ), and Z = 1 for You et al.'s generator. */
export function finiteTimes({ training, p, m }: FiniteSetting): number[] {
  if (training.method === 'flow') return timesTo(training.time);
  return stepsTo(training.steps).map((step) => (step * training.rate * p) / m);
}

/** The network of a seed and its training; inputs, unitaries and angles are drawn from the stream of its number. */
export function* finiteRunning(
  setting: FiniteSetting,
  seed: number,
): Work<{ readonly problem: FiniteProblem; readonly run: FiniteRun }> {
  const { d, m, p, spectrum, labels, training } = setting;
  const draw = random(seed);
  const inputs = orthogonalInputs(d, m, draw);
  const share = shareOfNetwork(setting);
  const drawing = drawingNetwork({ inputs, parameters: p, readout: readoutFrom(spectrum) }, draw);
  const network = yield* stageOf(drawing, 0, share);
  const problem = { network, labels: Float64Array.from(labels), theta0: initialAngles(p, draw) };
  const running =
    training.method === 'flow'
      ? finiteFlowing(problem, Float64Array.from(timesTo(training.time)))
      : finiteDescending(problem, training.rate, Int32Array.from(stepsTo(training.steps)));
  return { problem, run: yield* stageOf(running, share, 1) };
}

/** A random unitary and its blocks take as long as so many products of a d × d matrix with d states (measured, d = 8 to 256). */
const productsOfUnitary = 20;
/** Gradients that a flow and the kernels along it take as long as. */
const gradientsOfRun = 600;

/** The share of a run's time that drawing the network takes: a gradient is products of each matrix with m states. */
function shareOfNetwork({ d, m, training }: FiniteSetting): number {
  const network = (productsOfUnitary * d) / m;
  return network / (network + (training.method === 'flow' ? gradientsOfRun : training.steps));
}

/** The record of a seed. */
export function finiteSeed(setting: FiniteSetting): (seed: number) => Work<SeedRecord> {
  return function* (seed) {
    const { problem, run } = yield* finiteRunning(setting, seed);
    const curves = {
      loss: [...run.loss],
      // K_asym is positive semidefinite: what is below 0 is rounding.
      lambdaMin: Array.from(run.lambdaMin, (value) => Math.max(0, value)),
      kernelChange: [...run.kernelChange],
    };
    const results: FiniteResults = {
      perturbation:
        Math.max(...run.kernels.map(({ perturbation }) => norm(perturbation))) / norm(run.kernels[0]!.asymptotic),
      parameterChange: norm(run.parameters.at(-1)!.map((value, l) => value - problem.theta0[l]!)),
      evaluations: run.evaluations,
    };
    return { run: { ...seedRun(seed, [...run.times], curves, leastLoss), ...results }, curves };
  };
}

/** Bytes that a run may take. */
const room = 2 ** 31;
/** Numbers of d × d matrices that are held for a parameter: the unitary, and its blocks twice. */
const copies = 2;
/** Bytes of a parameter beside its matrices, records and states: objects, mostly (measured). */
const objects = 3000;

/** Bytes that a run of a network takes, about. */
export function finiteBytes({ d, m, p }: Pick<FiniteSetting, 'd' | 'm' | 'p'>): number {
  return p * (16 * copies * d * d + 16 * m * d + 8 * (records + 3 * m) + objects);
}

/** @throws InputError where the network or what is recorded of its parameters does not fit into memory. */
function requireRoom({ d, m, p }: FiniteSetting): void {
  if (finiteBytes({ d, m, p }) <= room) return;
  const advice = 'the limit p → ∞ takes any dimension, in far less memory';
  const why = 'a network keeps a d × d matrix, and its parameters along the way, for every parameter';
  const most = Math.floor(room / finiteBytes({ d, m, p: 1 }));
  if (most > 0)
    throw new InputError({
      where: 'p',
      found: String(p),
      expected: `at most ${most} for d = ${d} and m = ${m}, which take 2 GiB: ${why}`,
      advice,
    });
  // Where the bytes of one parameter, a quadratic in d, are what there is.
  const root = Math.sqrt(m * m + (copies * (room - finiteBytes({ d: 0, m, p: 1 }))) / 4);
  const largest = Math.floor((root - m) / (2 * copies));
  throw new InputError({
    where: 'd',
    found: String(d),
    expected: `at most ${largest}, where one parameter takes 2 GiB`,
    advice,
  });
}
