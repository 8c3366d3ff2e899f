import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { limitProblem, mixtures, orthonormalInputs, overlappingInputs } from '../../../src/dynamics/limit/problem.ts';
import { followLimit, limitFollower, limitTimes } from '../../../src/dynamics/limit/run.ts';
import { haarState, projectionsOf } from '../../../src/dynamics/limit/state.ts';
import { readoutFrom, readoutOf } from '../../../src/dynamics/readout.ts';
import { InputError } from '../../../src/errors.ts';
import { type Complex, identity, largestDifference, order } from '../../../src/linalg/complex.ts';
import { random } from '../../../src/random/random.ts';
import { difference, grid, runs, seed } from '../../helpers/numbers.ts';
import { gramOf, overlappingVectors } from './problems.ts';

const alternating = (m: number) => Float64Array.from({ length: m }, (_, j) => (j % 2 ? -1 : 1));

/** ln det of a positive definite Hermitian matrix, by elimination. */
function logDeterminant(A: Complex): number {
  const n = order(A);
  const rest = A.slice();
  let sum = 0;
  for (let k = 0; k < n; k++) {
    const pivot = rest[2 * (k * n + k)];
    expect(pivot).toBeGreaterThan(0);
    sum += Math.log(pivot);
    for (let i = k + 1; i < n; i++)
      for (let j = k + 1; j < n; j++) {
        const [a, b, at] = [2 * (i * n + k), 2 * (k * n + j), 2 * (i * n + j)];
        rest[at] -= (rest[a] * rest[b] - rest[a + 1] * rest[b + 1]) / pivot;
        rest[at + 1] -= (rest[a] * rest[b + 1] + rest[a + 1] * rest[b]) / pivot;
      }
  }
  return sum;
}

describe('what a run keeps', () => {
  const setting = fc.record({
    q: fc.integer({ min: 2, max: 5 }),
    share: fc.integer({ min: 1, max: 6 }),
    m: fc.integer({ min: 1, max: 7 }),
    gamma: fc.double({ min: 0.3, max: 5, noNaN: true }),
    word: fc.integer(),
  });

  test('the spectrum and positivity, to 1e-10 at least, wherever the labels are', () => {
    fc.assert(
      fc.property(setting, ({ q, share, m, gamma, word }) => {
        fc.pre(m <= q * share);
        const draw = random(seed, word);
        const values = Array.from({ length: q }, () => draw.uniform(-1, 1));
        const readout = readoutOf(q * share, values, gamma);
        const labels = Float64Array.from({ length: m }, () => draw.uniform(-1.5, 1.5));
        const problem = limitProblem(readout, orthonormalInputs(m), labels);
        const run = followLimit(problem, haarState(problem, draw), limitTimes(readout, undefined, 5));
        expect(run.departure).toBeLessThan(1e-10);
        const projections = projectionsOf(problem, run.end);
        // They add up to 1, are positive, and of a rank that fits the eigenspace: M is U†M₀U for some unitary U.
        const sum = projections.reduce((total, P) => total.map((entry, i) => entry + P[i]));
        expect(largestDifference(sum, identity(m))).toBeLessThan(1e-13);
        for (const output of run.outputs) {
          expect(output).toBeLessThan(readout.eigenspaces[0].value + 1e-12);
          expect(output).toBeGreaterThan(readout.eigenspaces[q - 1].value - 1e-12);
        }
        // dr/dt = −K·r with K ≥ 0.
        for (let k = 1; k < run.loss.length; k++) expect(run.loss[k]).toBeLessThan(run.loss[k - 1] + 1e-12);
      }),
      { seed, numRuns: runs(40) },
    );
  });

  test('Π_k det(P_k)^{c_k}, for all c with Σ c_k = Σ c_k λ_k = 0', () => {
    const draw = random(seed, 1);
    const problem = limitProblem(readoutOf(40, [1, 0.5, -0.25, -1], 2), orthonormalInputs(4), alternating(4));
    const start = haarState(problem, draw);
    const { end } = followLimit(problem, start, Float64Array.of(0, 2));
    const change = [start, end].map((state) => projectionsOf(problem, state).map(logDeterminant));
    const grown = change[1].map((value, k) => value - change[0][k]);
    // Grown linearly with λ_k: −d ln det P_k/dt = 2(tr FG − λ_k tr F).
    const values = problem.readout.eigenspaces.map(({ value }) => value);
    const slope = (grown[3] - grown[0]) / (values[3] - values[0]);
    for (const k of [1, 2]) expect(Math.abs(grown[k] - grown[0] - slope * (values[k] - values[0]))).toBeLessThan(1e-9);
    expect(Math.abs(slope)).toBeGreaterThan(0.01);
  });

  test('unreachable labels: M stays isospectral where the spectrum binds the inputs', () => {
    // All four dimensions are inputs: Σŷ = tr M = 0 for ever, and labels of sum 4 leave a residual of 1 each.
    const problem = limitProblem(readoutOf(4, [1, -1], 2), orthonormalInputs(4), new Float64Array(4).fill(1));
    const run = followLimit(problem, haarState(problem, random(seed, 2)), Float64Array.of(0, 1, 10, 100));
    for (let k = 0; k < 4; k++)
      expect(Math.abs(run.outputs.subarray(4 * k, 4 * k + 4).reduce((sum, y) => sum + y, 0))).toBeLessThan(1e-12);
    expect(run.loss[3]).toBeCloseTo(0.5, 9);
  });
});

