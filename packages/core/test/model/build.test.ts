import { describe, expect, test } from 'vitest';
import { ansatze } from '../../src/ansatze/index.ts';
import { encodings } from '../../src/encodings/index.ts';
import { InputError } from '../../src/errors.ts';
import { jacobian } from '../../src/kernel/jacobian.ts';
import { buildModel } from '../../src/model/build.ts';
import { initialTheta } from '../../src/model/initial.ts';
import { bind, createModel, outputs } from '../../src/model/model.ts';
import { type ModelSpec, modelSchema } from '../../src/model/schema.ts';
import { random } from '../../src/random/random.ts';
import { engines } from '../../src/simulate/engines.ts';
import { reference } from '../../src/simulate/reference.ts';
import { planOf } from '../../src/simulate/wasm/compile/passes.ts';
import { programOf } from '../../src/simulate/wasm/compile/program.ts';
import { layOut } from '../../src/simulate/wasm/memory/layout.ts';
import { stateBytes } from '../../src/simulate/wasm/states.ts';
import { uniform } from '../helpers/circuits.ts';
import { difference, seed } from '../helpers/numbers.ts';
import { type Oracle, oracles } from '../oracles/oracles.ts';

const small = { qubits: 2, encoding: {}, ansatz: { kind: 'hea', layers: 1 }, observable: 'Z0' };
const spec = (changes: object = {}): ModelSpec => modelSchema.parse({ ...small, ...changes });

/** What the templates of the two libraries are in a SPEC. */
const templates: Record<string, object> = {
  '04-zz-map-real-amplitudes': { encoding: { kind: 'zz-feature-map' }, ansatz: { kind: 'real-amplitudes', layers: 2 } },
  '05-efficient-su2': { encoding: { kind: 'angle' }, ansatz: { kind: 'efficient-su2', layers: 2 } },
  '06-strongly-entangling': { encoding: { gate: 'RX' }, ansatz: { kind: 'strongly-entangling', layers: 2 } },
  '07-iqp-basic-entangler': { encoding: { kind: 'iqp-feature-map' }, ansatz: { kind: 'basic-entangler', layers: 2 } },
  '08-amplitudes-hea': { encoding: { kind: 'amplitude' }, ansatz: { kind: 'hea', layers: 2 } },
  '14-strongly-entangling-4': { encoding: { gate: 'RX' }, ansatz: { kind: 'strongly-entangling', layers: 4 } },
};

const specOf = ({ name, qubits, observables, scale, spec }: Oracle): object | undefined => {
  if (spec) return spec;
  const observable = observables.map(({ text }) => text);
  return templates[name] && { qubits, scale, observable, ...templates[name] };
};

describe.each(Object.values(engines))('a SPEC gives the numbers of PennyLane and Qiskit on engine $name', (engine) => {
  const known = oracles.filter((oracle) => specOf(oracle));

  test('all circuits a SPEC can say are there', () => {
    expect(known.map(({ name }) => name.slice(0, 2)).join(' ')).toBe('01 02 03 04 05 06 07 08 12 13 14');
  });

  test.each(known)('$name', (oracle) => {
    const model = buildModel(modelSchema.parse(specOf(oracle)), oracle.features, engine);
    expect([model.parameters, model.outputs]).toEqual([oracle.parameters, oracle.observables.length]);
    const inputs = bind(model, Float64Array.from(oracle.X.flat()));
    const { f, J } = jacobian(model, Float64Array.from(oracle.theta), inputs);
    expect(difference(f, oracle.f.flat())).toBeLessThan(1e-12);
    expect(difference(J, oracle.J.flat(2))).toBeLessThan(1e-11);
  });
});

