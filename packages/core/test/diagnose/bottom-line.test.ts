import { describe, expect, test } from 'vitest';
import type { Dataset } from '../../src/model/dataset.ts';
import { diagnosisOf } from '../helpers/diagnoses.ts';
import { dataOf, type ModelWish, modelOf, range } from '../helpers/problems.ts';

const x = range(24).map((i) => -1.5 + (3 * i) / 23);
const half = range(24).filter((i) => i % 2 === 0);
const of = (y: (value: number) => number, train = half): Dataset => dataOf(x, x.map(y), train);
const small: ModelWish = { qubits: 3, layers: 4, scale: 1.5 };
const codeOf = (model: ModelWish, data: Dataset, options: Parameters<typeof diagnosisOf>[2] = {}) =>
  diagnosisOf(modelOf(model), data, options).bottomLine.code;

describe('what limits', () => {
  test('nothing, where a small network fits an easy function', () => {
    const { bottomLine } = diagnosisOf(
      modelOf(small),
      of((value) => 0.8 * Math.sin(value)),
    );
    expect(bottomLine.code).toBe('none');
    expect(bottomLine.evidence['forecast.testR2']).toBeGreaterThan(0.9);
    expect(bottomLine.evidence.trainR2).toBeGreaterThan(0.95);
  });

  test('the encoding, where its frequencies are too low for any circuit', () =>
    expect(
      codeOf(
        { ...small, layers: 8 },
        of((value) => 0.8 * Math.sin(9 * value)),
      ),
    ).toBe('encoding'));

  test('the range of the readout, where labels are out of it', () =>
    expect(
      codeOf(
        { ...small, scale: 1 },
        of((value) => 3 * Math.sin(value)),
      ),
    ).toBe('range'));

  test('the labels, where one input has several', () => {
    const twice = dataOf([...x, ...x], [...x.map(() => 0.9), ...x.map(() => -0.9)], range(24));
    const both = { ...twice, train: Int32Array.from([...range(6), ...range(6).map((i) => 24 + i)]) };
    const { bottomLine, limit } = diagnosisOf(modelOf({ ...small, frequency: 'high' }), both);
    // Every readout gives both labels of an input one output: the mean, 0, is the best.
    expect(limit.mse).toBeCloseTo(0.81, 9);
    expect(limit.noise).toBeCloseTo(0.81, 12);
    expect(bottomLine.code).toBe('labels');
  });

  test('the steps, where they are few', () =>
    expect(
      codeOf(
        small,
        of((value) => 0.8 * Math.sin(2 * value)),
        { optimizer: 'adam', rate: 0.01, steps: 30 },
      ),
    ).toBe('steps'));

  test('the ansatz, where one layer is not enough for what the encoding allows', () =>
    expect(
      codeOf(
        { ...small, layers: 1, frequency: 'linear' },
        of((value) => 0.8 * Math.sin(5 * value)),
      ),
    ).toBe('ansatz'));

  test('the points, where a rich encoding learns noise', () => {
    const noise = (value: number) => 0.9 * Math.sin(1e4 * value);
    expect(codeOf({ qubits: 4, layers: 8, frequency: 'high', scale: 1.5 }, of(noise))).toBe('points');
  });
});
