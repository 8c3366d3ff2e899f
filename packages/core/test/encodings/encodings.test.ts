import { describe, expect, test } from 'vitest';
import { compile } from '../../src/circuit/circuit.ts';
import { evaluate, largestInput } from '../../src/circuit/expression.ts';
import { encodings } from '../../src/encodings/index.ts';
import { InputError } from '../../src/errors.ts';
import { buildModel } from '../../src/model/build.ts';
import { bind, outputs } from '../../src/model/model.ts';
import { modelSchema } from '../../src/model/schema.ts';
import { reference } from '../../src/simulate/reference.ts';

const sizes = [1, 2, 3, 4, 5];
const encoding = (kind: string) => {
  const found = encodings.find((entry) => entry.kind === kind);
  if (!found) throw new Error(kind);
  return found;
};
const specOf = (kind: string, qubits: number, more: object = {}) =>
  modelSchema.parse({ qubits, encoding: { kind, ...more }, ansatz: { kind: 'hea', layers: 1 }, observable: 'Z0' });

test('kinds are unique, described, and the first is the default', () => {
  expect(new Set(encodings.map(({ kind }) => kind)).size).toBe(encodings.length);
  for (const { summary } of encodings) expect(summary).not.toBe('');
  const spec = modelSchema.parse({ qubits: 1, encoding: {}, ansatz: { kind: 'hea', layers: 1 }, observable: 'Z0' });
  const encoding = { kind: encodings[0].kind, gate: 'RY', frequency: 'low', reupload: false };
  expect(spec).toMatchObject({ encoding });
});

describe.each(encodings)('encoding $kind', (entry) => {
  const options = entry.options.parse({});

  test.each(sizes)('on %d qubits compiles, has nothing to train and uses every feature', (qubits) => {
    for (let features = 1; features <= entry.capacity(qubits); features++) {
      const operations = entry.operations(qubits, features, options);
      const circuit = compile({ qubits, inputs: features, parameters: [], start: entry.start, operations });
      expect(circuit.trainable.some((flag) => flag === 1)).toBe(false);
      if (entry.start === 'amplitudes') continue;
      const used = operations.flatMap(({ angles = [] }) => angles.map((angle) => largestInput(angle.offset)));
      expect(Math.max(...used)).toBe(features - 1);
    }
  });

  test('fills its capacity and refuses more', () => {
    for (const qubits of sizes) {
      const capacity = entry.capacity(qubits);
      expect(buildModel(specOf(entry.kind, qubits), capacity, reference).inputs).toBe(capacity);
      const tooMany = () => buildModel(specOf(entry.kind, qubits), capacity + 1, reference);
      expect(tooMany).toThrow(InputError);
      expect(tooMany).toThrow(
        `data: found ${capacity + 1} features, expected at most ${capacity}, which encoding "${entry.kind}" takes on ${qubits} ${qubits === 1 ? 'qubit' : 'qubits'}; data.components: ${capacity} (principal components), data.features: […]`,
      );
    }
  });

  test('each feature changes the output, whatever the sizes', () => {
    // Two parameters a qubit and every readout: nothing hides a feature from all of them.
    for (const qubits of [2, 3]) {
      const features = entry.capacity(qubits);
      const texts = Array.from({ length: qubits }, (_, q) => ['X', 'Y', 'Z'].map((letter) => `${letter}${q}`)).flat();
      const model = buildModel({ ...specOf(entry.kind, qubits), observable: texts }, features, reference);
      const theta = Float64Array.from({ length: model.parameters }, (_, k) => 0.3 + k);
      const point = Float64Array.from({ length: features }, (_, k) => 0.2 + 0.1 * k);
      const before = outputs(model, theta, bind(model, point));
      for (let k = 0; k < features; k++) {
        const moved = point.slice();
        moved[k] += 0.05;
        const after = outputs(model, theta, bind(model, moved));
        expect(Math.max(...after.map((value, o) => Math.abs(value - before[o])))).toBeGreaterThan(1e-5);
      }
    }
  });

  test('refuses options it does not know', () => {
    expect(entry.options.safeParse({ nonsense: 1 }).success).toBe(false);
    expect(() => entry.operations(2, 1, { nonsense: 1 })).toThrow(/nonsense/);
    expect(() => specOf(entry.kind, 2, { nonsense: 1 })).toThrow(/nonsense/);
  });
});

