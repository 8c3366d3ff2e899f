import { parameter } from '../../src/circuit/angle.ts';
import type { CircuitSource } from '../../src/circuit/circuit.ts';
import { apply, constant, input } from '../../src/circuit/expression.ts';
import { angleCount, gates } from '../../src/circuit/gates.ts';
import { buildModel } from '../../src/model/build.ts';
import { modelSchema } from '../../src/model/schema.ts';
import { haarUnitary } from '../../src/random/haar.ts';
import { random } from '../../src/random/random.ts';
import { engines } from '../../src/simulate/engines.ts';
import { randomOperation, sourceOf } from '../helpers/circuits.ts';

interface Written {
  readonly source: CircuitSource;
  readonly inputNames?: readonly string[];
}

const model = (qubits: number, encoding: object, ansatz: object, features: number): Written => {
  const spec = modelSchema.parse({ qubits, encoding, ansatz, observable: 'Z0' });
  return { source: buildModel(spec, features, engines.reference).circuit.source };
};

/** Every gate of the table once, its angles affine in three shared parameters. */
function everyGate(): Written {
  let angle = 0;
  const operations = [...gates.values()].map((gate, k) => ({
    gate: gate.name,
    wires: [k % 3, (k + 1) % 3, (k + 2) % 3].slice(0, gate.qubits),
    angles: Array.from({ length: angleCount(gate) }, () => ({
      ...parameter(angle++ % 3, 0.5),
      offset: apply('*', 0.25, input(angle % 2)),
    })),
  }));
  return { source: sourceOf(3, 2, operations) };
}

/** The gates of random circuits: texts that Qiskit has read stay as they are where the table grows. */
const drawn =
  'x y z h s sdg t tdg sx sxdg p rx ry rz u rot cx cy cz ch swap crx cry crz cp cu rxx ryy rzz ccx cswap'.split(' ');

/** Random gates, and matrices of one, two and three qubits, one of them twice. */
function randomCircuit(seed: number): Written {
  const draw = random(seed);
  const among = drawn.map((name) => gates.get(name)!);
  const operations = Array.from({ length: 25 }, () => randomOperation(draw, 3, 2, 4, among));
  const [two, three] = [4, 8].map((order) => haarUnitary(order, draw));
  operations.splice(5, 0, { gate: 'unitary', wires: [2, 0], matrix: two });
  operations.splice(9, 0, { gate: 'unitary', wires: [1, 2, 0], matrix: three });
  operations.push({ gate: 'unitary', wires: [0, 1], matrix: two });
  return { source: sourceOf(3, 2, operations) };
}

/** Names that OpenQASM has for something else, and letters that are not Latin. */
function names(): Written {
  const square = apply('^', input(0), constant(2));
  const operations = [
    { gate: 'ryy', wires: [0, 1], angles: [{ offset: square, terms: [{ parameter: 0, factor: input(1) }] }] },
    { gate: 'rx', wires: [1], angles: [{ offset: input(2), terms: [{ parameter: 1, factor: constant(-1) }] }] },
    { gate: 'unitary', wires: [0], matrix: haarUnitary(2, random(5)) },
    { gate: 'rz', wires: [0], angles: [parameter(2, 1 / 3)] },
  ];
  const source = { ...sourceOf(2, 3, operations), parameters: ['q', '_θ_0_', 'unitary', 'not_used'] };
  return { source, inputNames: ['x', 'sepal length', '2pi'] };
}

/** Circuits whose texts are kept in written/, and which Qiskit has read (oracles/written.py). */
export const written: Readonly<Record<string, Written>> = {
  'every-gate': everyGate(),
  names: names(),
  hea: model(3, { frequency: 'high', reupload: true }, { kind: 'hea', layers: 2 }, 2),
  hva: model(3, { kind: 'iqp-feature-map' }, { kind: 'hva', layers: 2 }, 3),
  'zz-real-amplitudes': model(3, { kind: 'zz-feature-map' }, { kind: 'real-amplitudes', layers: 2 }, 3),
  'strongly-entangling': model(3, {}, { kind: 'strongly-entangling', layers: 2 }, 1),
  ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((seed) => [`random-${seed}`, randomCircuit(seed)])),
};
