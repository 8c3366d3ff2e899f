import { describe, expect, test } from 'vitest';
import { compile } from '../../src/circuit/circuit.ts';
import { parseObservable } from '../../src/circuit/observable.ts';
import { InputError, type InputProblem } from '../../src/errors.ts';
import { jacobianMethods } from '../../src/kernel/jacobian.ts';
import { buildModel } from '../../src/model/build.ts';
import { initialTheta } from '../../src/model/initial.ts';
import { bind, createModel, outputs } from '../../src/model/model.ts';
import { modelSchema } from '../../src/model/schema.ts';
import type { Engine } from '../../src/simulate/engine.ts';
import { engines } from '../../src/simulate/engines.ts';

const spec = modelSchema.parse({
  qubits: 2,
  encoding: {},
  ansatz: { kind: 'hea', layers: 2 },
  observable: ['Z0', 'X1'],
});

function problemOf(run: () => unknown): InputProblem {
  try {
    run();
  } catch (error) {
    if (error instanceof InputError) return error.problems[0];
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe.each(Object.entries(engines))('arrays of the wrong length, or not finite, on the engine %s', (_, engine) => {
  const model = buildModel(spec, 2, engine);
  const inputs = bind(model, new Float64Array(6));
  const wrong = [model.parameters - 1, model.parameters + 1, 0].map((length) => new Float64Array(length));
  const uses = {
    outputs: (theta: Float64Array) => outputs(model, theta, inputs),
    ...Object.fromEntries(
      Object.entries(jacobianMethods).map(([name, method]) => [
        name,
        (theta: Float64Array) => method(model, theta, inputs),
      ]),
    ),
  };

  test.each(Object.entries(uses))('θ in %s', (__, use) => {
    for (const theta of wrong)
      expect(problemOf(() => use(theta))).toEqual({
        where: 'theta',
        found: `${theta.length} values`,
        expected: '8, one for each parameter',
      });
    expect(problemOf(() => use(new Float64Array(8).fill(Number.NaN, 5)))).toEqual({
      where: 'theta[5]',
      found: 'NaN',
      expected: 'a finite number',
    });
    expect(() => use(new Float64Array(8))).not.toThrow();
  });

  test('X in bind', () => {
    for (const length of [1, 3, 5]) expect(problemOf(() => bind(model, new Float64Array(length))).where).toBe('X');
    expect(bind(model, new Float64Array(0)).points).toBe(0);
  });

  test('X of a circuit that takes no data', () => {
    const constant = compile({ qubits: 1, inputs: 0, parameters: [], start: 'zero', operations: [] });
    const still = createModel(constant, [parseObservable('Z0', 1)], 1, engine);
    expect([...outputs(still, new Float64Array(0), bind(still, new Float64Array(0)))]).toEqual([1]);
    expect(problemOf(() => bind(still, new Float64Array(2))).where).toBe('X');
  });
});

describe('what a model is made of', () => {
  const circuit = compile({ qubits: 2, inputs: 0, parameters: [], start: 'zero', operations: [] });
  const z = parseObservable('Z0', 2);

  test('a missing engine', () => {
    const missing = undefined as unknown as Engine;
    expect(problemOf(() => createModel(circuit, [z], 1, missing))).toMatchObject({ where: 'engine', found: 'nothing' });
    expect(problemOf(() => buildModel(spec, 2, missing)).where).toBe('engine');
  });

  test('no observable, or one for another number of qubits', () => {
    expect(problemOf(() => createModel(circuit, [], 1, engines.wasm)).where).toBe('observables');
    expect(problemOf(() => createModel(circuit, [z, parseObservable('Z0', 3)], 1, engines.wasm))).toEqual({
      where: 'observables[1]',
      found: '3 qubits',
      expected: '2, as the circuit has',
    });
  });

  test('a seed or an index of initialisations that is no whole number', () => {
    for (const bad of [-1, 0.5, Number.NaN]) {
      expect(problemOf(() => initialTheta({ parameters: 3 }, bad, 0)).where).toBe('seed');
      expect(problemOf(() => initialTheta({ parameters: 3 }, 0, bad)).where).toBe('index');
    }
  });
});
