import { describe, expect, test } from 'vitest';
import { fitComponents } from '../../src/data/components.ts';
import { fitLabelUnits, standardUnits } from '../../src/data/standardise.ts';
import { random } from '../../src/random/random.ts';

const seed = 31;
const counts = [2, 3, 10, 1000, 4999];
const values = [0, 0.1, -1 / 3, 7e5 + 0.1, 1e-300];
const rowsOf = (count: number) => Int32Array.from({ length: count }, (_, i) => i);

describe.each(counts)('%d rows that are the same', (count) => {
  test.each(values)('%d is its mean, and the deviation 1', (value) => {
    expect(standardUnits(new Float64Array(count).fill(value))).toEqual({ mean: value, deviation: 1 });
  });

  test.each(values)('%d is no direction of principal components', (value) => {
    const draw = random(seed, 0);
    const columns = [
      { name: 'a', values: Float64Array.from({ length: count }, () => draw.normal()) },
      { name: 'b', values: new Float64Array(count).fill(value) },
    ];
    const [[first, second]] = fitComponents(columns, rowsOf(count), 1).loadings;
    expect([first, Math.abs(second)]).toEqual([1, 0]);
    expect(() => fitComponents(columns, rowsOf(count), 2)).toThrow('at most 1');
  });

  test.each(values)('%d is no label to standardise', (value) => {
    expect(() => fitLabelUnits(new Float64Array(count).fill(value), 1, rowsOf(count))).toThrow(
      'all training labels are the same',
    );
  });
});

test('numbers that differ come to mean 0 and deviation 1, wherever they are', () => {
  const draw = random(seed, 1);
  for (const [centre, width] of [
    [0, 1],
    [1e6, 1e-3],
    [-5, 1e4],
  ] as const) {
    const drawn = Float64Array.from({ length: 500 }, () => centre + width * draw.normal());
    const { mean, deviation } = standardUnits(drawn);
    const z = drawn.map((value) => (value - mean) / deviation);
    // Rounding of the values themselves, in units of the deviation.
    const rounding = 10 * Number.EPSILON * (1 + Math.abs(centre) / width);
    expect(Math.abs(z.reduce((sum, value) => sum + value, 0)) / 500).toBeLessThan(rounding);
    expect(Math.abs(z.reduce((sum, value) => sum + value * value, 0) / 500 - 1)).toBeLessThan(500 * Number.EPSILON);
  }
});
