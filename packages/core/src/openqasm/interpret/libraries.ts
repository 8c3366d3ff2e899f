import { apply, constant, type Expression } from '../../circuit/expression.ts';
import { type Gate, libraryGate } from '../gates/gates.ts';
import { primitives } from '../gates/primitives.ts';

const standard = 'stdgates.inc';
const legacy = 'qelib1.inc';
const quantinuum = 'hqslib1.inc';

/** A primitive with a name of its own and controls in front. */
export function controlled(name: string, gate: string, controls: number, library: string): Gate {
  const { qubits, parameters } = primitives.get(gate)!;
  const wires = Array.from({ length: controls + qubits }, (_, k) => k);
  return libraryGate(name, wires.length, parameters, library, (place, angles) => place(gate, wires, angles, controls));
}

const primitive = (name: string): Gate => primitives.get(name)!;
const sum = (...terms: Expression[]) => terms.reduce((a, b) => apply('+', a, b));

/** The gates that exist without any library. */
export const builtInGates: readonly Gate[] = [primitive('U'), primitive('gphase')];

/** What OpenQASM 2 has without any library; gphase is how PennyLane writes a phase of the whole state. */
export const secondBuiltIn: readonly Gate[] = [primitive('U'), primitive('gphase'), controlled('CX', 'x', 1, legacy)];

/** Every gate of the standard library by its definition there. */
const standardGates: readonly Gate[] = [
  ...['p', 'x', 'y', 'z', 'h', 's', 'sdg', 't', 'tdg', 'sx', 'rx', 'ry', 'rz', 'swap'].map(primitive),
  ...['x', 'y', 'z', 'p', 'rx', 'ry', 'rz', 'h', 'swap'].map((name) => controlled(`c${name}`, name, 1, standard)),
  controlled('ccx', 'x', 2, standard),
  primitive('cu'),
  controlled('CX', 'x', 1, standard),
  controlled('phase', 'p', 0, standard),
  controlled('cphase', 'p', 1, standard),
  libraryGate('id', 1, 0, standard, () => {}),
  controlled('u1', 'p', 0, standard),
  libraryGate('u2', 1, 2, standard, (place, [phi, lambda]) => {
    place('gphase', [], [apply('/', sum(phi, lambda, constant(Math.PI / 2)), -2)]);
    place('U', [0], [constant(Math.PI / 2), phi, lambda]);
  }),
  libraryGate('u3', 1, 3, standard, (place, [theta, phi, lambda]) => {
    place('gphase', [], [apply('/', sum(phi, lambda, theta), -2)]);
    place('U', [0], [theta, phi, lambda]);
  }),
];

/**
 * The library of OpenQASM 2, with the gates that Qiskit has added to it. Without controls on gates, phases of the whole
 * state do not count.
 */
const legacyGates: readonly Gate[] = [
  ...standardGates.filter(({ name }) => !['p', 'CX', 'phase', 'cphase'].includes(name)),
  ...['p', 'sxdg', 'rxx', 'ryy', 'rzz'].map(primitive),
  controlled('u', 'U', 0, legacy),
  libraryGate('u0', 1, 1, legacy, () => {}),
  controlled('cu1', 'p', 1, legacy),
  libraryGate('cu3', 2, 3, legacy, (place, [theta, phi, lambda]) => {
    place('cu', [0, 1], [theta, phi, lambda, constant(0)]);
  }),
  controlled('csx', 'sx', 1, legacy),
  controlled('c3x', 'x', 3, legacy),
  controlled('c4x', 'x', 4, legacy),
  controlled('c3sqrtx', 'sx', 3, legacy),
  controlled('c3sx', 'sx', 3, legacy),
  libraryGate('rccx', 3, 0, legacy, (place) => {
    place('h', [2]);
    place('t', [2]);
    place('x', [1, 2], [], 1);
    place('tdg', [2]);
    place('x', [0, 2], [], 1);
    place('t', [2]);
    place('x', [1, 2], [], 1);
    place('tdg', [2]);
    place('h', [2]);
  }),
  libraryGate('rc3x', 4, 0, legacy, (place) => {
    const around = (inside: () => void) => {
      place('h', [3]);
      place('t', [3]);
      place('x', [2, 3], [], 1);
      place('tdg', [3]);
      place('h', [3]);
      inside();
    };
    around(() => {
      for (const [control, gate] of [
        [0, 't'],
        [1, 'tdg'],
        [0, 't'],
        [1, 'tdg'],
      ] as const) {
        place('x', [control, 3], [], 1);
        place(gate, [3]);
      }
    });
    around(() => {});
  }),
];

/** exp(−iθ/2·(cos φ·X + sin φ·Y)) under a name. */
export const equatorial = (name: string, library: string): Gate =>
  libraryGate(name, 1, 2, library, (place, [theta, phi]) => {
    place('rz', [0], [apply('negate', phi)]);
    place('rx', [0], [theta]);
    place('rz', [0], [phi]);
  });

/** Quantinuum's library, which has the names of qelib1.inc and the machine's gates. */
const quantinuumGates: readonly Gate[] = [
  ...legacyGates,
  equatorial('U1q', quantinuum),
  controlled('Rz', 'rz', 0, quantinuum),
  libraryGate('ZZ', 2, 0, quantinuum, (place) => place('rzz', [0, 1], [constant(Math.PI / 2)])),
  controlled('RZZ', 'rzz', 0, quantinuum),
];

/** The libraries that are built in, by the name a program includes them under. */
export const libraries: ReadonlyMap<string, readonly Gate[]> = new Map([
  [standard, standardGates],
  [legacy, legacyGates],
  ['hqslib1.inc', quantinuumGates],
]);
