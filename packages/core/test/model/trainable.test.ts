import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile } from '../../src/circuit/circuit.ts';
import { parseObservable } from '../../src/circuit/observable.ts';
import { encodings } from '../../src/encodings/index.ts';
import { InputError } from '../../src/errors.ts';
import { jacobian } from '../../src/kernel/jacobian.ts';
import { buildModel } from '../../src/model/build.ts';
import { initialTheta } from '../../src/model/initial.ts';
import { bind, createModel, outputs } from '../../src/model/model.ts';
import { type ModelSpec, modelSchema } from '../../src/model/schema.ts';
import { readOpenqasm } from '../../src/openqasm/read.ts';
import { writeOpenqasm } from '../../src/openqasm/write/write.ts';
import { random } from '../../src/random/random.ts';
import { engines } from '../../src/simulate/engines.ts';
import { reference } from '../../src/simulate/reference.ts';
import { expectAgreement } from '../helpers/agreement.ts';
import { names, randomOperation, randomSum, uniform } from '../helpers/circuits.ts';
import { difference, runs, seed } from '../helpers/numbers.ts';

const small = { qubits: 3, encoding: {}, ansatz: { kind: 'hea', layers: 2 }, observable: 'Z0' };
const spec = (changes: object = {}): ModelSpec => modelSchema.parse({ ...small, ...changes });

describe.each(Object.values(engines))('a trainable readout on engine $name', (engine) => {
  const law = (check: (draw: ReturnType<typeof random>) => void, usual = 30) =>
    fc.assert(
      fc.property(fc.nat(), (words) => check(random(words))),
      { seed, numRuns: runs(usual) },
    );

  /** A random circuit with two readouts that are trained, the second with a constant. */
  function drawn(draw: ReturnType<typeof random>) {
    const qubits = 1 + draw.integer(4);
    const operations = Array.from({ length: 1 + draw.integer(12) }, () => randomOperation(draw, qubits, 2, 3));
    const circuit = compile({ qubits, inputs: 2, parameters: names(3), start: 'zero', operations });
    const texts = [randomSum(draw, qubits), `${randomSum(draw, qubits)} + 0.25`];
    const observables = texts.map((text) => parseObservable(text, qubits));
    const trained = createModel(circuit, observables, 1.5, engine, { trainReadout: true });
    return { circuit, observables, trained, X: uniform(draw, 2 * (1 + draw.integer(3))) };
  }

  test('starts as the fixed one, with the same columns for the circuit', () =>
    law((draw) => {
      const { circuit, observables, trained, X } = drawn(draw);
      const theta = initialTheta(trained, draw.integer(1000), 0);
      const plain = createModel(circuit, observables, 1.5, engine);
      const fixed = jacobian(plain, theta.subarray(0, 3), bind(plain, X));
      const { f, J, columns } = jacobian(trained, theta, bind(trained, X));
      expect(difference(f, fixed.f)).toBeLessThan(1e-13);
      expect(
        difference(
          J.filter((_, i) => i % columns < 3),
          fixed.J,
        ),
      ).toBeLessThan(1e-12);
    }));

  test('has a Jacobian that three ways agree on, at any weights', () =>
    law((draw) => {
      const { trained, X } = drawn(draw);
      expectAgreement(trained, X, uniform(draw, trained.parameters));
    }));

  test('is linear in weights and biases, whose columns are γ⟨P⟩ and γ', () =>
    law((draw) => {
      const { trained, X } = drawn(draw);
      const inputs = bind(trained, X);
      const theta = uniform(draw, trained.parameters);
      const { f, J, rows, columns } = jacobian(trained, theta, inputs);
      const sum = Float64Array.from({ length: rows }, (_, row) =>
        J.subarray(row * columns + 3, (row + 1) * columns).reduce((total, slope, k) => total + slope * theta[3 + k], 0),
      );
      expect(difference(f, sum)).toBeLessThan(1e-12);
      const bias = trained.names.indexOf('bias_1');
      expect(Array.from({ length: rows }, (_, row) => J[row * columns + bias])).toEqual(
        Array.from({ length: rows }, (_, row) => (row % 2 ? 1.5 : 0)),
      );
    }));

  test('is what an observable with these coefficients gives', () => {
    const circuit = compile({
      ...{ qubits: 2, inputs: 0, parameters: names(2), start: 'zero' },
      operations: [0, 1].map((q) => ({
        gate: 'ry',
        wires: [q],
        angles: [
          { offset: { kind: 'number', value: 0.3 }, terms: [{ parameter: q, factor: { kind: 'number', value: 1 } }] },
        ],
      })),
    });
    const trained = createModel(circuit, [parseObservable('Z0 + X1*Z0 - 2', 2)], 2, engine, { trainReadout: true });
    expect(trained.names).toEqual(['theta_0', 'theta_1', 'weight_0_0', 'weight_0_1', 'bias_0']);
    expect([...trained.starts]).toEqual([
      [2, 1],
      [3, 1],
      [4, -2],
    ]);
    const theta = Float64Array.of(0.4, 1.1, 0.7, -1.3, 0.2);
    const expected = createModel(circuit, [parseObservable('0.7*Z0 - 1.3*X1*Z0 + 0.2', 2)], 2, engine);
    const none = new Float64Array(0);
    expect(
      difference(
        outputs(trained, theta, bind(trained, none)),
        outputs(expected, theta.subarray(0, 2), bind(expected, none)),
      ),
    ).toBeLessThan(1e-14);
  });
});

