import { describe, expect, test } from 'vitest';
import { mixtures, orthonormalInputs, overlappingInputs } from '../../../src/dynamics/limit/problem.ts';
import { followLimit } from '../../../src/dynamics/limit/run.ts';
import { readoutFrom, readoutOf } from '../../../src/dynamics/readout.ts';
import { random } from '../../../src/random/random.ts';
import { difference, grid } from '../../helpers/numbers.ts';
import { bothOf, fullCurves, gramOf, orthonormalVectors, overlappingVectors } from './problems.ts';

const seed = 20_230_701;
const two = [1, -1];
const three = [1, 0, -1];
const five = [1, 0.6, 0.1, -0.4, -1];

/** d, m, eigenvalues, γ, end of time. Two (d_k < m) are so small that the spectrum binds the inputs. */
const orthonormal: [number, number, number[], number, number][] = [
  [4, 3, two, 1, 4],
  [4, 4, two, 2, 2],
  [6, 4, three, 1, 4],
  [10, 4, five, 3, 1],
  [32, 4, two, 2, 1],
  [24, 6, three, 2, 0.5],
  [30, 8, five, 2, 0.5],
];

describe('the reduced equation is the d × d equation', () => {
  test.each(orthonormal)('orthonormal inputs, d = %i, m = %i, eigenvalues %j, γ = %d', (d, m, values, gamma, end) => {
    const draw = random(seed, d, m, values.length);
    const labels = Float64Array.from({ length: m }, () => draw.uniform(-1, 1));
    const vectors = orthonormalVectors(d, m, draw);
    const both = bothOf(readoutOf(d, values, gamma), orthonormalInputs(m), vectors, labels, draw);
    expectEqual(both, grid(5, 0, end / 4));
  });

  test.each([two, three, five])('inputs of any overlap, eigenvalues %d, %d, …', (...values) => {
    const draw = random(seed, 1, values.length);
    const [d, m] = [30, 5];
    const labels = Float64Array.from({ length: m }, () => draw.uniform(-1, 1));
    const some = overlappingVectors(d, m - 1, draw);
    // The last one repeats the first: linearly dependent.
    const vectors = [...some, some[0]];
    const both = bothOf(readoutOf(d, values, 1.5), overlappingInputs(gramOf(vectors)), vectors, labels, draw);
    expect(both.problem.inputs.rank).toBe(m - 1);
    expectEqual(both, grid(5, 0, 0.25));
  });

  test.each([two, three, five])('mixed inputs, eigenvalues %d, %d, …', (...values) => {
    const draw = random(seed, 2, values.length);
    const d = 30;
    const vectors = overlappingVectors(d, 6, draw);
    const inputs = mixtures(gramOf(vectors), [0.7, 0.3, 1, 0.5, 0.25, 0.25], [0, 0, 1, 2, 2, 2]);
    const both = bothOf(readoutOf(d, values, 1.5), inputs, vectors, Float64Array.of(0.4, -0.8, 0.1), draw);
    expectEqual(both, grid(5, 0, 0.25));
  });

  test('an input mixed over all of a small space, and eigenspaces of unequal dimension', () => {
    const draw = random(seed, 3);
    const readout = readoutFrom([
      { value: 2, dimension: 1 },
      { value: 0.5, dimension: 3 },
      { value: -1, dimension: 2 },
    ]);
    const basis = orthonormalVectors(6, 6, draw);
    const vectors = [...basis, ...overlappingVectors(6, 1, draw)];
    const weights = [0.4, 0.3, 0.1, 0.1, 0.05, 0.05, 1];
    const inputs = mixtures(gramOf(vectors), weights, [0, 0, 0, 0, 0, 0, 1]);
    const both = bothOf(readout, inputs, vectors, Float64Array.of(0.7, -0.5), draw);
    expectEqual(both, grid(5, 0, 0.5));
  });
});

function expectEqual({ problem, start, full }: ReturnType<typeof bothOf>, times: Float64Array): void {
  const found = followLimit(problem, start, times, 1e-13);
  const wanted = fullCurves(full, times, 1e-12);
  expect(difference(found.outputs, wanted.outputs)).toBeLessThan(1e-10);
  expect(difference(found.kernels, wanted.kernels)).toBeLessThan(1e-10);
  // Something has moved.
  expect(found.kernelChange).toBeGreaterThan(1e-3);
}
