import { describe, expect, test } from 'vitest';
import { heisenberg } from '../../../src/dynamics/finite/heisenberg.ts';
import { densityMatrix } from '../../../src/dynamics/finite/input-states.ts';
import { kernelParts } from '../../../src/dynamics/finite/kernel-parts.ts';
import { twirl, twirlDeviation, twirlDistance } from '../../../src/dynamics/finite/twirl.ts';
import { adjoint } from '../../../src/linalg/complex.ts';
import { hermitianEigen } from '../../../src/linalg/hermitian.ts';
import { hermitianNorm } from '../../../src/linalg/hermitian-norm.ts';
import { random } from '../../../src/random/random.ts';
import { add, multiply, type Rows, rowsOf, scale, tensor, unit } from '../../helpers/matrices.ts';
import { difference, largest } from '../../helpers/numbers.ts';
import { problemOf } from './setting.ts';

const seed = 20_261_125;

const trace = (a: Rows) => a.reduce((sum, row, i) => sum + row[i][0], 0);
const commutator = (a: Rows, b: Rows) => scale([0, 1], add(multiply(a, b), scale(-1, multiply(b, a))));
const swap = (d: number): Rows =>
  Array.from({ length: d * d }, (_, i) =>
    Array.from({ length: d * d }, (__, j): [number, number] => [i === (j % d) * d + Math.floor(j / d) ? 1 : 0, 0]),
  );

describe('Y and Δ of App. B', () => {
  const { network, theta0 } = problemOf([3, 2, 4, 1.5], [seed], () => ({}), [1, 0, -1]);
  const y = twirl(network, theta0);
  const delta = add(rowsOf(y), scale(-1, add(swap(3), scale(-1 / 3, unit(9)))));

  test('Y is the sum of H ⊗ H over pZ', () => {
    const sum = heisenberg(network, theta0)
      .generators.map(rowsOf)
      .map((h) => tensor(h, h))
      .reduce(add);
    expect(difference(rowsOf(y).flat(2), scale(1 / network.strength, sum).flat(2))).toBeLessThan(1e-12);
  });

  test('Δ is what K_pert is made of: tr(i[M,ρ_i] ⊗ i[M,ρ_j] Δ), Lemma 4.1', () => {
    const M = rowsOf(heisenberg(network, theta0).readout);
    const moved = [0, 1].map((j) => commutator(M, rowsOf(densityMatrix(network.inputs, j))));
    const wanted = moved.flatMap((a) => moved.map((b) => trace(multiply(tensor(a, b), delta))));
    const { perturbation } = kernelParts(network, theta0);
    expect(difference(perturbation, wanted)).toBeLessThan(1e-12 * largest(wanted));
  });

  test('‖Δ‖ is the largest eigenvalue in absolute value', () => {
    const { values } = hermitianEigen(Float64Array.from(delta.flat(2)));
    expect(twirlDeviation(y)).toBeCloseTo(Math.max(values[0], -values[8]), 10);
    expect(twirlDistance(y, y)).toBe(0);
  });

  test('a dimension of more than 32 is refused', () => {
    const large = problemOf([34, 1, 1, 1], [seed]);
    expect(() => twirl(large.network, large.theta0)).toThrow(/at most 32/);
  });
});

test.each([1, 2, 30, 120])('the norm of a Hermitian matrix of order %i by Lanczos steps', (n) => {
  const draw = random(seed, n);
  const a = Float64Array.from({ length: 2 * n * n }, () => draw.normal());
  const mirrored = adjoint(a);
  const sum = a.map((value, i) => value + mirrored[i] - (i % (2 * n + 2) === 0 ? 3 : 0));
  const { values } = hermitianEigen(sum);
  expect(hermitianNorm(sum) / Math.max(values[0], -values[n - 1])).toBeCloseTo(1, 8);
});