describe('a model that was built lately', () => {
  const built = () => buildModel(spec(), 2, engines.wasm);

  test('is given again for an equal SPEC', () => {
    expect(built()).toBe(built());
  });

  test.each([
    ['SPEC', () => buildModel(spec({ scale: 2 }), 2, engines.wasm)],
    ['number of features', () => buildModel(spec(), 1, engines.wasm)],
    ['engine', () => buildModel(spec(), 2, engines.reference)],
    ['number of classes', () => buildModel(spec(), 2, engines.wasm, { outputs: 2 })],
    ['kind of data', () => buildModel(spec({ encoding: { kind: 'amplitude' } }), 8, engines.wasm, { states: true })],
  ])('is another one for another %s', (_, build) => {
    const before = built();
    expect(build()).not.toBe(before);
  });
});

describe('defaults', () => {
  test('are those of the product', () => {
    expect(spec()).toEqual({
      ...small,
      ansatz: { ...small.ansatz, mirrored: false },
      encoding: { kind: 'angle', gate: 'RY', frequency: 'low', reupload: false, scaling: 'fixed' },
      scale: 1,
      readout: 'fixed',
    });
    const local = spec({ ansatz: { kind: 'real-amplitudes', layers: 1 } });
    expect(local).toMatchObject({ ansatz: { entanglement: 'reverse_linear' } });
  });

  test('one text or a list of one are the same', () => {
    expect(buildModel(spec({ observable: ['Z0'] }), 1, reference).observables).toEqual(
      buildModel(spec(), 1, reference).observables,
    );
  });
});

describe('what the schema refuses', () => {
  const cases: [string, object][] = [
    ['no qubits', { qubits: 0 }],
    ['half a qubit', { qubits: 1.5 }],
    ['an unknown key', { nonsense: 1 }],
    ['an unknown encoding', { encoding: { kind: 'nonsense' } }],
    ['no readout', { observable: [] }],
    ['a readout that is no text', { observable: 3 }],
    ['γ = 0', { scale: 0 }],
    ['γ < 0', { scale: -1 }],
  ];
  test.each(cases)('%s', (_, changes) => {
    expect(modelSchema.safeParse({ ...small, ...changes }).success).toBe(false);
  });
});

describe('what cannot be built', () => {
  test('an observable that cannot be read or on qubits that do not exist', () => {
    expect(() => buildModel(spec({ observable: 'Z0 + Q' }), 1, reference)).toThrow(
      'model.observable: found "Z0 + Q", which cannot be read from column 3',
    );
    expect(() => buildModel(spec({ observable: ['Z0', 'Z2'] }), 1, reference)).toThrow(
      'model.observable.1: found qubit 2 in "Z2", expected qubits 0 to 1',
    );
  });

  test('a readout scale that is no positive number', () => {
    const { circuit, observables } = buildModel(spec(), 1, reference);
    for (const scale of [0, -1, Number.NaN, Infinity])
      expect(() => createModel(circuit, observables, scale, reference)).toThrow(
        `scale: found ${scale}, expected a number above 0`,
      );
  });

  test('points of another number of features', () => {
    const model = buildModel(spec(), 2, reference);
    expect(() => bind(model, new Float64Array(5))).toThrow(InputError);
    expect(() => bind(model, new Float64Array(5))).toThrow(
      'X: found 5 values, expected points × 2 features, a whole number of points',
    );
  });
});

