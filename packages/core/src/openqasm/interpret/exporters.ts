import { apply, constant } from '../../circuit/expression.ts';
import { nearest } from '../../wording.ts';
import { type Gate, libraryGate } from '../gates/gates.ts';
import { controlled, equatorial, libraries } from './libraries.ts';

const braket = 'Amazon Braket';
const half = constant(Math.PI / 2);

/** A phase on one basis state of two qubits: `zeros` are the wires that are 0 in it. */
const phaseOn = (name: string, zeros: readonly number[]): Gate =>
  libraryGate(name, 2, 1, braket, (place, [angle]) => {
    for (const wire of zeros) place('x', [wire]);
    place('p', [0, 1], [angle], 1);
    for (const wire of zeros) place('x', [wire]);
  });

/** The gates that Amazon Braket has without an include. */
const braketGates: readonly Gate[] = [
  libraryGate('i', 1, 0, braket, () => {}),
  ...(
    [
      ['v', 'sx', 0],
      ['vi', 'sxdg', 0],
      ['si', 'sdg', 0],
      ['ti', 'tdg', 0],
      ['phaseshift', 'p', 0],
      ['cnot', 'x', 1],
      ['cv', 'sx', 1],
      ['cphaseshift', 'p', 1],
      ['ccnot', 'x', 2],
      ['xx', 'rxx', 0],
      ['yy', 'ryy', 0],
      ['zz', 'rzz', 0],
    ] as const
  ).map(([name, gate, controls]) => controlled(name, gate, controls, braket)),
  phaseOn('cphaseshift00', [0, 1]),
  phaseOn('cphaseshift01', [0]),
  phaseOn('cphaseshift10', [1]),
  libraryGate('xy', 2, 1, braket, (place, [angle]) => {
    for (const gate of ['rxx', 'ryy']) place(gate, [0, 1], [apply('/', angle, -2)]);
  }),
];

/** Gates that exporters write though no library has them. */
const writtenGates: readonly Gate[] = [
  equatorial('r', 'Qiskit'),
  libraryGate('iswap', 2, 0, 'Qiskit', (place) => {
    for (const gate of ['rxx', 'ryy']) place(gate, [0, 1], [apply('negate', half)]);
  }),
  libraryGate('dcx', 2, 0, 'Qiskit', (place) => {
    place('x', [0, 1], [], 1);
    place('x', [1, 0], [], 1);
  }),
  libraryGate('rzx', 2, 1, 'Qiskit', (place, [angle]) => {
    place('h', [1]);
    place('rzz', [0, 1], [angle]);
    place('h', [1]);
  }),
  libraryGate('ecr', 2, 0, 'Qiskit', (place) => {
    for (const sign of [1, -1]) {
      place('h', [1]);
      place('rzz', [0, 1], [constant((sign * Math.PI) / 4)]);
      place('h', [1]);
      if (sign === 1) place('x', [0]);
    }
  }),
];

const byName = (gates: readonly Gate[]): ReadonlyMap<string, Gate> => new Map(gates.map((gate) => [gate.name, gate]));
const ofLibraries = new Map([...libraries].map(([file, gates]) => [file, byName(gates)] as const));
const ofBraket = byName(braketGates);
const ofExporters = byName(writtenGates);

/**
 * A gate that no include of the program has, but that exporters write all the same. Without any include the program is
 * one of Amazon Braket's, which has its gates built in; qelib1.inc with Qiskit's additions is known to all.
 */
export function exporterGate(name: string, included: readonly string[]): { gate: Gate; note: string } | undefined {
  if (included.length === 0) {
    const gate = ofBraket.get(name) ?? ofLibraries.get('stdgates.inc')?.get(name) ?? ofExporters.get(name);
    return gate && { gate, note: `${name} is read as Amazon Braket's built-in gate: the program includes no library` };
  }
  const gate = ofLibraries.get('qelib1.inc')?.get(name) ?? ofExporters.get(name) ?? ofBraket.get(name);
  return gate && { gate, note: `${name} is read as exporters mean it: ${included.join(' and ')} has no such gate` };
}

/** The gate whose name is closest, of the program's own before others, and the library that has it. */
export function nearestGate(
  name: string,
  defined: readonly string[],
  version: number,
): { name: string; library: string | undefined } | undefined {
  // Each name with the first that has it; programs of version 2 include another library.
  const files = [...ofLibraries].sort(([a], [b]) => Number(b === 'qelib1.inc') - Number(a === 'qelib1.inc'));
  const places = new Map<string, string | undefined>(defined.map((each) => [each, undefined]));
  for (const [library, gates] of [...(version === 2 ? files : ofLibraries), [braket, ofBraket] as const])
    for (const key of gates.keys()) if (!places.has(key)) places.set(key, library);
  const near = nearest(name, [...places.keys()]);
  return near === undefined ? undefined : { name: near, library: places.get(near) };
}
