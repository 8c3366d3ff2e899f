import { DENSE_DERIVATIVES_WANTED } from '../../wasm/codes.ts';
import { defaultMachine, type Machine } from '../../wasm/machine.ts';
import { blocksOf } from './blocks.ts';
import { type DenseCircuit, type DenseEngine, type DenseSimulator, generatorPerLayer } from './dense.ts';
import {
  type Group,
  type Layout,
  layOut,
  type Problem,
  readStates,
  writeCircuit,
  writeGroup,
  writeHeader,
  writePhases,
} from './layout.ts';

/**
 * The fast engine: WebAssembly SIMD (assembly/dense.ts). The unitaries stay in the machine's memory until it is used for
 * something else: copying them takes longer than a step.
 */
export const denseWasm: DenseEngine = createDenseWasm();

/** The fast engine on another machine than the default one. */
export function createDenseWasm(machine: Machine = defaultMachine): DenseEngine {
  return { name: 'wasm', prepare: (circuit, states) => prepare(machine, circuit, states) };
}

/** A problem in the memory of a machine, its columns in groups, at most one a thread. */
interface Loaded {
  readonly buffer: ArrayBufferLike;
  readonly layout: Layout;
  readonly groups: readonly Group[];
}

/** Products of complex numbers, there and back, from which another thread gains more than it costs. */
const worthSharing = 2 ** 17;

const even = (count: number): number => count + (count % 2);

function prepare(machine: Machine, circuit: DenseCircuit, states: Float64Array): DenseSimulator {
  const problem = problemOf(machine, circuit, states);
  const { layers } = problem;
  let loaded = load(machine, problem);
  const run = (theta: Float64Array, derivatives: boolean): Loaded => {
    if (machine.owner !== loaded) loaded = load(machine, problem);
    const { buffer, layout, groups } = loaded;
    writePhases(theta, problem, new Float64Array(buffer, layout.phases, 2 * layers * problem.distinct));
    new Uint32Array(buffer, layout.header)[DENSE_DERIVATIVES_WANTED] = Number(derivatives);
    machine.perform(layout.header, groups.length, groups.length > 1);
    return loaded;
  };
  return {
    outputs: (theta) => outputsOf(problem, run(theta, false)),
    states(theta) {
      const { layout, groups, buffer } = run(theta, false);
      const result = new Float64Array(states.length);
      for (const group of groups) readStates(problem, layout, group, buffer, result);
      return result;
    },
    jacobian(theta) {
      const after = run(theta, true);
      return { f: outputsOf(problem, after), J: derivativesOf(problem, after) };
    },
  };
}

function problemOf(machine: Machine, circuit: DenseCircuit, states: Float64Array): Problem {
  const eachLayer = generatorPerLayer(circuit);
  const eigenvalues = eachLayer ? Array.from(circuit.generator) : [...new Set(circuit.generator)];
  const blocks = blocksOf(circuit, machine);
  return {
    circuit,
    blocks,
    inner: even(blocks.levels[0].length),
    states,
    count: states.length / (2 * circuit.dimension),
    layers: circuit.unitaries.length,
    eachLayer,
    eigenvalues,
    distinct: eachLayer ? circuit.dimension : eigenvalues.length,
  };
}

/** Brings a problem into a machine's memory. */
function load(machine: Machine, problem: Problem): Loaded {
  const { circuit, count, layers, blocks, inner } = problem;
  const products = 2 * layers * blocks.levels.length * inner * inner * count;
  const threads = products < worthSharing ? 1 : machine.threads;
  const width = Math.ceil(count / threads);
  const layout = layOut(problem, width);
  const groups = groupsOf(count, width, layout.itemBytes);
  const end = layout.item + groups.length * layout.itemBytes;
  const buffer = machine.reserve(end, () => `dimension ${circuit.dimension}, ${layers} layers of ${count} states`);
  new Uint8Array(buffer, 0, end).fill(0);
  writeHeader(problem, layout, new Uint32Array(buffer, layout.header));
  writeCircuit(problem, layout, buffer);
  for (const group of groups) writeGroup(problem, layout, group, buffer);
  const loaded = { buffer, layout, groups };
  machine.owner = loaded;
  return loaded;
}

function groupsOf(count: number, width: number, bytes: number): Group[] {
  return Array.from({ length: Math.ceil(count / width) }, (_, g) => {
    const size = Math.min(width, count - g * width);
    return { first: g * width, count: size, offset: g * bytes };
  });
}

function outputsOf({ count }: Problem, { layout, groups, buffer }: Loaded): Float64Array {
  const f = new Float64Array(count);
  for (const group of groups) f.set(new Float64Array(buffer, layout.values + group.offset, group.count), group.first);
  return f;
}

/** J, m × p, from rows of one derivative a column. */
function derivativesOf({ count, layers }: Problem, { layout, groups, buffer }: Loaded): Float64Array {
  const J = new Float64Array(count * layers);
  for (const { first, count: size, offset } of groups) {
    const from = new Float64Array(buffer, layout.derivatives + offset, layers * size);
    for (let j = 0; j < size; j++) for (let l = 0; l < layers; l++) J[(first + j) * layers + l] = from[l * size + j];
  }
  return J;
}