describe('memory', () => {
  const states = (outputs: number) => Array.from({ length: outputs }, () => 'mean-Z');
  const most = (outputs: number): number => {
    let qubits = 1;
    while (fits(qubits + 1, outputs)) qubits++;
    return qubits;
  };
  /** Whether checkCapacity lets it through; the text behind it is none, so that nothing large is ever prepared. */
  const fits = (qubits: number, outputs: number) => {
    const observable = [...states(outputs - 1), 'nonsense'];
    try {
      buildModel(spec({ qubits, observable }), 1, engines.wasm);
    } catch (error) {
      return (error as Error).message.includes('found "nonsense"');
    }
    return false;
  };

  test('40 qubits are refused with what they would take', () => {
    const build = () => buildModel(spec({ qubits: 40 }), 1, engines.wasm);
    expect(build).toThrow(InputError);
    expect(build).toThrow(
      'model.qubits: found 40 qubits, which need 16 TiB of memory for one state vector, and 7 times that for a Jacobian of 1 output, expected at most 25 qubits, which fit into 4 GiB',
    );
    expect(() => buildModel(spec({ qubits: 26, observable: ['Z0', 'Z1'] }), 1, engines.wasm)).toThrow(
      /26 qubits, which need 1 GiB of memory .* 10 times that for a Jacobian of 2 outputs, expected at most 24 qubits/,
    );
    expect(() => buildModel(spec({ qubits: 1000 }), 1, reference)).toThrow(/1000 qubits, which need .* of memory/);
  });

  test('the limit is 25 qubits, less with more outputs', () => {
    expect([1, 2, 3, 4, 5, 10].map(most)).toEqual([25, 24, 24, 23, 23, 22]);
  });

  /** Whole states the fast engine lays out where it keeps none for the way back, as on many qubits. */
  function statesLaidOut(kinds: object, outputs: number): number {
    // The gaps between states, 320 bytes each, are no state of 16 KiB together.
    const qubits = 10;
    const model = buildModel(spec({ qubits, ...kinds, observable: states(outputs) }), 1, engines.wasm);
    const plan = planOf(model.circuit, model.observables);
    expect(plan.qubits).toBe(qubits);
    const program = programOf(plan, { derivatives: true, narrow: true, within: 8, keep: false });
    const fromAmplitudes = plan.preparations === undefined;
    // Behind the items there are states only.
    const shape = { qubits, outputs, points: 1, fromAmplitudes, threads: 1, items: 1 };
    const { scratch, end } = layOut(program, shape);
    return Math.floor((end - scratch) / stateBytes(qubits, 1));
  }

  const combinations = encodings.flatMap((encoding) =>
    ansatze.map((ansatz) => ({ encoding: { kind: encoding.kind }, ansatz: { kind: ansatz.kind, layers: 2 } })),
  );
  test.each([1, 3])('with %d outputs the limit counts on all states that are laid out and no more', (outputs) => {
    const most = Math.max(...combinations.map((kinds) => statesLaidOut(kinds, outputs)));
    expect(most).toBe(4 + 3 * outputs);
  });
});

describe('outputs', () => {
  test('of no points are none', () => {
    const model = buildModel(spec(), 2, reference);
    const inputs = bind(model, new Float64Array(0));
    expect(inputs.points).toBe(0);
    expect(outputs(model, initialTheta(model, 1, 0), inputs)).toHaveLength(0);
    expect(jacobian(model, initialTheta(model, 1, 0), inputs).J).toHaveLength(0);
  });

  test('of a point are the same alone and among others, on both engines', () => {
    const draw = random(seed, 3);
    for (const engine of Object.values(engines)) {
      const model = buildModel(spec({ qubits: 3, observable: ['Z0', 'X1*Y2'] }), 2, engine);
      const X = uniform(draw, 14);
      const theta = initialTheta(model, 5, 0);
      const together = outputs(model, theta, bind(model, X));
      for (let i = 0; i < 7; i++) {
        const alone = outputs(model, theta, bind(model, X.slice(2 * i, 2 * i + 2)));
        expect(difference(alone, together.slice(2 * i, 2 * i + 2))).toBeLessThan(1e-14);
      }
    }
  });
});

test('initialisations are uniform in [0, 2π), fixed by seed and index', () => {
  const theta = (seed: number, index: number) => initialTheta({ parameters: 4000 }, seed, index);
  const first = theta(7, 0);
  expect(theta(7, 0)).toEqual(first);
  expect(theta(7, 1)).not.toEqual(first);
  expect(theta(8, 0)).not.toEqual(first);
  expect(Math.min(...first)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...first)).toBeLessThan(2 * Math.PI);
  // Mean π ± 2π/√12/√4000 = 0.029; 5 of these.
  expect(Math.abs(first.reduce((sum, value) => sum + value, 0) / 4000 - Math.PI)).toBeLessThan(0.15);
});
