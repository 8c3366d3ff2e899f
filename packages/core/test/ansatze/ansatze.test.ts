import { describe, expect, test } from 'vitest';
import { type Allocator, allocator } from '../../src/ansatze/ansatz.ts';
import { ansatze } from '../../src/ansatze/index.ts';
import { compile } from '../../src/circuit/circuit.ts';
import { modelSchema } from '../../src/model/schema.ts';
import { names } from '../helpers/circuits.ts';

const sizes = [1, 2, 3, 4, 5];
const edges = (n: number) => (n === 1 ? 0 : n === 2 ? 1 : n);

/** P on n qubits with L layers, as test/oracles/README.md and docs have them. */
const counts: Record<string, (n: number, layers: number) => number> = {
  hea: (n, layers) => 2 * n * layers,
  hva: (n, layers) => (edges(n) + 2 * n) * layers,
  'real-amplitudes': (n, layers) => n * (layers + 1),
  'efficient-su2': (n, layers) => 2 * n * (layers + 1),
  'strongly-entangling': (n, layers) => 3 * n * layers,
  'basic-entangler': (n, layers) => n * layers,
};

const built = (kind: string, qubits: number, options: object) => {
  const next = allocator();
  const layers = ansatzOf(kind).layers(qubits, options, next);
  return { layers, operations: layers.flat(), taken: next.taken() };
};
const ansatzOf = (kind: string) => {
  const found = ansatze.find((entry) => entry.kind === kind);
  if (!found) throw new Error(kind);
  return found;
};

test('kinds are unique and described', () => {
  expect(new Set(ansatze.map(({ kind }) => kind)).size).toBe(ansatze.length);
  for (const { summary } of ansatze) expect(summary).not.toBe('');
});

describe.each(ansatze)('ansatz $kind', ({ kind, options }) => {
  test.each(sizes)('on %d qubits compiles with the number of parameters it documents, all used, in order', (qubits) => {
    expect(Object.keys(counts), 'a new ansatz needs its count here').toContain(kind);
    for (const layers of [1, 2, 4]) {
      const { layers: list, operations, taken } = built(kind, qubits, { layers });
      expect(list).toHaveLength(layers);
      expect(taken).toBe(counts[kind](qubits, layers));
      const used = operations.flatMap(({ angles = [] }) => angles.flatMap((angle) => angle.terms));
      expect(used.map(({ parameter }) => parameter)).toEqual(Array.from({ length: taken }, (_, k) => k));
      const circuit = compile({ qubits, inputs: 0, parameters: names(taken), start: 'zero', operations });
      expect(circuit.sharedSlots).toBe(taken);
      expect([...circuit.trainable]).toEqual(Array(taken).fill(1));
    }
  });

  test('continues to count where an allocator has begun', () => {
    const next: Allocator = allocator();
    next();
    const [first] = ansatzOf(kind).layers(2, { layers: 1 }, next).flat();
    expect(first.angles?.[0].terms[0].parameter).toBe(1);
  });

  test('refuses 0 layers, half a layer, none, and options it does not know', () => {
    const reasons = (value: unknown) => options.safeParse(value).error?.message ?? '';
    expect(reasons({ layers: 0 })).toContain('with 0 layers nothing is trainable');
    expect(reasons({ layers: -1 })).toContain('with 0 layers');
    for (const value of [{ layers: 1.5 }, {}, { layers: '2' }]) expect(reasons(value)).toContain('layers');
    expect(reasons({ layers: 1, nonsense: 2 })).toContain('nonsense');
    expect(() => built(kind, 2, { layers: 0 })).toThrow(
      'layers: found 0, expected at least 1; with 0 layers nothing is trainable',
    );
    const spec = { qubits: 2, encoding: {}, ansatz: { kind, layers: 1, nonsense: 2 }, observable: 'Z0' };
    expect(modelSchema.safeParse(spec).error?.message).toContain('nonsense');
  });
});

test('a kind that does not exist is refused', () => {
  const spec = { qubits: 2, encoding: {}, ansatz: { kind: 'nonsense', layers: 1 }, observable: 'Z0' };
  expect(modelSchema.safeParse(spec).success).toBe(false);
});

describe('gate by gate', () => {
  const written = (kind: string, qubits: number, options: object) =>
    built(kind, qubits, options).layers.map((layer) =>
      layer.map(({ gate, wires }) => `${gate}${wires.join('')}`).join(' '),
    );

  const cases: [kind: string, qubits: number, options: object, layers: string[]][] = [
    ['hea', 3, { layers: 1 }, ['ry0 ry1 ry2 rz0 rz1 rz2 cz01 cz12 cz20']],
    ['hea', 2, { layers: 1 }, ['ry0 ry1 rz0 rz1 cz01']],
    ['hea', 1, { layers: 2 }, ['ry0 rz0', 'ry0 rz0']],
    ['hva', 3, { layers: 1 }, ['rzz01 rzz12 rzz20 rx0 rx1 rx2 rz0 rz1 rz2']],
    ['real-amplitudes', 3, { layers: 2 }, ['ry0 ry1 ry2 cx12 cx01', 'ry0 ry1 ry2 cx12 cx01 ry0 ry1 ry2']],
    [
      'real-amplitudes',
      3,
      { layers: 2, entanglement: 'sca' },
      ['ry0 ry1 ry2 cx20 cx01 cx12', 'ry0 ry1 ry2 cx21 cx02 cx10 ry0 ry1 ry2'],
    ],
    ['efficient-su2', 2, { layers: 1, entanglement: 'full' }, ['ry0 ry1 rz0 rz1 cx01 ry0 ry1 rz0 rz1']],
    [
      'strongly-entangling',
      3,
      { layers: 3 },
      ['rot0 rot1 rot2 cx01 cx12 cx20', 'rot0 rot1 rot2 cx02 cx10 cx21', 'rot0 rot1 rot2 cx01 cx12 cx20'],
    ],
    ['strongly-entangling', 2, { layers: 1 }, ['rot0 rot1 cx01 cx10']],
    ['strongly-entangling', 1, { layers: 1 }, ['rot0']],
    ['basic-entangler', 3, { layers: 1 }, ['rx0 rx1 rx2 cx01 cx12 cx20']],
    ['basic-entangler', 2, { layers: 1 }, ['rx0 rx1 cx01']],
  ];
  test.each(cases)('%s on %d qubits, %j', (kind, qubits, options, layers) => {
    expect(written(kind, qubits, options)).toEqual(layers);
  });
});
