import { describe, expect, test } from 'vitest';
import { bestReadout } from '../../src/certificate/best-readout.ts';
import { coordinatesOf } from '../../src/certificate/coordinates.ts';
import { readoutEigenvalues } from '../../src/certificate/eigenvalues.ts';
import { leastOver, nearestMajorised } from '../../src/certificate/majorisation.ts';
import { parseObservable } from '../../src/circuit/observable.ts';
import { eigenvaluesOf, observableRange } from '../../src/circuit/range.ts';
import { random } from '../../src/random/random.ts';
import { seed } from '../helpers/numbers.ts';
import { byConditionalGradients, overlapsOf, randomStates } from './helpers.ts';

const sum = (values: ArrayLike<number>) => Array.from(values).reduce((total, value) => total + value, 0);

/** All eigenvalues, descending. */
function spectrumOf(text: string, qubits: number): Float64Array {
  const { values, multiplicity } = eigenvaluesOf(parseObservable(text, qubits))!;
  return Float64Array.from(values).reduce(
    (all, value, k) => all.fill(value, k * multiplicity, (k + 1) * multiplicity),
    new Float64Array(2 ** qubits),
  );
}

describe('eigenvalues of an observable', () => {
  test.each([
    ['Z0', 3],
    ['0.5*Z0*Z1 - Z2 + 0.25', 4],
    ['0.5*Z0 + 0.3*X1*Z2 - 0.2*Y0', 3],
    ['mean-Z', 5],
  ])('%s on %i qubits: trace, square and range', (text, qubits) => {
    const observable = parseObservable(text, qubits);
    const values = spectrumOf(text, qubits);
    const constant = sum(observable.terms.filter(({ x, z }) => (x | z) === 0).map((term) => term.coefficient));
    expect(values).toHaveLength(2 ** qubits);
    expect(sum(values) / values.length).toBeCloseTo(constant, 12);
    // Pauli products are orthogonal.
    const square = sum(observable.terms.map(({ coefficient }) => coefficient ** 2));
    expect(sum(values.map((value) => value * value)) / values.length).toBeCloseTo(square, 12);
    const { low, high } = observableRange(observable);
    expect([values[0], values[values.length - 1]]).toEqual([expect.closeTo(high, 12), expect.closeTo(low, 12)]);
  });

  test('a sum of products on more qubits than can be diagonalised has none, and its eigenvalues are those of the range', () => {
    const text = Array.from({ length: 9 }, (_, q) => `X${q}*Z${(q + 1) % 9}`).join(' + ');
    expect(eigenvaluesOf(parseObservable(text, 9))).toBeUndefined();
    expect([...readoutEigenvalues(parseObservable(text, 9), 2, 2).values]).toEqual([18, 18, -18, -18]);
  });
});

describe('majorisation', () => {
  test('the nearest point is in the hull, and no point of the hull is nearer', () => {
    const draw = random(seed, 1);
    for (let round = 0; round < 50; round++) {
      const n = 2 + draw.integer(6);
      const eigenvalues = Float64Array.from({ length: n }, () => draw.normal()).sort((a, b) => b - a);
      const z = Float64Array.from({ length: n }, () => 2 * draw.normal());
      const nearest = nearestMajorised(z, eigenvalues);
      const sorted = nearest.slice().sort((a, b) => b - a);
      for (let k = 1; k < n; k++)
        expect(sum(sorted.subarray(0, k))).toBeLessThan(sum(eigenvalues.subarray(0, k)) + 1e-12);
      expect(sum(nearest)).toBeCloseTo(sum(eigenvalues), 12);
      // (z − p)·(x − p) ≤ 0 for every x of a convex set exactly where p is the nearest to z: x with the largest (z − p)·x.
      const outward = z.map((value, k) => value - nearest[k]);
      const reached = -leastOver(
        outward.map((value) => -value),
        eigenvalues,
      );
      expect(reached - sum(outward.map((value, k) => value * nearest[k]))).toBeLessThan(1e-11);
    }
  });

  test('the least of a linear function is at a rearrangement', () => {
    expect(leastOver(Float64Array.of(1, 3, -2), Float64Array.of(5, 0, -4))).toBe(3 * -4 + 1 * 0 + -2 * 5);
  });
});

