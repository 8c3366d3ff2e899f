import { describe, expect, test } from 'vitest';
import { InputError, type InputProblem } from '../../src/errors.ts';
import { isSpecKey, parseSpec } from '../../src/spec/spec.ts';
import { optimizers } from '../../src/train/optimizers.ts';

const data = { source: 'moons' };
const model = { qubits: 2, encoding: {}, ansatz: { kind: 'hea', layers: 2 }, observable: 'Z0' };

function problemsOf(value: unknown): readonly InputProblem[] {
  try {
    parseSpec(value);
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
  return [];
}

test('a SPEC without mistakes is filled in', () => {
  const spec = parseSpec({ data: { source: 'moons' }, model: { ...model, ansatz: { kind: 'hva', layers: 1 } } });
  expect(spec.training).toEqual({ loss: 'mean', optimizer: 'lbfgs', steps: 500 });
  expect(spec.model).toMatchObject({ encoding: { kind: 'angle', gate: 'RY', reupload: false }, scale: 1 });
});

describe('each mistake is a problem with its key', () => {
  test.each<[string, unknown, InputProblem]>([
    [
      'no SPEC',
      [1],
      { where: 'SPEC', found: '[1]', expected: 'a mapping with the keys data, model, initial, training' },
    ],
    [
      'a missing key',
      { data, model: { ...model, qubits: undefined } },
      { where: 'model.qubits', found: 'nothing', expected: 'a whole number' },
    ],
    [
      'an unknown key',
      { data, model: { ...model, qbits: 2 } },
      {
        where: 'model.qbits',
        atKey: true,
        found: 'an unknown key',
        expected: 'one of qubits, encoding, ansatz, observable, scale, readout',
        advice: 'did you mean "qubits"?',
      },
    ],
    [
      'a key of another kind of model',
      { data, model: { ...model, inputs: ['x'] } },
      {
        where: 'model.inputs',
        atKey: true,
        found: 'a key that cannot stand beside qubits, encoding, ansatz, observable',
        expected: 'the keys qubits, encoding, ansatz, observable, scale, readout alone',
      },
    ],
    [
      'a name with a slip',
      { data, model, training: { optimizer: 'lbgfs' } },
      {
        where: 'training.optimizer',
        found: '"lbgfs"',
        expected: `one of ${optimizers.map(({ name }) => name).join(', ')}`,
        advice: 'did you mean "lbfgs"?',
      },
    ],
    [
      'a kind in the place of a mapping with it',
      { data, model: { ...model, encoding: 'zz-feature-map' } },
      {
        where: 'model.encoding',
        found: '"zz-feature-map"',
        expected: 'a mapping with the keys gate, frequency, kind, reupload, scaling',
        advice: 'write {kind: zz-feature-map}',
      },
    ],
    [
      'a bound',
      { data, model: { ...model, ansatz: { kind: 'hea', layers: 0 } } },
      {
        where: 'model.ansatz.layers',
        found: '0',
        expected: 'at least 1',
        advice: 'with 0 layers nothing is trainable',
      },
    ],
    [
      'a list in a list',
      { data, model: { ...model, observable: ['Z0', 3] } },
      { where: 'model.observable', found: '["Z0",3]', expected: 'text or a list of texts' },
    ],
  ])('%s', (_, value, problem) => {
    expect(problemsOf(value)).toEqual([problem]);
  });

  test('all at once, and in words', () => {
    const several = { data, model: { ...model, qubits: 'two' }, initial: { seed: -1 } };
    expect(problemsOf(several).map(({ where }) => where)).toEqual(['model.qubits', 'initial.seed']);
    expect(() => parseSpec(several)).toThrow('initial.seed: found -1, expected at least 0');
  });
});

describe('numbers that cannot be computed with', () => {
  const tfim = { source: 'tfim' };
  const all = { data, model, initial: { distribution: 'normal' }, training: {} };
  test.each<[string, unknown, string, string]>([
    ['training.rate', { ...all, training: { rate: 1e300 } }, '1e+300', 'at most 1e+60'],
    ['training.rate', { ...all, training: { rate: 1e-300 } }, '1e-300', 'at least 1e-60'],
    ['training.rate', { ...all, training: { rate: 0 } }, '0', 'more than 0'],
    ['model.scale', { ...all, model: { ...model, scale: -1 } }, '-1', 'more than 0'],
    ['model.scale', { ...all, model: { ...model, scale: 1.7e308 } }, '1.7e+308', 'at most 1e+60'],
    ['initial.deviation', { ...all, initial: { distribution: 'normal', deviation: 1e308 } }, '1e+308', 'at most 1e+60'],
    ['data.range.0', { ...all, data: { ...data, range: [-1e308, 1] } }, '-1e+308', 'at least -1000000000'],
    ['data.noise', { ...all, data: { ...data, noise: 1e300 } }, '1e+300', 'at most 1000000000'],
    ['data.frequency', { ...all, data: { source: 'sinusoid', frequency: 1e308 } }, '1e+308', 'at most 1e+60'],
    ['data.coupling', { ...all, data: { ...tfim, coupling: 1e308 } }, '1e+308', 'at most 1e+60'],
    ['data.field.1', { ...all, data: { ...tfim, field: [0, 1e308] } }, '1e+308', 'at most 1e+60'],
  ])('%s %#', (where, value, found, expected) => {
    expect(problemsOf(value)).toEqual([{ where, found, expected }]);
  });
});

test('of very many unknown keys the first ten are named', () => {
  const many = Object.fromEntries(Array.from({ length: 1000 }, (_, k) => [`key${k}`, 0]));
  const problems = problemsOf({ data, model: { ...model, ...many } });
  expect(problems).toHaveLength(11);
  expect(problems[10]).toMatchObject({ where: 'model', found: '990 more unknown keys' });
});

test('keys of a SPEC are told from places in files and from arguments', () => {
  const spec = { data: { source: 'csv' }, model };
  for (const key of ['data', 'data.file', 'model.ansatz.layers', 'model.observable', 'training.rate'])
    expect(isSpecKey(key, spec), key).toBe(true);
  for (const other of ['data.csv', 'model.qasm:3:1', 'theta', 'rate', 'data.csv:3: column "x"', 'SPEC'])
    expect(isSpecKey(other, spec), other).toBe(false);
});
