import { describe, expect, test } from 'vitest';
import { limitProblem, orthonormalInputs } from '../../../src/dynamics/limit/problem.ts';
import { haarState, projectionsOf, stateOfProjections } from '../../../src/dynamics/limit/state.ts';
import { type Readout, readoutFrom, readoutOf } from '../../../src/dynamics/readout.ts';
import { type Complex, largestDifference, order } from '../../../src/linalg/complex.ts';
import { orthonormalise } from '../../../src/random/haar.ts';
import { type Random, random } from '../../../src/random/random.ts';
import { gammaVariate } from '../../../src/random/wishart.ts';
import { kolmogorovBound, kolmogorovDistance } from '../../helpers/kolmogorov.ts';

const seed = 1952;
const count = 4000;
/** Of each comparison; there are 17. */
const falseAlarm = 1e-6;
const bound = kolmogorovBound(count, count, falseAlarm);

/** Q†MQ and Q†Π_0Q of m orthonormal vectors drawn in d dimensions, M diagonal; real ones where asked for. */
function drawnDirectly(readout: Readout, m: number, draw: Random, real = false): Complex[] {
  const d = readout.dimension;
  const rows = Float64Array.from({ length: 2 * m * d }, (_, i) => (real && i % 2 ? 0 : draw.normal()));
  orthonormalise(rows, m);
  let end = 0;
  return readout.eigenspaces.map(({ dimension }) => {
    const from = end;
    end += dimension;
    const out = new Float64Array(2 * m * m);
    for (let i = 0; i < m; i++)
      for (let j = 0; j < m; j++)
        for (let a = from; a < end; a++) {
          const [p, q, at] = [2 * (i * d + a), 2 * (j * d + a), 2 * (i * m + j)];
          out[at] += rows[p] * rows[q] + rows[p + 1] * rows[q + 1];
          out[at + 1] += rows[p] * rows[q + 1] - rows[p + 1] * rows[q];
        }
    return out;
  });
}

/** Numbers that see the diagonal, what is off it, and how three inputs' phases belong together. */
const features = {
  'an output': (P: Complex) => P[0],
  'an overlap': (P: Complex) => P[2] ** 2 + P[3] ** 2,
  'a loop of three': (P: Complex) => {
    const n = order(P);
    const [a, b, c] = [2, 2 * (n + 2), 2 * (2 * n)];
    const [re, im] = [P[a] * P[b] - P[a + 1] * P[b + 1], P[a] * P[b + 1] + P[a + 1] * P[b]];
    return re * P[c] - im * P[c + 1];
  },
};

const cases: [string, Readout, number][] = [
  ['d = 16', readoutOf(16), 4],
  ['d = 64', readoutOf(64), 4],
  ['three eigenvalues', readoutOf(18, [1, 0, -1]), 4],
  ['eigenspaces smaller than the inputs', readoutOf(6), 4],
  [
    'eigenspaces of one and of many dimensions',
    readoutFrom([
      { value: 1, dimension: 1 },
      { value: 0, dimension: 9 },
    ]),
    3,
  ],
];

describe.each(cases)('the initial law, %s', (_, readout, m) => {
  const problem = limitProblem(readout, orthonormalInputs(m), new Float64Array(m));
  const draw = random(seed, readout.dimension, m);
  const sample = (one: () => readonly Complex[]) => Array.from({ length: count }, () => one()[0]);
  const ours = sample(() => projectionsOf(problem, haarState(problem, draw)));
  const direct = sample(() => drawnDirectly(readout, m, draw));
  const real = sample(() => drawnDirectly(readout, m, draw, true));
  const distance = (other: readonly Complex[], feature: (P: Complex) => number) =>
    kolmogorovDistance(ours.map(feature), other.map(feature));

  test.each(Object.entries(features))('%s is distributed as in direct sampling', (_name, feature) => {
    expect(distance(direct, feature)).toBeLessThan(bound);
  });

  test('which a wrong law, real vectors, is found out by', () => {
    expect(Math.max(...Object.values(features).map((feature) => distance(real, feature)))).toBeGreaterThan(bound);
  });
});

test('gamma variates of 2^49 are normal numbers, right in every digit that matters', () => {
  const draw = random(seed, 1);
  const shape = 2 ** 49;
  const found = Array.from({ length: count }, () => (gammaVariate(shape, draw) - shape) / Math.sqrt(shape));
  const wanted = Array.from({ length: count }, () => draw.normal());
  expect(kolmogorovDistance(found, wanted)).toBeLessThan(bound);
  expect(
    kolmogorovDistance(
      found,
      wanted.map((value) => 1.5 * value),
    ),
  ).toBeGreaterThan(bound);
});

test('gamma variates of small shape have its mean and variance', () => {
  const draw = random(seed, 2);
  for (const shape of [1, 2, 7.5]) {
    const values = Array.from({ length: count }, () => gammaVariate(shape, draw));
    const mean = values.reduce((sum, value) => sum + value, 0) / count;
    const variance = values.reduce((sum, value) => sum + (value - shape) ** 2, 0) / count;
    // Five standard errors; E(x − k)⁴ = 3k² + 6k.
    expect(Math.abs(mean - shape)).toBeLessThan(5 * Math.sqrt(shape / count));
    expect(Math.abs(variance - shape)).toBeLessThan(5 * Math.sqrt((2 * shape ** 2 + 6 * shape) / count));
  }
});

test('at d = 2^50 outputs are γ/√d times normal numbers', () => {
  const m = 4;
  const problem = limitProblem(readoutOf(2 ** 50, [1, -1], 3), orthonormalInputs(m), new Float64Array(m));
  const draw = random(seed, 3);
  const found = Array.from({ length: count }, () => {
    const [up, down] = projectionsOf(problem, haarState(problem, draw));
    return 2 ** 25 * (up[0] - down[0]);
  });
  const wanted = Array.from({ length: count }, () => draw.normal());
  expect(kolmogorovDistance(found, wanted)).toBeLessThan(bound);
});

test('a start given by its projections has them', () => {
  const problem = limitProblem(readoutOf(6, [1, 0, -1]), orthonormalInputs(4), new Float64Array(4));
  const given = projectionsOf(problem, haarState(problem, random(seed, 4)));
  const found = projectionsOf(problem, stateOfProjections(problem, given));
  found.forEach((projection, k) => {
    expect(largestDifference(projection, given[k])).toBeLessThan(1e-14);
  });
  expect(() =>
    stateOfProjections(
      problem,
      given.map((P) => P.map((entry) => 1.01 * entry)),
    ),
  ).toThrow(/away from/);
  expect(() =>
    stateOfProjections(
      problem,
      given.map((P) => P.map((entry) => -entry)),
    ),
  ).toThrow(/positive semidefinite/);
  const crooked = [given[0].with(2, 7), given[1], given[2]];
  expect(() => stateOfProjections(problem, crooked)).toThrow(/positive semidefinite/);
});