describe('options', () => {
  test.each(['zz-feature-map', 'iqp-feature-map'])('%s: repeats, 2 by default, from 1', (kind) => {
    const once = encoding(kind).operations(3, 3, { repeats: 1 });
    expect(encoding(kind).operations(3, 3, {})).toEqual([...once, ...once]);
    expect(() => encoding(kind).operations(3, 3, { repeats: 0 })).toThrow();
    expect(() => encoding(kind).operations(3, 3, { repeats: 1.5 })).toThrow();
  });

  const factors: [frequency: string, factors: number[]][] = [
    ['low', [1, 1, 1, 1]],
    ['linear', [1, 2, 3, 4]],
    ['high', [1, 3, 9, 27]],
  ];
  test.each(factors)('angle: frequency %s', (frequency, expected) => {
    const operations = encoding('angle').operations(4, 1, { frequency });
    const found = operations.map(({ angles = [] }) => evaluate(angles[0].offset, Float64Array.of(1)));
    expect(found).toEqual(expected);
    expect(operations.map(({ wires }) => wires)).toEqual([[0], [1], [2], [3]]);
  });

  test('angle: features go round', () => {
    const operations = encoding('angle').operations(5, 2, {});
    expect(operations.map(({ angles = [] }) => largestInput(angles[0].offset))).toEqual([0, 1, 0, 1, 0]);
  });

  test.each(['RX', 'RY', 'RZ'])('angle: gate %s', (gate) => {
    expect(
      encoding('angle')
        .operations(2, 1, { gate })
        .map((operation) => operation.gate),
    ).toEqual([gate, gate].map((name) => name.toLowerCase()));
  });

  test('angle: no other gates and frequencies', () => {
    for (const options of [{ gate: 'H' }, { frequency: 'middle' }])
      expect(() => encoding('angle').operations(2, 1, options)).toThrow();
  });

  test('amplitudes cannot be uploaded again', () => {
    expect(() => buildModel(specOf('amplitude', 2, { reupload: true }), 3, reference)).toThrow(
      'model.encoding.reupload: found true, expected false with amplitudes, a starting state that cannot be repeated',
    );
  });

  test('a point without amplitudes is refused and named', () => {
    const model = buildModel(specOf('amplitude', 2), 3, reference);
    expect(() => bind(model, Float64Array.of(1, 2, 3, 0, 0, 0))).toThrow(
      'data point 1: found only features that are 0',
    );
  });

  test('amplitudes are normalised, padded and in the order of the basis', () => {
    const inputs = bind(buildModel(specOf('amplitude', 2), 3, reference), Float64Array.of(2, -1, 2));
    const thirds = [2, 0, -1, 0, 2, 0, 0, 0].map((entry) => entry / 3);
    expect([...(inputs.amplitudes as Float64Array)]).toEqual(thirds.map((entry) => expect.closeTo(entry, 15)));
  });

  test('re-uploading repeats the encoding before every layer', () => {
    const model = (reupload: boolean) =>
      buildModel(
        modelSchema.parse({
          ...{ qubits: 2, encoding: { reupload }, ansatz: { kind: 'hea', layers: 3 }, observable: 'Z0' },
        }),
        1,
        reference,
      );
    const encoded = (reupload: boolean) =>
      model(reupload)
        .circuit.source.operations.map(({ angles = [] }) => (angles[0]?.terms.length === 0 ? 'x' : '.'))
        .join('');
    // A layer is RY RY RZ RZ CZ.
    expect(encoded(false)).toBe('xx...............');
    expect(encoded(true)).toBe('xx.....xx.....xx.....');
  });
});