describe.each(encodings.filter(({ start }) => start === 'zero'))(
  'a trainable scaling of encoding $kind',
  ({ kind }) => {
    const model = (changes: object) =>
      buildModel(spec({ encoding: { kind, scaling: 'trainable', ...changes } }), 2, reference);
    const X = uniform(random(seed, 9), 6);

    test.each([false, true])('starts as the fixed one (reupload: %s)', (reupload) => {
      const trained = model({ reupload });
      const plain = buildModel(spec({ encoding: { kind, reupload } }), 2, reference);
      const theta = initialTheta(trained, 3, 0);
      const count = plain.parameters;
      expect(trained.parameters).toBe(count + (reupload ? 4 : 2));
      expect([...theta.subarray(count)]).toEqual(Array(reupload ? 4 : 2).fill(1));
      expect(theta.subarray(0, count)).toEqual(initialTheta(plain, 3, 0));
      expect(
        difference(outputs(trained, theta, bind(trained, X)), outputs(plain, theta.subarray(0, count), bind(plain, X))),
      ).toBeLessThan(1e-13);
    });

    test.each(Object.values(engines))('has a Jacobian that three ways agree on, engine $name', (engine) => {
      const trained = buildModel(
        spec({
          readout: 'trainable',
          observable: ['Z0 - 0.5*X1', 'mean-Z'],
          encoding: { kind, scaling: 'trainable', reupload: true },
        }),
        2,
        engine,
      );
      expectAgreement(trained, X, uniform(random(seed, 10), trained.parameters, -1.5, 1.5));
    });

    test('stretches the inputs', () => {
      const trained = model({});
      const plain = buildModel(spec({ encoding: { kind } }), 2, reference);
      const theta = initialTheta(trained, 3, 0);
      theta.set([1.7, -0.4], plain.parameters);
      const stretched = X.map((value, i) => value * (i % 2 ? -0.4 : 1.7));
      expect(
        difference(
          outputs(trained, theta, bind(trained, X)),
          outputs(plain, theta.subarray(0, plain.parameters), bind(plain, stretched)),
        ),
      ).toBeLessThan(1e-13);
    });

    test('is written to OpenQASM and read again', () => {
      const trained = model({ reupload: true });
      const text = writeOpenqasm(trained.circuit.source);
      const read = readOpenqasm(text, { name: 'written', inputs: ['x_0', 'x_1'] });
      const again = createModel(compile(read.source), trained.observables, 1, reference);
      expect(again.names).toEqual(trained.names);
      const theta = uniform(random(seed, 11), trained.parameters);
      expect(difference(outputs(trained, theta, bind(trained, X)), outputs(again, theta, bind(again, X)))).toBeLessThan(
        1e-12,
      );
    });
  },
);

describe('initial parameters', () => {
  const model = buildModel(spec({ ansatz: { kind: 'hea', layers: 400 } }), 1, reference);

  test('normal ones have the deviation asked for, 0.1 without', () => {
    const n = model.parameters;
    for (const deviation of [undefined, 0.02]) {
      const theta = initialTheta(model, 1, 0, { distribution: 'normal', deviation });
      const sigma = deviation ?? 0.1;
      const mean = theta.reduce((sum, value) => sum + value, 0) / n;
      const variance = theta.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n;
      // Five standard errors each: a false alarm in a million.
      expect(Math.abs(mean)).toBeLessThan((5 * sigma) / Math.sqrt(n));
      expect(Math.abs(variance / sigma ** 2 - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
    }
  });

  test('zeros are zeros, and scalings and weights are not drawn', () => {
    expect(new Set(initialTheta(model, 1, 0, { distribution: 'zeros' }))).toEqual(new Set([0]));
    const trained = buildModel(
      spec({ readout: 'trainable', observable: '0.5*Z0', encoding: { scaling: 'trainable' } }),
      2,
      reference,
    );
    const last = [...initialTheta(trained, 1, 0, { distribution: 'zeros' })].slice(-4);
    expect(last).toEqual([1, 1, 0.5, 0]);
  });
});

describe('what cannot be trained is refused', () => {
  test('amplitudes have no scaling', () => {
    const build = () => buildModel(spec({ encoding: { kind: 'amplitude', scaling: 'trainable' } }), 8, reference);
    expect(build).toThrow(InputError);
    expect(build).toThrow(/model\.encoding\.scaling/);
  });

  test('a constant has no weight', () => {
    expect(() => buildModel(spec({ observable: '2', readout: 'trainable' }), 1, reference)).toThrow(
      /product of Paulis/,
    );
  });
});
