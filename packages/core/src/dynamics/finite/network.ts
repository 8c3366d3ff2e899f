import { InputError } from '../../errors.ts';
import { adjoint, type Complex, product, times } from '../../linalg/complex.ts';
import { transposeMultiply } from '../../linalg/matrix.ts';
import { runSync, type Work } from '../../progress.ts';
import { haarUnitary } from '../../random/haar.ts';
import type { Random } from '../../random/random.ts';
import { counted } from '../../wording.ts';
import { type DenseCircuit, type DenseSimulator, generatorOf } from '../dense/dense.ts';
import { denseWasm } from '../dense/wasm.ts';
import type { Readout } from '../readout.ts';
import { givenEigen } from './given-hermitian.ts';
import { type InputStates, perSample } from './input-states.ts';

/** A Hermitian generator H of trace 0: its diagonal (d numbers), or d × d interleaved. */
export type Generator = Float64Array;

/** What a network is made of besides its unitaries. */
interface Setting {
  readonly inputs: InputStates;
  /** Spectrum of M₀, γ included. */
  readonly readout: Readout;
}

/** You et al.'s periodic ansatz: the same generator in every layer. */
export interface PeriodicSetting extends Setting {
  /** p. */
  readonly parameters: number;
  /** H; `defaultGenerator(d)` if not given. */
  readonly generator?: Generator;
}

/** You et al.'s Eq. 1: unitaries U_0 … U_p and generators H_1 … H_p as they are given. */
export interface GeneralSetting extends Setting {
  /** p + 1 unitaries, d × d each. */
  readonly unitaries: readonly Complex[];
  /** p generators. */
  readonly generators: readonly Generator[];
}

/** A network ŷ_j(θ) = tr(ρ_j U†(θ)M₀U(θ)), U(θ) = U_p e^{−iθ_p H_p} ⋯ U_1 e^{−iθ_1 H_1} U_0. No half angle. */
export interface DenseNetwork {
  readonly inputs: InputStates;
  readonly readout: Readout;
  /**
   * U_0 and the circuit, with the generators' eigenvectors absorbed into the unitaries, so that every H_l is diagonal.
   */
  readonly first: Complex;
  readonly circuit: DenseCircuit;
  /** Of the inputs' columns. */
  readonly simulator: DenseSimulator;
  /** p. */
  readonly parameters: number;
  /** pZ = Σ_l tr(H_l²)/(d²−1): You et al.'s learning rate is η = m/(pZ). */
  readonly strength: number;
}

/** Outputs ŷ (m) and J = ∂ŷ/∂θ (m × p). */
export interface NetworkJacobian {
  readonly f: Float64Array;
  readonly J: Float64Array;
}

/**
 * You et al.'s generator (App. D), half of its eigenvalues at ±√(d − 1/d), so that Z = tr(H²)/(d²−1) = 1. In odd
 * dimensions one eigenvalue is 0 and the others are scaled to the same Z.
 */
export function defaultGenerator(d: number): Float64Array {
  const half = Math.floor(d / 2);
  const value = Math.sqrt((d * d - 1) / (2 * half));
  return Float64Array.from({ length: d }, (_, k) => (k < half ? value : k < 2 * half ? -value : 0));
}

/** You et al.'s labels: +1 and −1, half of each; +1 for the sample in the middle of an odd number. */
export function defaultLabels(m: number): Float64Array {
  return Float64Array.from({ length: m }, (_, j) => (j < m / 2 ? 1 : -1));
}

/**
 * A periodic network with Haar-random U_0 … U_p.
 *
 * @throws InputError at p = 0, a readout of another dimension, a generator that is 0 or has a trace.
 */
export function periodicNetwork(setting: PeriodicSetting, draw: Random): DenseNetwork {
  return runSync(drawingNetwork(setting, draw));
}

/** The same as work, with an event after every unitary. */
export function* drawingNetwork(setting: PeriodicSetting, draw: Random): Work<DenseNetwork> {
  const { inputs, parameters } = setting;
  const d = inputs.dimension;
  if (!(Number.isInteger(parameters) && parameters > 0))
    throw new InputError({ where: 'parameters', found: `${parameters}`, expected: 'a whole number of at least 1' });
  const unitaries: Complex[] = [];
  while (unitaries.length <= parameters) {
    unitaries.push(haarUnitary(d, draw));
    yield { label: 'unitaries', done: unitaries.length, total: parameters + 1 };
  }
  return assembled(setting, unitaries, [setting.generator ?? defaultGenerator(d)]);
}

