import { expect, test } from 'vitest';
import { adjoint } from '../../src/linalg/complex.ts';
import { hermitianEigen } from '../../src/linalg/hermitian.ts';
import { hermitianNorm } from '../../src/linalg/hermitian-norm.ts';
import { random } from '../../src/random/random.ts';

const seed = 20_261_125;

test.each([1, 2, 30, 120])('the norm of a Hermitian matrix of order %i by Lanczos steps', (n) => {
  const draw = random(seed, n);
  const a = Float64Array.from({ length: 2 * n * n }, () => draw.normal());
  const mirrored = adjoint(a);
  const sum = a.map((value, i) => value + mirrored[i] - (i % (2 * n + 2) === 0 ? 3 : 0));
  const { values } = hermitianEigen(sum);
  expect(hermitianNorm(sum) / Math.max(values[0], -values[n - 1])).toBeCloseTo(1, 8);
});
