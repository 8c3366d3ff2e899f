import { describe, expect, test } from 'vitest';
import { ansatze } from '../../src/ansatze/index.ts';
import { jacobian } from '../../src/kernel/jacobian.ts';
import { buildModel } from '../../src/model/build.ts';
import { initialTheta } from '../../src/model/initial.ts';
import { bind, outputs } from '../../src/model/model.ts';
import { type ModelSpec, modelSchema } from '../../src/model/schema.ts';
import { engines } from '../../src/simulate/engines.ts';
import { difference } from '../helpers/numbers.ts';

const observable = ['Z0 + 0.5*X1', 'Y1*Z2', 'Z0*Z1*Z2'];
const spec = (ansatz: object, changes: object = {}): ModelSpec =>
  modelSchema.parse({ qubits: 3, encoding: { gate: 'RX' }, ansatz, observable, ...changes });
const build = (...given: Parameters<typeof spec>) => buildModel(spec(...given), 3, engines.reference);
const X = Float64Array.of(0.3, -1.1, 0.7, 2.2, 0.1, -0.4, 1.9, -2.5, 1.2);
const identity = { distribution: 'block-identity' } as const;

describe.each(ansatze)('layers of $kind in mirrored pairs', ({ kind }) => {
  // At angle 0 an ansatz may still have fixed gates; a circuit of one pair undone has none left.
  const bare = buildModel(spec({ kind: 'hva', layers: 1 }), 3, engines.reference);
  const encoded = outputs(bare, new Float64Array(bare.parameters), bind(bare, X));

  test.each([2, 6])('%d of them start as the identity', (layers) => {
    const model = build({ kind, layers, mirrored: true });
    for (const index of [0, 1]) {
      const theta = initialTheta(model, 7, index, identity);
      expect(new Set(theta.map(Math.abs)).size).toBe(model.parameters / 2);
      expect(difference(outputs(model, theta, bind(model, X)), encoded)).toBeLessThan(1e-12);
    }
  });

  test('are any others away from that start, and have gradients at it', () => {
    const model = build({ kind, layers: 4, mirrored: true });
    const theta = initialTheta(model, 7, 0);
    expect(difference(outputs(model, theta, bind(model, X)), encoded)).toBeGreaterThan(0.01);
    const { J } = jacobian(model, initialTheta(model, 7, 0, identity), bind(model, X));
    expect(J.some((value) => Math.abs(value) > 0.01)).toBe(true);
  });

  test('have as many parameters as half as many layers have twice', () => {
    const half = build({ kind, layers: 2 });
    expect(build({ kind, layers: 4, mirrored: true }).parameters).toBe(2 * half.parameters);
  });
});

describe('what cannot cancel', () => {
  test.each([
    [{ kind: 'hea', layers: 4 }, {}],
    [{ kind: 'hea', layers: 4, mirrored: true }, { encoding: { gate: 'RX', reupload: true } }],
  ])('is refused with the way out: %o %o', (ansatz, changes) => {
    expect(() => initialTheta(build(ansatz, changes), 7, 0, identity)).toThrow(
      /initial.distribution: found "block-identity".*mirrored: true, without model.encoding.reupload/,
    );
  });

  test('an odd number of layers has no pairs', () => {
    expect(() => build({ kind: 'hea', layers: 3, mirrored: true })).toThrow(
      /model.ansatz.layers: found 3, expected an even number/,
    );
  });
});