/**
 * A network of given unitaries and generators.
 *
 * @throws InputError as `periodicNetwork`, and where there are not p + 1 unitaries.
 */
export function generalNetwork(setting: GeneralSetting): DenseNetwork {
  const { unitaries, generators } = setting;
  const p = generators.length;
  if (p === 0) throw new InputError({ where: 'generators', found: 'none', expected: 'at least 1' });
  if (unitaries.length !== p + 1)
    throw new InputError({
      where: 'unitaries',
      found: `${unitaries.length}`,
      expected: `${p + 1}: one before and one after each generator`,
    });
  return assembled(setting, unitaries, generators);
}

/** ŷ and J at θ, samples in rows. */
export function networkJacobian({ inputs, simulator }: DenseNetwork, theta: Float64Array): NetworkJacobian {
  const { f, J } = simulator.jacobian(theta);
  const { count, weights, sample } = inputs;
  if (weights.length === count) return { f, J };
  const spread = new Float64Array(weights.length * count);
  weights.forEach((weight, k) => {
    spread[k * count + sample[k]] = weight;
  });
  return { f: perSample(inputs, f), J: transposeMultiply(spread, J, weights.length, count, theta.length) };
}

/** θ uniform in [0, 2π). */
export function initialAngles(parameters: number, draw: Random): Float64Array {
  return Float64Array.from({ length: parameters }, () => draw.uniform(0, 2 * Math.PI));
}

function assembled(setting: Setting, unitaries: readonly Complex[], generators: readonly Generator[]): DenseNetwork {
  const { inputs, readout } = setting;
  const d = inputs.dimension;
  if (readout.dimension !== d)
    throw new InputError({
      where: 'readout',
      found: `one of dimension ${readout.dimension}`,
      expected: `the dimension of the inputs, ${d}`,
    });
  const parts = generators.map((generator, l) => diagonalised(generator, d, l));
  const p = unitaries.length - 1;
  const part = (l: number) => parts[Math.min(l, parts.length - 1)];
  const absorbed = unitaries.map((unitary, l) => {
    const behind = l === 0 ? undefined : part(l - 1).vectors;
    const ahead = l === p ? undefined : part(l).vectors;
    const right = behind === undefined ? unitary : product(unitary, behind);
    return ahead === undefined ? right : product(adjoint(ahead), right);
  });
  const circuit: DenseCircuit = {
    dimension: d,
    unitaries: absorbed.slice(1),
    generator: Float64Array.from(parts.flatMap(({ values }) => [...values])),
    readout: Float64Array.from(readout.eigenspaces.flatMap(({ value, dimension }) => Array(dimension).fill(value))),
  };
  const strength = Array.from({ length: p }, (_, l) => squares(generatorOf(circuit, l)) / (d * d - 1));
  return {
    inputs,
    readout,
    first: absorbed[0],
    circuit,
    simulator: denseWasm.prepare(circuit, applied(absorbed[0], inputs.columns, d)),
    parameters: p,
    strength: strength.reduce((sum, value) => sum + value, 0),
  };
}

/** H = V·diag(values)·V†; no V where H is diagonal already. */
interface Diagonalised {
  readonly values: Float64Array;
  readonly vectors?: Complex;
}

function diagonalised(generator: Generator, d: number, l: number): Diagonalised {
  const matrix = generator.length === 2 * d * d;
  if (!matrix && generator.length !== d)
    throw new InputError({
      where: `generators[${l}]`,
      found: counted(generator.length, 'number'),
      expected: `${d} or ${2 * d * d}`,
    });
  const { values, vectors }: Diagonalised = matrix
    ? givenEigen(generator, d, `generators[${l}]`)
    : { values: generator };
  const size = Math.sqrt(squares(values));
  if (!(size > 0 && size < Infinity))
    throw new InputError({
      where: `generators[${l}]`,
      found: `a matrix of norm ${size}`,
      expected: 'a finite one other than 0',
    });
  const trace = values.reduce((sum, value) => sum + value, 0);
  if (Math.abs(trace) > 1e-10 * size * Math.sqrt(d))
    throw new InputError({
      where: `generators[${l}]`,
      found: `the trace ${trace}`,
      expected: '0',
      advice: 'subtract trace/d from its diagonal',
    });
  return vectors === undefined ? { values } : { values, vectors };
}

/** U·v of every column, n × 2d. */
function applied(u: Complex, columns: Float64Array, d: number): Float64Array {
  const out = new Float64Array(columns.length);
  for (let at = 0; at < columns.length; at += 2 * d) out.set(times(u, columns.subarray(at, at + 2 * d)), at);
  return out;
}

function squares(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}
