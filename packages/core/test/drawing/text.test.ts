import { expect, test } from 'vitest';
import { data, fixed, parameter } from '../../src/circuit/angle.ts';
import type { CircuitSource, Operation } from '../../src/circuit/circuit.ts';
import { apply, constant, input } from '../../src/circuit/expression.ts';
import { gates } from '../../src/circuit/gates.ts';
import { drawText } from '../../src/drawing/text.ts';
import { haarUnitary } from '../../src/random/haar.ts';
import { random } from '../../src/random/random.ts';
import { randomOperation, sourceOf } from '../helpers/circuits.ts';
import { seed } from '../helpers/numbers.ts';

const lines = (source: CircuitSource, width = 100) => drawText(source, width).split('\n');
const theta = (k: number) => [parameter(k)];

test('gates stand as far to the left as they can, controls above or below', () => {
  const operations: Operation[] = [
    { gate: 'h', wires: [0] },
    { gate: 'rx', wires: [2], angles: [data(apply('*', 2, input(1)))] },
    { gate: 'cx', wires: [2, 0] },
    { gate: 'ry', wires: [1], angles: theta(0) },
    { gate: 'ccx', wires: [0, 2, 1] },
    { gate: 'swap', wires: [0, 1] },
  ];
  expect(lines(sourceOf(3, 2, operations))).toEqual([
    'q0 ─────H──────X──────────●──×──',
    '               │          │  │',
    'q1 ────────────┼──RY(θ0)──X──×──',
    '               │          │',
    'q2 ──RX(2·x1)──●──────────●─────',
  ]);
});

test('a matrix says which bit a wire is, a starting state stands on all wires', () => {
  const source = sourceOf(3, 4, [{ gate: 'unitary', wires: [2, 0], matrix: haarUnitary(4, random(seed)) }]);
  expect(lines({ ...source, start: 'amplitudes' })).toEqual([
    'q0 ──|x⟩──U:1──',
    '      │    │',
    'q1 ──|x⟩───┼───',
    '      │    │',
    'q2 ──|x⟩──U:0──',
  ]);
});

test('long circuits go on below, no line is wider than asked for', () => {
  const operations = Array.from({ length: 40 }, (_, k) => ({ gate: 'ry', wires: [k % 2], angles: theta(k) }));
  const blocks = drawText(sourceOf(2, 0, operations), 60).split('\n\n\n');
  expect(blocks).toHaveLength(4);
  for (const line of blocks.join('\n').split('\n')) expect([...line].length).toBeLessThanOrEqual(60);
  expect(blocks[0]).toMatch(/^q0 ─.*»$/m);
  expect(blocks[1]).toMatch(/^q0 «.*»$/m);
  expect(blocks[3]).toMatch(/^q0 «.*─$/m);
  // A gate wider than the width gets a line of its own.
  expect(drawText(sourceOf(1, 0, operations.slice(0, 1).concat({ ...operations[1], wires: [0] })), 8)).toBe(
    'q0 ──RY(θ0)─»\n\n\nq0 «─RY(θ1)──',
  );
});

test('numbers are short, long angles cut, names given where wanted', () => {
  const angles = [
    fixed(Math.PI / 2),
    fixed((-3 * Math.PI) / 4),
    fixed(0.123456),
    data(apply('*', apply('-', Math.PI, input(0)), apply('^', input(1), constant(2)))),
    parameter(0, -1),
    data(apply('sin', apply('*', 1.23456, apply('*', apply('+', input(0), 3.21), input(1))))),
  ];
  const source = sourceOf(
    1,
    2,
    angles.map((angle) => ({ gate: 'rx', wires: [0], angles: [angle] })),
  );
  const named = { ...source, parameters: ['_φ_12_'] };
  expect(drawText(named, 200, ['sepal_w', '_x_7_'])).toBe(
    'q0 ──RX(π/2)──RX(−3π/4)──RX(0.123)──RX((π−sepal_w)·x7²)──RX(−φ12)──RX(sin(1.23·((sepal_w+3.…)──',
  );
});

test(`every gate of random circuits is drawn, each in a place of its own (seed ${seed})`, () => {
  const draw = random(seed, 1);
  for (const qubits of [1, 2, 5, 20]) {
    const source = sourceOf(
      qubits,
      2,
      Array.from({ length: 60 }, () => randomOperation(draw, qubits, 2, 3)),
    );
    const all = drawText(source, 80);
    for (const block of all.split('\n\n\n')) {
      const rows = block.split('\n');
      expect(rows).toHaveLength(2 * qubits - 1);
      const wires = rows.filter((_, i) => i % 2 === 0);
      expect(new Set(wires.map((line) => [...line].length)).size).toBe(1);
    }
    const wanted = source.operations.flatMap(({ gate }) => gates.get(gate)?.drawing ?? ['U']);
    const count = (list: readonly string[], what: string) => list.filter((label) => label === what).length;
    for (const dot of ['●', '×']) expect(count([...all], dot)).toBe(count(wanted, dot));
    const boxes = all.match(/[A-Z√][A-Za-z]*†?(\(|(?=[─«»]))/g) ?? [];
    expect(boxes).toHaveLength(wanted.length - count(wanted, '●') - count(wanted, '×'));
  }
});

test('a circuit without gates is its wires', () => {
  expect(drawText(sourceOf(2, 0, []), 80)).toBe('q0 ──\n\nq1 ──');
});

test('wires have the names of the qubits', () => {
  const source = { ...sourceOf(2, 0, [{ gate: 'cx', wires: [0, 1] }]), qubitNames: ['$9', '$28'] };
  expect(drawText(source, 80)).toBe('$9  ──●──\n      │\n$28 ──X──');
});