describe('a run', () => {
  test('does not depend on the times it is asked for, nor on what the follower did before', () => {
    const problem = limitProblem(readoutOf(32, [1, -1], 2), orthonormalInputs(4), alternating(4));
    const [a, b] = [1, 2].map((word) => haarState(problem, random(seed, word)));
    const follow = limitFollower(problem);
    const few = follow(a, Float64Array.of(0, 0.5, 1));
    follow(b, grid(11, 0, 0.1));
    const many = follow(a, grid(101, 0, 0.01));
    for (let k = 0; k < 3; k++)
      expect(
        difference(few.outputs.subarray(4 * k, 4 * k + 4), many.outputs.subarray(200 * k, 200 * k + 4)),
      ).toBeLessThan(1e-10);
    // A run may be taken up where another ended.
    const on = follow(follow(a, Float64Array.of(0.5)).end, Float64Array.of(0.5));
    expect(difference(on.outputs, many.outputs.subarray(400))).toBeLessThan(1e-10);
  });

  test('treats orthonormal inputs alike, however they are given', () => {
    const labels = Float64Array.of(0.5, -0.2, 0.9);
    const problem = limitProblem(readoutOf(12, [1, 0, -1], 1.5), orthonormalInputs(3), labels);
    const same = limitProblem(problem.readout, overlappingInputs(identity(3)), labels);
    const start = haarState(problem, random(seed, 3));
    const [one, other] = [problem, same].map((each) => followLimit(each, start, grid(6, 0, 0.2)));
    expect(difference(one.outputs, other.outputs)).toBeLessThan(1e-11);
    expect(difference(one.kernels, other.kernels)).toBeLessThan(1e-11);
  });

  test('of a mixture of equal columns is that of the column', () => {
    const draw = random(seed, 4);
    const [v, w] = overlappingVectors(8, 2, draw);
    const labels = [0.3, -0.6];
    const pure = limitProblem(readoutOf(8), overlappingInputs(gramOf([v, w])), labels);
    const mixed = limitProblem(readoutOf(8), mixtures(gramOf([v, v, w]), [0.25, 0.75, 1], [0, 0, 1]), labels);
    expect(mixed.inputs.rank).toBe(2);
    const [one, other] = [pure, mixed].map((problem) =>
      followLimit(problem, haarState(problem, random(seed, 5)), grid(6, 0, 0.5)),
    );
    expect(difference(one.outputs, other.outputs)).toBeLessThan(1e-10);
  });
});

