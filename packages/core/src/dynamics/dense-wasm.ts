import { createMachine } from '../simulate/wasm-module.ts';
import type { DenseCircuit, DenseEngine, DenseSimulator } from './dense.ts';

/**
 * The fast engine: WebAssembly SIMD (assembly/dense.ts). Every simulator has a memory of its own in which the unitaries
 * stay: copying them would take longer than a step.
 */
export const denseWasm: DenseEngine = { name: 'wasm', prepare };

/** Where the numbers lie, in bytes. */
interface Layout {
  readonly matrices: number;
  readonly phases: number;
  readonly levels: number;
  readonly generator: number;
  readonly readout: number;
  readonly start: number;
  readonly states: number;
  readonly moving: number;
  readonly adjoint: number;
  readonly values: number;
  readonly derivatives: number;
  readonly end: number;
}

/** Dimension and columns as the kernels have them: even. */
interface Shape {
  readonly d: number;
  readonly m: number;
  readonly layers: number;
  readonly distinct: number;
}

const even = (count: number): number => count + (count % 2);

function prepare(circuit: DenseCircuit, states: Float64Array): DenseSimulator {
  const { dimension, unitaries, generator } = circuit;
  const count = states.length / (2 * dimension);
  const eigenvalues = [...new Set(generator)];
  const layers = unitaries.length;
  const shape = { d: even(dimension), m: even(count), layers, distinct: eigenvalues.length };
  const layout = layOut(shape);
  const machine = createMachine();
  const buffer = machine.reserve(layout.end, `dimension ${dimension}, ${layers} layers of ${count} states`);
  write(circuit, states, eigenvalues, shape, layout, buffer);
  const { denseShape, densePlace, denseForward, denseBackward } = machine.kernels;
  denseShape(shape.d, shape.m, shape.distinct);
  const { matrices, phases, levels, readout, moving, adjoint } = layout;
  densePlace(matrices, phases, levels, layout.generator, readout, layout.states, moving, adjoint);
  const phaseTable = new Float64Array(buffer, phases, 2 * layers * shape.distinct);
  const start = new Float64Array(buffer, layout.start, 2 * shape.d * shape.m);
  const current = new Float64Array(buffer, moving, 2 * shape.d * shape.m);
  const values = new Float64Array(buffer, layout.values, count);
  const derivatives = new Float64Array(buffer, layout.derivatives, layers * shape.m);
  const forward = (theta: Float64Array): Float64Array => {
    writePhases(theta, eigenvalues, phaseTable);
    current.set(start);
    denseForward(layers, layout.values);
    return values.slice();
  };
  return {
    outputs: forward,
    jacobian(theta) {
      const f = forward(theta);
      denseBackward(layers, layout.derivatives);
      const J = new Float64Array(count * layers);
      for (let j = 0; j < count; j++) for (let l = 0; l < layers; l++) J[j * layers + l] = derivatives[l * shape.m + j];
      return { f, J };
    },
  };
}

function layOut({ d, m, layers, distinct }: Shape): Layout {
  let end = 0;
  const next = (bytes: number) => {
    const at = end;
    end = Math.ceil((end + bytes) / 64) * 64;
    return at;
  };
  const state = 16 * d * m;
  return {
    matrices: next(16 * d * d * layers),
    phases: next(16 * distinct * layers),
    levels: next(4 * d),
    generator: next(8 * d),
    readout: next(8 * d),
    start: next(state),
    states: next(state * layers),
    moving: next(state),
    adjoint: next(2 * state),
    values: next(8 * m),
    derivatives: next(8 * m * layers),
    end,
  };
}

/** Writes everything that does not depend on θ. The memory is new: what padding leaves out is 0. */
function write(
  { dimension, unitaries, generator, readout }: DenseCircuit,
  states: Float64Array,
  eigenvalues: readonly number[],
  { d, m }: Shape,
  layout: Layout,
  buffer: ArrayBuffer,
): void {
  unitaries.forEach((unitary, l) => {
    const to = new Float64Array(buffer, layout.matrices + 16 * l * d * d, 2 * d * d);
    for (let r = 0; r < dimension; r++) to.set(unitary.subarray(2 * r * dimension, 2 * (r + 1) * dimension), 2 * r * d);
  });
  const pairBytes = 16;
  new Uint32Array(buffer, layout.levels, d).set(Array.from(generator, (h) => pairBytes * eigenvalues.indexOf(h)));
  new Float64Array(buffer, layout.generator, d).set(generator);
  new Float64Array(buffer, layout.readout, d).set(readout);
  const start = new Float64Array(buffer, layout.start, 2 * d * m);
  for (let j = 0; j < states.length / (2 * dimension); j++)
    for (let k = 0; k < dimension; k++)
      for (const part of [0, 1]) start[(2 * k + part) * m + j] = states[2 * (j * dimension + k) + part];
}

function writePhases(theta: Float64Array, eigenvalues: readonly number[], to: Float64Array): void {
  let at = 0;
  for (const angle of theta)
    for (const h of eigenvalues) {
      to[at++] = Math.cos(angle * h);
      to[at++] = Math.sin(angle * h);
    }
}