describe('the best readout', () => {
  test('one qubit: a readout is a point of the Bloch ball', () => {
    const draw = random(seed, 2);
    for (const gamma of [0.5, 1, 1.5]) {
      const x = Float64Array.from({ length: 6 }, () => draw.uniform(-3, 3));
      const y = x.map(() => draw.uniform(-1, 1));
      const states = Array.from(x, (value) => Float64Array.of(Math.cos(value / 2), 0, Math.sin(value / 2), 0));
      const coordinates = coordinatesOf(overlapsOf(states), 6, 2)!;
      const { mse, gap } = bestReadout(coordinates, readoutEigenvalues(parseObservable('Z0', 1), gamma, 2), y, 2);
      // RY(x) leaves the ball's x-z disc: a fine polar grid, whose error is of second order in its width.
      let least = Infinity;
      for (let r = 0; r <= 200; r++)
        for (let k = 0; k < 2000; k++) {
          const [a, b] = [Math.cos((k * Math.PI) / 1000), Math.sin((k * Math.PI) / 1000)].map(
            (v) => (gamma * v * r) / 200,
          );
          least = Math.min(
            least,
            sum(x.map((value, i) => (a * Math.sin(value) + b * Math.cos(value) - y[i]) ** 2)) / 6,
          );
        }
      const width = (gamma / 200) ** 2;
      expect(mse - gap).toBeLessThanOrEqual(least);
      expect(least - mse).toBeLessThan(width);
      expect(gap).toBeLessThan(1e-4 * mse + 1e-8);
    }
  });

  test.each([
    ['Z0', 2, 3],
    ['Z0', 2, 6],
    ['0.5*Z0 + 0.3*X1*Z2 - 0.2*Y0', 3, 2],
    ['0.5*Z0 + 0.3*X1*Z2 - 0.2*Y0', 3, 5],
    ['0.5*Z0*Z1 - Z2 + 0.25', 3, 12],
  ])('%s on %i qubits, %i complex states: as conditional gradients on the whole space', (text, qubits, count) => {
    const draw = random(seed, 3, qubits, count);
    const states = randomStates(count, 2 ** qubits, draw);
    const y = Float64Array.from({ length: count }, () => 2 * draw.normal());
    const coordinates = coordinatesOf(overlapsOf(states), count, 64)!;
    expect(coordinates.rank).toBe(Math.min(count, 2 ** qubits));
    const eigenvalues = readoutEigenvalues(parseObservable(text, qubits), 1, coordinates.rank);
    const { mse, gap } = bestReadout(coordinates, eigenvalues, y, 2 ** qubits);
    const slow = byConditionalGradients(states, y, spectrumOf(text, qubits), 600);
    expect(slow.high - slow.low).toBeLessThan(0.02 * slow.high);
    expect(mse - gap).toBeLessThanOrEqual(slow.high + 1e-12);
    expect(mse).toBeGreaterThanOrEqual(slow.low - 1e-12);
    expect(mse).toBeLessThanOrEqual(slow.high + gap + 1e-12);
    expect(gap).toBeLessThanOrEqual(1e-4 * mse + 1e-7);
  });

  test('the same readout fits points that no training point is', () => {
    const draw = random(seed, 4);
    const states = randomStates(24, 4, draw);
    // Labels of a readout inside the hull; sixteen states or more determine it.
    const readout = readoutEigenvalues(parseObservable('0.5*Z1 + 0.1*X0', 2), 1, 4);
    const target = bestReadout(
      coordinatesOf(overlapsOf(states), 5, 4)!,
      readout,
      Float64Array.of(0.3, -0.2, 0.1, 0, 0.1),
      4,
    );
    const y = target.outputs.subarray(0, 18);
    const all = coordinatesOf(overlapsOf(states), 18, 4)!;
    const found = bestReadout(all, readoutEigenvalues(parseObservable('Z0', 2), 1, 4), y, 4);
    expect(found.mse).toBeLessThan(1e-8);
    // What is left of the training error, times what the worst-determined direction of M amplifies it by: some hundreds.
    found.outputs.forEach((value, i) => {
      expect(Math.abs(value - target.outputs[i])).toBeLessThan(0.03);
    });
  });

  test('a wider scale never fits worse', () => {
    const draw = random(seed, 5);
    const states = randomStates(12, 4, draw);
    const y = Float64Array.from({ length: 12 }, () => draw.uniform(-1, 1));
    const coordinates = coordinatesOf(overlapsOf(states), 12, 4)!;
    const found = [0.25, 0.5, 1, 2].map((gamma) =>
      bestReadout(coordinates, readoutEigenvalues(parseObservable('Z0', 2), gamma, 4), y, 4),
    );
    for (let k = 1; k < found.length; k++) expect(found[k].mse - found[k].gap).toBeLessThanOrEqual(found[k - 1].mse);
    expect(found[0].mse).toBeGreaterThan(1.1 * found[3].mse);
  });
});
