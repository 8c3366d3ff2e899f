import { Matrix, solve } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import { processThrough, type Sample } from '../../src/forecast/process.ts';
import { cholesky, choleskySolve, logDeterminant } from '../../src/linalg/cholesky.ts';
import { random } from '../../src/random/random.ts';
import { difference, seed } from '../helpers/numbers.ts';

/** A bounded function of θ with its gradient: rows of sums of cosines. */
function wave(rows: number, P: number, word: number) {
  const draw = random(seed, word);
  const waves = Array.from({ length: rows }, () =>
    Array.from({ length: 3 }, () => ({
      k: Float64Array.from({ length: P }, () => draw.normal() / 2),
      phase: draw.uniform(0, 6),
    })),
  );
  return (theta: Float64Array): Sample => {
    const f = new Float64Array(rows);
    const J = new Float64Array(rows * P);
    waves.forEach((terms, row) => {
      for (const { k, phase } of terms) {
        const angle = k.reduce((sum, value, i) => sum + value * theta[i], phase);
        f[row] += Math.cos(angle);
        k.forEach((value, i) => {
          J[row * P + i] -= value * Math.sin(angle);
        });
      }
    });
    return { theta, rows, columns: P, f, J };
  };
}

/** The same process as one dense system of W(1 + P) equations for each row. */
function dense(samples: readonly Sample[], length: number, theta: Float64Array, jitter: number): Float64Array {
  const { rows, columns: P } = samples[0];
  const block = 1 + P;
  const covariance = (a: Float64Array, b: Float64Array, i: number, j: number) => {
    const u = a.map((value, k) => (value - b[k]) / length);
    const k = Math.exp(-u.reduce((sum, value) => sum + value * value, 0) / 2);
    if (i === 0 && j === 0) return k;
    if (i === 0) return k * u[j - 1];
    if (j === 0) return -k * u[i - 1];
    return k * ((i === j ? 1 : 0) - u[i - 1] * u[j - 1]);
  };
  const n = samples.length * block;
  const entry = (r: number, c: number) =>
    covariance(samples[Math.floor(r / block)].theta, samples[Math.floor(c / block)].theta, r % block, c % block);
  const K = Matrix.zeros(n, n);
  for (let r = 0; r < n; r++) for (let c = 0; c < n; c++) K.set(r, c, entry(r, c) + (r === c ? jitter : 0));
  const z = Matrix.zeros(n, rows);
  samples.forEach(({ f, J }, a) => {
    for (let row = 0; row < rows; row++) {
      z.set(a * block, row, f[row]);
      for (let i = 0; i < P; i++) z.set(a * block + 1 + i, row, length * J[row * P + i]);
    }
  });
  const weights = solve(K, z);
  return Float64Array.from({ length: rows }, (_, row) => {
    let sum = 0;
    for (let c = 0; c < n; c++)
      sum += covariance(theta, samples[Math.floor(c / block)].theta, 0, c % block) * weights.get(c, row);
    return sum;
  });
}

const point = (P: number, ...words: number[]) => {
  const draw = random(seed, ...words);
  return Float64Array.from({ length: P }, () => draw.normal());
};

