import { times } from '../../linalg/complex.ts';
import * as code from '../../wasm/codes.ts';
import type { BlockCircuit } from './blocks.ts';
import { type DenseCircuit, generatorOf } from './dense.ts';

/** What is computed. */
export interface Problem {
  readonly circuit: DenseCircuit;
  readonly blocks: BlockCircuit;
  /** Levels of a block, even for the kernels. */
  readonly inner: number;
  /** Starting states, m × 2d, and their number. */
  readonly states: Float64Array;
  readonly count: number;
  readonly layers: number;
  /** Every layer has a generator of its own. */
  readonly eachLayer: boolean;
  /** Of one H only the distinct eigenvalues need phases; layers with their own have one phase a level. */
  readonly eigenvalues: readonly number[];
  readonly distinct: number;
}

/** Where the numbers lie, in bytes; from `item` on those of the first group of columns. */
export interface Layout {
  readonly header: number;
  readonly matrices: number;
  readonly rotations: number;
  readonly phases: number;
  readonly places: number;
  readonly generator: number;
  readonly readout: number;
  readonly item: number;
  readonly start: number;
  readonly states: number;
  readonly moving: number;
  readonly spare: number;
  readonly values: number;
  readonly derivatives: number;
  readonly itemBytes: number;
}

/** Columns that are computed together: one thread's. */
export interface Group {
  readonly first: number;
  readonly count: number;
  /** Bytes from the first group. */
  readonly offset: number;
}

/** Layout for groups of at most `width` columns. */
export function layOut({ blocks, inner, layers, distinct, eachLayer }: Problem, width: number): Layout {
  let end = 0;
  const next = (bytes: number) => {
    const at = end;
    end = Math.ceil((end + bytes) / 64) * 64;
    return at;
  };
  const blockCount = blocks.levels.length;
  const d = blockCount * inner;
  const state = 16 * d * width;
  const common = {
    header: next(4 * code.DENSE_HEADER),
    matrices: next(16 * d * inner * layers),
    rotations: next(blockCount === 1 ? 0 : 32 * inner * layers),
    phases: next(16 * distinct * layers),
    places: next(4 * d),
    generator: next(8 * d * (eachLayer ? layers : 1)),
    readout: next(8 * d),
  };
  const group = {
    item: next(4),
    start: next(state),
    states: next(state * layers),
    moving: next(state),
    spare: next(state),
    values: next(8 * width),
    derivatives: next(8 * width * layers),
  };
  return { ...common, ...group, itemBytes: end - group.item };
}

/** The header of the job that computes the problem (wasm/codes.ts). */
export function writeHeader(problem: Problem, layout: Layout, to: Uint32Array): void {
  const blockCount = problem.blocks.levels.length;
  to[code.JOB_KIND] = code.DENSE_CIRCUIT;
  to[code.JOB_ITEM] = layout.item;
  to[code.JOB_ITEM_BYTES] = layout.itemBytes;
  to[code.DENSE_DIMENSION] = blockCount * problem.inner;
  to[code.DENSE_BLOCKS] = blockCount;
  to[code.DENSE_LAYERS] = problem.layers;
  to[code.DENSE_PHASES_OF_LAYER] = problem.distinct;
  to[code.DENSE_GENERATOR_EACH] = Number(problem.eachLayer);
  to[code.DENSE_MATRICES] = layout.matrices;
  to[code.DENSE_ROTATIONS] = layout.rotations;
  to[code.DENSE_PHASES] = layout.phases;
  to[code.DENSE_PLACES] = layout.places;
  to[code.DENSE_GENERATOR] = layout.generator;
  to[code.DENSE_READOUT] = layout.readout;
  to[code.DENSE_START] = layout.start;
  to[code.DENSE_STATES] = layout.states;
  to[code.DENSE_MOVING] = layout.moving;
  to[code.DENSE_SPARE] = layout.spare;
  to[code.DENSE_VALUES] = layout.values;
  to[code.DENSE_DERIVATIVES] = layout.derivatives;
}

