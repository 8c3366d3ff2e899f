import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Angle, data, fixed, parameter } from '../../src/circuit/angle.ts';
import {
  type CircuitSource,
  compile,
  gateAt,
  type Operation,
  rotationOfSlot,
  wiresAt,
} from '../../src/circuit/circuit.ts';
import { apply, constant, input, largestInput } from '../../src/circuit/expression.ts';
import { angleCount, gates } from '../../src/circuit/gates.ts';
import { InputError } from '../../src/errors.ts';
import { complexMatrix, identity } from '../../src/linalg/complex.ts';
import { random } from '../../src/random/random.ts';
import { names, randomOperation, sourceOf } from '../helpers/circuits.ts';
import { runs, seed } from '../helpers/numbers.ts';

const on = (operations: Operation[], rest: Partial<CircuitSource> = {}): CircuitSource => ({
  ...{ qubits: 3, inputs: 2, parameters: ['a', 'b'], start: 'zero' as const },
  ...rest,
  operations,
});

const h: Operation = { gate: 'h', wires: [0] };
const rx = (angle: Angle): Operation => ({ gate: 'rx', wires: [0], angles: [angle] });
const own = (matrix: Float64Array | undefined, wires = [0]): Operation => ({
  gate: 'unitary',
  wires,
  ...(matrix && { matrix }),
});

describe('what cannot be a circuit is refused, and the operation named', () => {
  const cases: [what: string, source: CircuitSource, message: string | RegExp][] = [
    [
      'unknown gate',
      on([h, { gate: 'foo', wires: [0] }]),
      /^operation 1 \(foo\): found an unknown gate, expected one of x, y, .*cswap, unitary$/,
    ],
    [
      'qubit beyond the last',
      on([{ gate: 'cx', wires: [0, 3] }]),
      'operation 0 (cx): found qubit 3, expected qubits 0 to 2',
    ],
    ['negative qubit', on([{ gate: 'h', wires: [-1] }]), 'operation 0 (h): found qubit -1, expected qubits 0 to 2'],
    ['half a qubit', on([{ gate: 'h', wires: [0.5] }]), 'operation 0 (h): found qubit 0.5, expected qubits 0 to 2'],
    [
      'repeated qubit',
      on([h, h, { gate: 'cx', wires: [1, 1] }]),
      'operation 2 (cx): found qubits 1, 1, expected every qubit once',
    ],
    ['too few qubits', on([{ gate: 'cx', wires: [1] }]), 'operation 0 (cx): found 1 qubit, expected 2 qubits'],
    ['too many qubits', on([{ gate: 'h', wires: [0, 1] }]), 'operation 0 (h): found 2 qubits, expected 1 qubit'],
    ['missing angle', on([{ gate: 'rx', wires: [0] }]), 'operation 0 (rx): found 0 angles, expected 1 angle'],
    ['angle too many', on([{ ...h, angles: [fixed(1)] }]), 'operation 0 (h): found 1 angle, expected 0 angles'],
    [
      'too few angles of a composite',
      on([{ gate: 'u', wires: [0], angles: [fixed(1)] }]),
      'operation 0 (u): found 1 angle, expected 3 angles',
    ],
    [
      'angle of a matrix',
      on([{ ...own(identity(2)), angles: [fixed(1)] }]),
      'operation 0 (unitary): found 1 angle, expected 0 angles',
    ],
    [
      'no matrix',
      on([own(undefined)]),
      'operation 0 (unitary): found 0 complex entries of a matrix, expected 2 × 2 on 1 qubit',
    ],
    [
      'matrix of another size',
      on([own(identity(2), [0, 1])]),
      'operation 0 (unitary): found 4 complex entries of a matrix, expected 4 × 4 on 2 qubits',
    ],
    [
      'matrix not unitary',
      on([
        own(
          complexMatrix([
            [1, 1],
            [0, 1],
          ]),
        ),
      ]),
      'operation 0 (unitary): found a matrix that is not unitary, U·U† − 1 having an entry of 1, expected entries below 1e-10',
    ],
    [
      'matrix with NaN',
      on([
        own(
          complexMatrix([
            [Number.NaN, 0],
            [0, 1],
          ]),
        ),
      ]),
      /^operation 0 \(unitary\): found a matrix that is not unitary/,
    ],
    [
      'missing input in an offset',
      on([rx(data(apply('*', 2, input(2))))]),
      'operation 0 (rx): found input 2, expected inputs below 2',
    ],
    [
      'missing input in a factor',
      on([rx({ offset: input(0), terms: [{ parameter: 0, factor: input(5) }] })]),
      'operation 0 (rx): found input 5, expected inputs below 2',
    ],
    [
      'missing parameter',
      on([rx(parameter(2))]),
      'operation 0 (rx): found parameter 2, expected whole numbers below 2, the number of parameters',
    ],
    [
      'negative parameter',
      on([rx(parameter(-1))]),
      'operation 0 (rx): found parameter -1, expected whole numbers below 2, the number of parameters',
    ],
    [
      'half a parameter',
      on([rx(parameter(0.5))]),
      'operation 0 (rx): found parameter 0.5, expected whole numbers below 2, the number of parameters',
    ],
    ['half an input', on([], { inputs: 0.5 }), 'inputs: found 0.5, expected a whole number from 0'],
    [
      'a name with a slip',
      on([{ gate: 'rxz', wires: [0, 1] }]),
      /^operation 0 \(rxz\): found an unknown gate.*; did you mean "rx"\?$/,
    ],
    ['no qubits', on([], { qubits: 0 }), 'qubits: found 0, expected a whole number from 1'],
    ['half a qubit in all', on([], { qubits: 1.5 }), 'qubits: found 1.5, expected a whole number from 1'],
  ];

  test.each(cases)('%s', (_, source, message) => {
    expect(() => compile(source)).toThrow(InputError);
    const found = messageOf(() => compile(source));
    if (typeof message === 'string') expect(found).toBe(message);
    else expect(found).toMatch(message);
  });

  test('rounding in a matrix is not held against it', () => {
    const reflection = (off: number) => [
      own(
        complexMatrix([
          [0.6, 0.8 + off],
          [0.8, -0.6],
        ]),
      ),
    ];
    expect(() => compile(on(reflection(1e-11)))).not.toThrow();
    expect(() => compile(on(reflection(1e-9)))).toThrow(InputError);
  });
});

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}

