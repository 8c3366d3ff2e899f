import { expect, test } from 'vitest';
import { symmetricEigen } from '../../src/linalg/eigen.ts';
import { lanczos } from '../../src/linalg/lanczos.ts';
import { multiplyVector, norm } from '../../src/linalg/matrix.ts';
import { random } from '../../src/random/random.ts';

const seed = 1950;

/** A symmetric matrix of normal numbers, and a start. */
function problemOf(n: number, shift: number) {
  const draw = random(seed, n);
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) a[i * n + j] = a[j * n + i] = draw.normal();
  for (let i = 0; i < n; i++) a[i * n + i] += shift;
  return { a, start: Float64Array.from({ length: n }, () => draw.normal()) };
}

test.each([
  [1, 0],
  [2, 1],
  [7, -3],
  [40, 0],
  [120, 30],
  [120, -30],
])(`both ends of the spectrum, n = %i with a diagonal around %d (seed ${seed})`, (n, shift) => {
  const { a, start } = problemOf(n, shift);
  const apply = (v: Float64Array) => multiplyVector(a, v, n, n);
  const { values } = symmetricEigen(a, n);
  const largest = Math.max(values[0], -values[n - 1]);
  const wanted = { least: values[n - 1], outermost: values[0] >= -values[n - 1] ? values[0] : values[n - 1] };
  for (const end of ['least', 'outermost'] as const) {
    const { value, vector } = lanczos(apply, start, end, 1e-12);
    expect(Math.abs(value - wanted[end])).toBeLessThan(1e-12 * largest);
    expect(norm(vector)).toBeCloseTo(1, 12);
    const left = apply(vector).map((entry, i) => entry - value * vector[i]);
    expect(norm(left)).toBeLessThan(1e-11 * largest);
  }
});

test('stops where the start spans all that is left, and at 0', () => {
  const identity = (v: Float64Array) => v.slice();
  expect(lanczos(identity, Float64Array.of(3, 4), 'least', 1e-12).value).toBeCloseTo(1, 14);
  expect(lanczos((v) => v.map(() => 0), Float64Array.of(3, 4), 'outermost', 1e-12).value).toBe(0);
});