describe('refused with a reason', () => {
  const error = (work: () => unknown): string => {
    try {
      work();
    } catch (caught) {
      expect(caught).toBeInstanceOf(InputError);
      return (caught as Error).message;
    }
    return 'nothing';
  };
  const refusals: [string, () => unknown, RegExp][] = [
    ['odd d with a balanced readout', () => readoutOf(33), /d: found 33, expected a multiple of 2/],
    ['d that three eigenvalues cannot share', () => readoutOf(32, [1, 0, -1]), /d: found 32, expected a multiple of 3/],
    ['one eigenvalue', () => readoutOf(32, [1, 1]), /found the single eigenvalue 1,/],
    ['no eigenvalue', () => readoutOf(32, []), /eigenspaces: found none/],
    ['an eigenvalue that is no number', () => readoutOf(32, [1, Number.NaN]), /found the eigenvalue NaN/],
    ['γ = 0', () => readoutOf(32, [1, -1], 0), /gamma: found 0, expected a positive/],
    ['γ < 0', () => readoutOf(32, [1, -1], -2), /gamma: found -2/],
    ['d = 0', () => readoutOf(0), /d: found 0,/],
    ['d that a double does not hold', () => readoutOf(2 ** 60), /up to 2\^53/],
    ['m = 0', () => orthonormalInputs(0), /m: found 0,/],
    [
      'd < m',
      () => limitProblem(readoutOf(4), orthonormalInputs(5), new Float64Array(5)),
      /found 5 orthogonal ones, expected at most d = 4/,
    ],
    [
      'more independent inputs than dimensions',
      () => limitProblem(readoutOf(2), overlappingInputs(gramOf(overlappingVectors(9, 3, random(1)))), [0, 0, 0]),
      /found 3 linearly independent ones, expected at most d = 2/,
    ],
    [
      'labels too few',
      () => limitProblem(readoutOf(4), orthonormalInputs(3), [1, 1]),
      /labels: found 2, expected one for each of 3 inputs/,
    ],
    [
      'a label that is no number',
      () => limitProblem(readoutOf(4), orthonormalInputs(1), [Number.NaN]),
      /labels\[0\]: found NaN/,
    ],
    [
      'S that is not normalised',
      () => overlappingInputs(identity(2).map((entry) => 2 * entry)),
      /S\[0, 0\]: found 2, expected 1/,
    ],
    ['S that is not positive', () => overlappingInputs(Float64Array.of(1, 0, 2, 0, 2, 0, 1, 0)), /no Gram matrix/],
    [
      'S that is not Hermitian',
      () => overlappingInputs(Float64Array.of(1, 0, 0, 0.5, 0, 0.5, 1, 0)),
      /expected a Hermitian/,
    ],
    [
      'weights that do not add up',
      () => mixtures(identity(2), [0.5, 0.4], [0, 0]),
      /found the sum 0.9 for input 0, expected 1/,
    ],
    ['an input without a column', () => mixtures(identity(2), [1, 1], [0, 2]), /sample\[1\]: found 2/],
    ['a weight below 0', () => mixtures(identity(2), [1.5, -0.5], [0, 0]), /weights\[1\]: found -0.5/],
  ];
  test.each(refusals)('%s', (_, work, message) => {
    expect(error(work)).toMatch(message);
  });

  test('a value that stands twice in the list has two shares', () => {
    expect(readoutOf(9, [0, 1, 0], 2).eigenspaces).toEqual([
      { value: 2, dimension: 3 },
      { value: 0, dimension: 6 },
    ]);
    expect(readoutFrom([{ value: -0, dimension: 1 }, ...readoutOf(4).eigenspaces, { value: 0, dimension: 2 }])).toEqual(
      {
        dimension: 7,
        eigenspaces: [
          { value: 1, dimension: 2 },
          { value: 0, dimension: 3 },
          { value: -1, dimension: 2 },
        ],
      },
    );
  });
});
