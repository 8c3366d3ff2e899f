import { expect, test } from 'vitest';
import { data, fixed, parameter } from '../../src/circuit/angle.ts';
import type { Operation } from '../../src/circuit/circuit.ts';
import { apply, input } from '../../src/circuit/expression.ts';
import { circuitFacts } from '../../src/circuit/facts.ts';
import { sourceOf } from '../helpers/circuits.ts';

const upload = (wire: number): Operation => ({ gate: 'rx', wires: [wire], angles: [data(input(0))] });
const train = (wire: number, k: number): Operation => ({ gate: 'ry', wires: [wire], angles: [parameter(k)] });
const cx = (...wires: number[]): Operation => ({ gate: 'cx', wires });
const facts = (...operations: Operation[]) => circuitFacts(sourceOf(3, 1, operations));

test('depth is the longest way, gates as their author wrote them', () => {
  expect(facts().depth).toBe(0);
  expect(facts(train(0, 0), train(1, 1), train(2, 2)).depth).toBe(1);
  expect(facts(train(0, 0), cx(0, 1), cx(1, 2), train(0, 1)).depth).toBe(3);
  expect(facts(cx(0, 2), train(1, 0)).depth).toBe(1);
  expect(facts(train(0, 0), train(0, 1), cx(0, 1), train(1, 2)).depth).toBe(4);
  expect(facts({ gate: 'rot', wires: [0], angles: [fixed(1), fixed(2), fixed(3)] }).depth).toBe(1);
});

test('gates are counted, the most frequent first', () => {
  const { gates } = facts(cx(0, 1), train(0, 0), cx(1, 2), upload(0), cx(0, 2), train(1, 1));
  expect(Object.entries(gates)).toEqual([
    ['cx', 3],
    ['ry', 2],
    ['rx', 1],
  ]);
});

test('data re-enters where it comes after training that can act on it', () => {
  expect(facts(upload(0), train(0, 0)).reuploads).toBe(false);
  expect(facts(upload(0), upload(0), train(0, 0)).reuploads).toBe(false);
  expect(facts(upload(0), train(0, 0), upload(0)).reuploads).toBe(true);
  // Written later, but on a wire that no training has reached.
  expect(facts(upload(0), train(0, 0), upload(1), train(1, 1)).reuploads).toBe(false);
  expect(facts(train(0, 0), cx(0, 1), upload(1)).reuploads).toBe(true);
  expect(facts(train(0, 0), cx(0, 1), cx(1, 2), upload(2)).reuploads).toBe(true);
  expect(facts(cx(0, 1), train(0, 0), upload(1)).reuploads).toBe(false);
  // θ·x in one gate, or sin θ: training in whatever way.
  const both: Operation = { gate: 'rx', wires: [0], angles: [{ ...parameter(0), offset: input(0) }] };
  expect(facts(both).reuploads).toBe(false);
  expect(facts(both, both).reuploads).toBe(true);
  const nonlinear = { ...fixed(0), nonlinear: apply('sin', { kind: 'parameter', index: 0 }) };
  expect(
    circuitFacts({ ...sourceOf(1, 1, [{ gate: 'rx', wires: [0], angles: [nonlinear] }, upload(0)]) }).reuploads,
  ).toBe(true);
});