/** Writes everything else that does not depend on θ or on the states. What padding leaves out has to be 0 already. */
export function writeCircuit(problem: Problem, layout: Layout, buffer: ArrayBufferLike): void {
  const { circuit, inner, eachLayer, layers, eigenvalues } = problem;
  const { levels, matrices, rotations } = problem.blocks;
  const bytes = 16 * inner * inner;
  matrices.forEach((layer, l) => {
    layer.forEach((matrix, b) => {
      const n = levels[b].length;
      const to = new Float64Array(buffer, layout.matrices + (l * levels.length + b) * bytes, 2 * inner * inner);
      for (let r = 0; r < n; r++) to.set(matrix.subarray(2 * r * n, 2 * (r + 1) * n), 2 * r * inner);
    });
  });
  rotations.forEach((angles, l) => {
    writeRotations(angles, inner, new Float64Array(buffer, layout.rotations + 32 * l * inner, 4 * inner));
  });
  const d = levels.length * inner;
  const pairBytes = 16;
  const places = new Uint32Array(buffer, layout.places, d);
  const diagonals = new Float64Array(buffer, layout.generator, d * (eachLayer ? layers : 1));
  const readout = new Float64Array(buffer, layout.readout, d);
  levels.forEach((members, b) => {
    members.forEach((level, k) => {
      const at = b * inner + k;
      places[at] = pairBytes * (eachLayer ? level : eigenvalues.indexOf(circuit.generator[level]));
      for (let l = 0; l < (eachLayer ? layers : 1); l++) diagonals[l * d + at] = generatorOf(circuit, l)[level];
      readout[at] = circuit.readout[level];
    });
  });
}

/** Θ, then Φ; where a rotation is missing, cosine 1. */
function writeRotations(angles: Float64Array, inner: number, to: Float64Array): void {
  const half = angles.length / 2;
  for (const part of [0, 1]) {
    const table = to.subarray(2 * part * inner, 2 * (part + 1) * inner);
    table.set(angles.subarray(part * half, (part + 1) * half));
    for (let k = half; k < 2 * inner; k += 2) table[k] = 1;
  }
}

/** Writes the starting states of a group and how many columns it has. */
export function writeGroup(problem: Problem, layout: Layout, group: Group, buffer: ArrayBufferLike): void {
  const { inner, states } = problem;
  const { dimension } = problem.circuit;
  const { levels, opening } = problem.blocks;
  new Uint32Array(buffer, layout.item + group.offset, 1)[0] = group.count;
  const to = new Float64Array(buffer, layout.start + group.offset, 2 * levels.length * inner * group.count);
  for (let j = 0; j < group.count; j++) {
    const from = 2 * (group.first + j) * dimension;
    levels.forEach((members, b) => {
      const part = Float64Array.from(members.flatMap((level) => [0, 1].map((i) => states[from + 2 * level + i])));
      const opened = opening.length > 0 ? times(opening[b], part) : part;
      opened.forEach((value, i) => {
        to[2 * ((b * inner + (i >> 1)) * group.count + j) + (i & 1)] = value;
      });
    });
  }
}

/** Copies a group's last states to m × 2d. */
export function readStates(
  problem: Problem,
  layout: Layout,
  group: Group,
  buffer: ArrayBufferLike,
  to: Float64Array,
): void {
  const { inner } = problem;
  const { dimension } = problem.circuit;
  const { levels } = problem.blocks;
  const from = new Float64Array(buffer, layout.moving + group.offset, 2 * levels.length * inner * group.count);
  levels.forEach((members, b) => {
    members.forEach((level, k) => {
      for (let j = 0; j < group.count; j++)
        for (const part of [0, 1])
          to[2 * ((group.first + j) * dimension + level) + part] = from[2 * ((b * inner + k) * group.count + j) + part];
    });
  });
}

/** Cosine and sine of θ_l·h for `distinct` eigenvalues a layer: those of all layers, or each layer's own in turn. */
export function writePhases(theta: Float64Array, { eigenvalues, distinct }: Problem, to: Float64Array): void {
  let at = 0;
  for (let l = 0; l < theta.length; l++)
    for (let k = 0; k < distinct; k++) {
      const angle = theta[l] * eigenvalues[eigenvalues.length > distinct ? l * distinct + k : k];
      to[at++] = Math.cos(angle);
      to[at++] = Math.sin(angle);
    }
}