describe('the process through samples of values and gradients', () => {
  const P = 5;
  const network = wave(3, P, 1);

  test.each([1, 2, 4, 7])('%i samples: as the dense equations of all values and gradients', (W) => {
    const samples = Array.from({ length: W }, (_, a) => network(point(P, 2, a).map((value) => 0.7 * value)));
    const model = processThrough(samples);
    for (const word of [1, 2, 3]) {
      const theta = point(P, 3, word);
      expect(difference(model.at(theta).f, dense(samples, model.length, theta, 1e-4))).toBeLessThan(1e-8);
    }
  });

  test('the same sample twice, and samples on a line', () => {
    const first = network(point(P, 4));
    const along = [0, 0.2, 0.5].map((t) => network(first.theta.map((value) => value + t)));
    for (const samples of [[first, first], along]) {
      const model = processThrough(samples);
      const theta = point(P, 5);
      expect(difference(model.at(theta).f, dense(samples, model.length, theta, 1e-4))).toBeLessThan(1e-8);
    }
  });

  test('near samples it is the network up to what jitter leaves, and better with two than with one', () => {
    const a = network(point(P, 6));
    const b = network(a.theta.map((value, i) => value + (i % 2 ? 0.3 : -0.2)));
    const model = processThrough([a, b]);
    // A jitter of 1e-4 takes some 1e-4 of values and gradients.
    for (const { theta, f, J } of [a, b]) {
      expect(difference(model.at(theta).f, f)).toBeLessThan(2e-3);
      expect(difference(model.at(theta).jacobian(), J)).toBeLessThan(5e-3);
    }
    const middle = a.theta.map((value, i) => (value + b.theta[i]) / 2);
    const truth = network(middle).f;
    const two = difference(model.at(middle).f, truth);
    expect(two).toBeLessThan(2e-3);
    expect(two).toBeLessThan(difference(processThrough([a]).at(middle).f, truth));
  });

  test('Jacobian and its transpose are the derivatives of the outputs', () => {
    const model = processThrough([0, 1, 2].map((word) => network(point(P, 7, word))));
    const theta = point(P, 8);
    const { jacobian, vectorJacobian } = model.at(theta);
    const J = jacobian();
    const h = 1e-5;
    for (let i = 0; i < P; i++) {
      const moved = (sign: number) => model.at(theta.map((value, k) => (k === i ? value + sign * h : value))).f;
      const [plus, minus] = [moved(1), moved(-1)];
      for (let row = 0; row < 3; row++) expect(J[row * P + i]).toBeCloseTo((plus[row] - minus[row]) / (2 * h), 7);
    }
    const v = Float64Array.of(0.3, -1, 2);
    const product = Float64Array.from({ length: P }, (_, i) => v.reduce((sum, x, row) => sum + x * J[row * P + i], 0));
    expect(difference(vectorJacobian(v), product)).toBeLessThan(1e-12);
  });

  test.each([1, 3, 4, 7])('a fit by %i samples is what outputs and Jacobian say', (W) => {
    const model = processThrough(Array.from({ length: W }, (_, a) => network(point(P, 9, a))));
    const theta = point(P, 10);
    const y = Float64Array.of(0.7, -2, 0.4);
    const { f, vectorJacobian } = model.at(theta);
    const left = y.map((value, row) => value - f[row]);
    const { residual, product } = model.fit(theta, y);
    expect(difference(residual, left)).toBeLessThan(1e-12);
    expect(difference(product, vectorJacobian(left))).toBeLessThan(1e-12);
  });

  test('the length follows the network: shorter where it is rough', () => {
    const lengthOf = (roughness: number) => {
      const rough = (theta: Float64Array): Sample => {
        const { f, J, ...rest } = network(theta.map((value) => roughness * value));
        return { ...rest, f, J: J.map((value) => roughness * value), theta };
      };
      return processThrough([0, 1].map((word) => rough(point(P, 9, word)))).length;
    };
    expect(lengthOf(2)).toBeLessThan(lengthOf(0.5));
  });
});

test('Cholesky: solutions and determinant as ml-matrix has them; singular matrices are refused', () => {
  const n = 6;
  const draw = random(seed, 10);
  const factor = new Matrix(Array.from({ length: n }, () => Array.from({ length: n }, () => draw.normal())));
  const A = factor.mmul(factor.transpose());
  const b = Matrix.columnVector(Array.from({ length: n }, () => draw.normal()));
  const found = cholesky(Float64Array.from(A.to1DArray()), n);
  const x = choleskySolve(found, Float64Array.from(b.to1DArray()), 1);
  expect(difference(A.mmul(Matrix.columnVector([...x])).to1DArray(), b.to1DArray())).toBeLessThan(1e-10);
  expect(logDeterminant(found)).toBeCloseTo(2 * Math.log(Math.abs(determinant(factor))), 10);
  expect(() => cholesky(Float64Array.of(1, 1, 1, 1), 2)).toThrow(/not positive definite/);
});

/** Determinant by expansion: slow, and nothing like Cholesky's. */
function determinant(matrix: Matrix): number {
  if (matrix.rows === 1) return matrix.get(0, 0);
  const rest = Array.from({ length: matrix.rows - 1 }, (_, k) => k + 1);
  return Array.from({ length: matrix.columns }, (_, c) => {
    const others = Array.from({ length: matrix.columns }, (__, k) => k).filter((k) => k !== c);
    return (c % 2 ? -1 : 1) * matrix.get(0, c) * determinant(matrix.selection(rest, others));
  }).reduce((sum, value) => sum + value, 0);
}
