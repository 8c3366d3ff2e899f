import { times } from '../linalg/complex.ts';
import { createMachine } from '../simulate/wasm-module.ts';
import { type DenseCircuit, type DenseEngine, type DenseSimulator, generatorOf, ownGenerators } from './dense.ts';
import { type BlockCircuit, blocksOf } from './dense-blocks.ts';

/**
 * The fast engine: WebAssembly SIMD (assembly/dense.ts). Every simulator has a memory of its own in which the unitaries
 * stay: copying them would take longer than a step.
 */
export const denseWasm: DenseEngine = { name: 'wasm', prepare };

/** Where the numbers lie, in bytes. */
interface Layout {
  readonly matrices: number;
  readonly weaves: number;
  readonly phases: number;
  readonly levels: number;
  readonly generator: number;
  readonly readout: number;
  readonly start: number;
  readonly states: number;
  readonly moving: number;
  readonly spare: number;
  readonly values: number;
  readonly derivatives: number;
  readonly end: number;
}

/** Blocks, levels of a block and columns as the kernels have them: even. */
interface Shape {
  readonly blocks: number;
  readonly inner: number;
  readonly columns: number;
  readonly layers: number;
  /** Phases of a layer. */
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
  const blocks = blocksOf(circuit);
  const shape = {
    blocks: blocks.levels.length,
    inner: even(blocks.levels[0].length),
    columns: even(count),
    layers,
    distinct: own ? dimension : eigenvalues.length,
    own,
  };
  const d = shape.blocks * shape.inner;
  const layout = layOut(shape);
  const machine = createMachine();
  const buffer = machine.reserve(layout.end, `dimension ${dimension}, ${layers} layers of ${count} states`);
  writeCircuit(circuit, blocks, eigenvalues, shape, layout, buffer);
  writeStates(blocks, states, dimension, shape, new Float64Array(buffer, layout.start, 2 * d * shape.columns));
  const { denseShape, densePlace, denseForward, denseBackward } = machine.kernels;
  denseShape(d, shape.blocks, shape.columns, shape.distinct, Number(own));
  const { matrices, weaves, phases, levels, readout, start, moving, spare } = layout;
  densePlace(matrices, weaves, phases, levels, layout.generator, readout, start, layout.states, moving, spare);
  const phaseTable = new Float64Array(buffer, phases, 2 * layers * shape.distinct);
  const values = new Float64Array(buffer, layout.values, count);
  const derivatives = new Float64Array(buffer, layout.derivatives, layers * shape.columns);
  const forward = (theta: Float64Array): Float64Array => {
    writePhases(theta, eigenvalues, shape.distinct, phaseTable);
    denseForward(layers, layout.values);
    return values.slice();
  };
  return {
    outputs: forward,
    states(theta) {
      forward(theta);
      return readStates(blocks, dimension, count, shape, new Float64Array(buffer, moving, 2 * d * shape.columns));
    },
    jacobian(theta) {
      const f = forward(theta);
      denseBackward(layers, layout.derivatives);
      const J = new Float64Array(count * layers);
      for (let j = 0; j < count; j++)
        for (let l = 0; l < layers; l++) J[j * layers + l] = derivatives[l * shape.columns + j];
      return { f, J };
    },
  };
}

function layOut({ blocks, inner, columns, layers, distinct, own }: Shape): Layout {
  let end = 0;
  const next = (bytes: number) => {
    const at = end;
    end = Math.ceil((end + bytes) / 64) * 64;
    return at;
  };
  const d = blocks * inner;
  const state = 16 * d * columns;
  return {
    matrices: next(16 * d * inner * layers),
    weaves: next(blocks === 1 ? 0 : 32 * inner * layers),
    phases: next(16 * distinct * layers),
    levels: next(4 * d),
    generator: next(8 * d * (own ? layers : 1)),
    readout: next(8 * d),
    start: next(state),
    states: next(state * layers),
    moving: next(state),
    spare: next(state),
    values: next(8 * columns),
    derivatives: next(8 * columns * layers),
    end,
  };
}

/** Writes everything that does not depend on θ. The memory is new: what padding leaves out is 0. */
function writeCircuit(
  circuit: DenseCircuit,
  { levels, matrices, weaves }: BlockCircuit,
  eigenvalues: readonly number[],
  { inner, blocks, own, layers }: Shape,
  layout: Layout,
  buffer: ArrayBuffer,
): void {
  const bytes = 16 * inner * inner;
  matrices.forEach((layer, l) => {
    layer.forEach((matrix, b) => {
      const n = levels[b].length;
      const to = new Float64Array(buffer, layout.matrices + (l * blocks + b) * bytes, 2 * inner * inner);
      for (let r = 0; r < n; r++) to.set(matrix.subarray(2 * r * n, 2 * (r + 1) * n), 2 * r * inner);
    });
  });
  weaves.forEach((angles, l) => {
    writeWeave(angles, inner, new Float64Array(buffer, layout.weaves + 32 * l * inner, 4 * inner));
  });
  const d = blocks * inner;
  const pairBytes = 16;
  const places = new Uint32Array(buffer, layout.levels, d);
  const diagonals = new Float64Array(buffer, layout.generator, d * (own ? layers : 1));
  const readout = new Float64Array(buffer, layout.readout, d);
  levels.forEach((members, b) => {
    members.forEach((level, k) => {
      const at = b * inner + k;
      places[at] = pairBytes * (own ? level : eigenvalues.indexOf(circuit.generator[level]));
      for (let l = 0; l < (own ? layers : 1); l++) diagonals[l * d + at] = generatorOf(circuit, l)[level];
      readout[at] = circuit.readout[level];
    });
  });
}

/** Θ, then Φ; where a rotation is missing, cosine 1. */
function writeWeave(angles: Float64Array, inner: number, to: Float64Array): void {
  const half = angles.length / 2;
  for (const part of [0, 1]) {
    const own = to.subarray(2 * part * inner, 2 * (part + 1) * inner);
    own.set(angles.subarray(part * half, (part + 1) * half));
    for (let k = half; k < 2 * inner; k += 2) own[k] = 1;
  }
}

function writeStates(
  { levels, opening }: BlockCircuit,
  states: Float64Array,
  dimension: number,
  { inner, columns }: Shape,
  to: Float64Array,
): void {
  for (let j = 0; j < states.length / (2 * dimension); j++)
    levels.forEach((members, b) => {
      const part = Float64Array.from(
        members.flatMap((level) => [0, 1].map((i) => states[2 * (j * dimension + level) + i])),
      );
      const own = opening.length > 0 ? times(opening[b], part) : part;
      own.forEach((value, i) => {
        to[(2 * b * inner + i) * columns + j] = value;
      });
    });
}

/** States as the interface has them, from the kernels' order. */
function readStates(
  { levels }: BlockCircuit,
  dimension: number,
  count: number,
  { inner, columns }: Shape,
  from: Float64Array,
): Float64Array {
  const states = new Float64Array(2 * dimension * count);
  levels.forEach((members, b) => {
    members.forEach((level, k) => {
      for (let j = 0; j < count; j++)
        for (const part of [0, 1])
          states[2 * (j * dimension + level) + part] = from[(2 * (b * inner + k) + part) * columns + j];
    });
  });
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
