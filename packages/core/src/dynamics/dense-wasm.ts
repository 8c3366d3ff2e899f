import { createMachine } from '../simulate/wasm-module.ts';
import { type DenseCircuit, type DenseEngine, type DenseSimulator, generatorOf, ownGenerators } from './dense.ts';

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
  /** Every layer has a generator of its own. */
  readonly own: boolean;
}

const even = (count: number): number => count + (count % 2);

function prepare(circuit: DenseCircuit, states: Float64Array): DenseSimulator {
  const { dimension, unitaries, generator } = circuit;
  const count = states.length / (2 * dimension);
  const layers = unitaries.length;
  const own = ownGenerators(circuit);
  // Of one H only the distinct eigenvalues need phases; layers with their own have one phase a level.
  const eigenvalues = own ? Array.from(generator) : [...new Set(generator)];
  const distinct = own ? dimension : eigenvalues.length;
  const shape = { d: even(dimension), m: even(count), layers, distinct, own };
  const layout = layOut(shape);
  const machine = createMachine();
  const buffer = machine.reserve(layout.end, `dimension ${dimension}, ${layers} layers of ${count} states`);
  write(circuit, states, eigenvalues, shape, layout, buffer);
  const { denseShape, densePlace, denseForward, denseBackward } = machine.kernels;
  denseShape(shape.d, shape.m, distinct, Number(own));
  const { matrices, phases, levels, readout, moving, adjoint } = layout;
  densePlace(matrices, phases, levels, layout.generator, readout, layout.states, moving, adjoint);
  const phaseTable = new Float64Array(buffer, phases, 2 * layers * distinct);
  const start = new Float64Array(buffer, layout.start, 2 * shape.d * shape.m);
  const current = new Float64Array(buffer, moving, 2 * shape.d * shape.m);
  const values = new Float64Array(buffer, layout.values, count);
  const derivatives = new Float64Array(buffer, layout.derivatives, layers * shape.m);
  const forward = (theta: Float64Array): Float64Array => {
    writePhases(theta, eigenvalues, distinct, phaseTable);
    current.set(start);
    denseForward(layers, layout.values);
    return values.slice();
  };
  return {
    outputs: forward,
    states(theta) {
      forward(theta);
      return columnsOf(current, dimension, count, shape.m);
    },
    jacobian(theta) {
      const f = forward(theta);
      denseBackward(layers, layout.derivatives);
      const J = new Float64Array(count * layers);
      for (let j = 0; j < count; j++) for (let l = 0; l < layers; l++) J[j * layers + l] = derivatives[l * shape.m + j];
      return { f, J };
    },
  };
}

function layOut({ d, m, layers, distinct, own }: Shape): Layout {
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
    generator: next(8 * d * (own ? layers : 1)),
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
  circuit: DenseCircuit,
  states: Float64Array,
  eigenvalues: readonly number[],
  { d, m, own, layers }: Shape,
  layout: Layout,
  buffer: ArrayBuffer,
): void {
  const { dimension, unitaries, generator, readout } = circuit;
  unitaries.forEach((unitary, l) => {
    const to = new Float64Array(buffer, layout.matrices + 16 * l * d * d, 2 * d * d);
    for (let r = 0; r < dimension; r++) to.set(unitary.subarray(2 * r * dimension, 2 * (r + 1) * dimension), 2 * r * d);
  });
  const pairBytes = 16;
  const levelOf = (h: number, k: number) => pairBytes * (own ? k : eigenvalues.indexOf(h));
  new Uint32Array(buffer, layout.levels, d).set(Array.from(generator.subarray(0, dimension), levelOf));
  for (let l = 0; l < (own ? layers : 1); l++)
    new Float64Array(buffer, layout.generator + 8 * l * d, d).set(generatorOf(circuit, l));
  new Float64Array(buffer, layout.readout, d).set(readout);
  const start = new Float64Array(buffer, layout.start, 2 * d * m);
  for (let j = 0; j < states.length / (2 * dimension); j++)
    for (let k = 0; k < dimension; k++)
      for (const part of [0, 1]) start[(2 * k + part) * m + j] = states[2 * (j * dimension + k) + part];
}

/** States as the interface has them, from the kernels' order. */
function columnsOf(from: Float64Array, d: number, count: number, stride: number): Float64Array {
  const states = new Float64Array(2 * d * count);
  for (let j = 0; j < count; j++) for (let i = 0; i < 2 * d; i++) states[2 * d * j + i] = from[i * stride + j];
  return states;
}

/** Cosine and sine of θ_l·h for `distinct` eigenvalues a layer: those of all layers, or each layer's own in turn. */
function writePhases(theta: Float64Array, eigenvalues: readonly number[], distinct: number, to: Float64Array): void {
  let at = 0;
  for (let l = 0; l < theta.length; l++)
    for (let k = 0; k < distinct; k++) {
      const angle = theta[l] * eigenvalues[eigenvalues.length > distinct ? l * distinct + k : k];
      to[at++] = Math.cos(angle);
      to[at++] = Math.sin(angle);
    }
}