describe('slots', () => {
  const slotsOf = (...angles: Angle[]) => {
    const circuit = compile(on(angles.map(rx)));
    return { slots: [...circuit.slot], shared: circuit.sharedSlots, trainable: [...circuit.trainable] };
  };

  test('angles common to all points come first', () => {
    expect(slotsOf(data(input(0)), parameter(0), fixed(1), data(input(1)), parameter(1))).toEqual({
      slots: [3, 0, 1, 4, 2],
      shared: 3,
      trainable: [1, 0, 1, 0, 0],
    });
  });

  test('an angle with a factor of the inputs is one a point and trainable', () => {
    const angle = { offset: constant(1), terms: [{ parameter: 0, factor: input(1) }] };
    expect(slotsOf(angle, parameter(0))).toEqual({ slots: [1, 0], shared: 1, trainable: [1, 1] });
  });

  test('equal angles without parameters share a slot, also across gates', () => {
    const angle = () => data(apply('*', 2, input(0)));
    expect(slotsOf(angle(), angle(), fixed(0.5), fixed(0.5), data(input(0)))).toEqual({
      slots: [1, 1, 0, 0, 2],
      shared: 1,
      trainable: [0, 0, 0],
    });
    const circuit = compile(on([rx(angle()), { gate: 'rzz', wires: [0, 1], angles: [angle()] }]));
    expect([...circuit.slot]).toEqual([0, 0]);
  });

  test('equal trained angles do not: each has a derivative of its own', () => {
    expect(slotsOf(parameter(0), parameter(0), parameter(0, 2)).slots).toEqual([0, 1, 2]);
  });

  test('gates without an angle have none', () => expect([...compile(on([h])).slot]).toEqual([-1]));
});

test('composites are taken apart where they stand, on the wires given', () => {
  const angles = [parameter(0), fixed(2), fixed(3), data(input(0))];
  const circuit = compile(on([h, { gate: 'cu', wires: [2, 0], angles }]));
  const listed = [...circuit.gate.keys()].map((g) => [gateAt(circuit, g).name, ...wiresAt(circuit, g)]);
  expect(listed).toEqual([
    ['h', 0],
    ['p', 2],
    ['cp', 2, 0],
    ['cry', 2, 0],
    ['cp', 2, 0],
  ]);
  expect(rotationOfSlot(circuit, circuit.slot[3])).toBe(gates.get('cry'));
});

test('a matrix of its own acts on its wires', () => {
  const circuit = compile(on([own(identity(4), [2, 1])]));
  expect(gateAt(circuit, 0)).toMatchObject({ kind: 'fixed', name: 'unitary', qubits: 2, drawing: ['U', 'U'] });
  expect([...wiresAt(circuit, 0)]).toEqual([2, 1]);
});

test(`the flat arrays fit together in random circuits (seed ${seed})`, () => {
  const law = fc.property(
    fc.nat(),
    fc.integer({ min: 1, max: 5 }),
    fc.integer({ min: 0, max: 30 }),
    (words, qubits, count) => {
      const draw = random(words);
      const operations = Array.from({ length: count }, () => randomOperation(draw, qubits, 2, 3));
      const circuit = compile({ ...sourceOf(qubits, 2, operations), parameters: names(3) });
      const elementary = circuit.gate.length;
      expect(circuit.wireStart).toHaveLength(elementary + 1);
      expect(circuit.wireStart[elementary]).toBe(circuit.wires.length);
      expect(circuit.slot).toHaveLength(elementary);
      expect(circuit.trainable).toHaveLength(circuit.angles.length);
      for (let g = 0; g < elementary; g++) {
        const gate = gateAt(circuit, g);
        expect(gate.kind).not.toBe('composite');
        expect(wiresAt(circuit, g)).toHaveLength(gate.qubits);
        expect(circuit.slot[g] >= 0).toBe(angleCount(gate) === 1);
      }
      const owners = (slot: number) => circuit.slot.filter((of) => of === slot).length;
      circuit.angles.forEach((angle, slot) => {
        const varies = [angle.offset, ...angle.terms.map((term) => term.factor)].some(
          (part) => largestInput(part) >= 0,
        );
        expect(varies).toBe(slot >= circuit.sharedSlots);
        expect(circuit.trainable[slot]).toBe(angle.terms.length > 0 ? 1 : 0);
        if (circuit.trainable[slot]) expect(owners(slot)).toBe(1);
        else expect(owners(slot)).toBeGreaterThan(0);
      });
    },
  );
  fc.assert(law, { seed, numRuns: runs(100) });
});
