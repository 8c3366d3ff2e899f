import { describe, expect, test } from 'vitest';
import { processThrough, type Sample } from '../../src/forecast/process.ts';
import { RowSpace } from '../../src/forecast/row-space.ts';
import { jacobian } from '../../src/kernel/jacobian.ts';
import { multiply } from '../../src/linalg/matrix.ts';
import { initialTheta } from '../../src/model/initial.ts';
import { bindRows } from '../../src/model/model.ts';
import { random } from '../../src/random/random.ts';
import { difference, seed } from '../helpers/numbers.ts';
import { generatedData, modelOf } from '../helpers/problems.ts';

/** Samples of a model on 80 moons, at places half a radian apart in every angle. */
function samplesOf(spec: Parameters<typeof modelOf>[0], count: number): Sample[] {
  const data = generatedData({ source: 'moons', points: 160, train: 0.5, seed: 4 });
  const model = modelOf({ features: 2, ...spec });
  const theta0 = initialTheta(model, seed, 0);
  const inputs = bindRows(model, data, data.train);
  const draw = random(seed, 1);
  return Array.from({ length: count }, () => {
    const theta = theta0.map((value) => value + draw.uniform(-0.5, 0.5));
    return { theta, ...jacobian(model, theta, inputs) };
  });
}

/** The process of all rows and that of their coordinates say the same, whatever length is taken for both. */
function expectTheSame(samples: readonly Sample[], space: RowSpace): void {
  const taken = samples.map((sample) => space.coordinates(sample)).map((sample) => space.widened(sample));
  const whole = processThrough(samples);
  const small = processThrough(taken, { rows: samples[0].rows });
  expect(small.length).toBe(whole.length);
  const [theta, v] = [samples[0].theta.map((value) => value + 0.1), samples[0].f.map((value) => value + 0.3)];
  const [a, b] = [whole.at(theta), space.ofRows(small).at(theta)];
  // Weights are those of equations that a jitter of 1e-4 conditions: rounding times some 1e5.
  expect(difference(a.f, b.f)).toBeLessThan(1e-10);
  expect(difference(a.jacobian(), b.jacobian())).toBeLessThan(1e-10);
  expect(difference(a.vectorJacobian(v), b.vectorJacobian(v))).toBeLessThan(1e-9);
  const [c, d] = [whole.fit(theta, v), space.ofRows(small).fit(theta, v)];
  expect(difference(c.residual, d.residual)).toBeLessThan(1e-10);
  expect(difference(c.product, d.product)).toBeLessThan(1e-9);
}

describe('rows of a network as a space of few dimensions', () => {
  test('two features on two qubits and on one are trigonometric polynomials of at most 15 terms, whatever the circuit', () => {
    const samples = samplesOf({ qubits: 3, layers: 6 }, 3);
    const space = new RowSpace(samples[0]);
    expect(space.coordinates(samples[1]).rows).toBeLessThanOrEqual(15);
    expectTheSame(samples, space);
  });

  test('what the first sample has not joins with the sample that has it, however little it is', () => {
    const [rows, P] = [40, 7];
    const draw = random(seed, 2);
    const functions = Float64Array.from({ length: rows * 6 }, draw.normal);
    const samples = [0, 1e-3, 1].map((share) => {
      const coefficients = (columns: number) =>
        Float64Array.from({ length: 6 * columns }, (_, i) => (i < 3 * columns ? 1 : share) * draw.normal());
      return {
        theta: Float64Array.from({ length: P }, draw.normal),
        rows,
        columns: P,
        f: multiply(functions, coefficients(1), rows, 6, 1),
        J: multiply(functions, coefficients(P), rows, 6, P),
      };
    });
    const space = new RowSpace(samples[0]);
    expect(samples.map((sample) => space.coordinates(sample).rows)).toEqual([3, 6, 6]);
    expectTheSame(samples, space);
  });

  describe('rows that have nothing in common', () => {
    const draw = random(seed, 3);
    const any = (rows: number, P: number): Sample => ({
      theta: Float64Array.from({ length: P }, draw.normal),
      rows,
      columns: P,
      f: Float64Array.from({ length: rows }, draw.normal),
      J: Float64Array.from({ length: rows * P }, draw.normal),
    });

    test('stay as they are, as do few', () => {
      for (const sample of [any(100, 90), any(20, 90)]) expect(new RowSpace(sample).coordinates(sample)).toBe(sample);
    });

    test('are left as they are once samples of few parameters have shown it: beyond 0.6 of the rows', () => {
      const samples = Array.from({ length: 4 }, () => any(50, 9));
      const space = new RowSpace(samples[0]);
      const taken = samples.map((sample) => space.coordinates(sample));
      expect(taken.map(({ rows }) => rows)).toEqual([10, 20, 30, 50]);
      expect(taken.map((sample) => space.widened(sample).rows)).toEqual([50, 50, 50, 50]);
      expectTheSame(samples, space);
    });
  });
});
