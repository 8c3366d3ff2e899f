import { describe, expect, test } from 'vitest';
import { extremes } from '../../../src/dynamics/finite/kernel-parts.ts';
import { powerLaw } from '../../../src/dynamics/regime/power-law.ts';
import { type MinimaMeasure, sampleMinima } from '../../../src/dynamics/theorems/global-minima.ts';
import { leastEigenvalueAtMinima, minimumKernel } from '../../../src/dynamics/theorems/minima-eigenvalue.ts';
import type { Complex } from '../../../src/linalg/complex.ts';
import { hermitianEigen } from '../../../src/linalg/hermitian.ts';
import { orthonormalise } from '../../../src/random/haar.ts';
import { type Random, random } from '../../../src/random/random.ts';

const seed = 20_261_127;

const labelsOf = (m: number) => Float64Array.from({ length: m }, (_, j) => (j % 2 === 0 ? 1 : -1));

const leastRate = (P: Complex, gamma: number) => extremes(minimumKernel(P, gamma)).least;

/** ⟨a_i|a_j⟩ over the first `kept` of the n amplitudes of each of m rows. */
function gramOf(rows: Float64Array, m: number, kept: number): Complex {
  const n = rows.length / (2 * m);
  const out = new Float64Array(2 * m * m);
  for (let i = 0; i < m; i++)
    for (let j = 0; j < m; j++)
      for (let k = 0; k < kept; k++) {
        const [a, b] = [2 * (i * n + k), 2 * (j * n + k)];
        out[2 * (i * m + j)] += rows[a] * rows[b] + rows[a + 1] * rows[b + 1];
        out[2 * (i * m + j) + 1] += rows[a] * rows[b + 1] - rows[a + 1] * rows[b];
      }
  return out;
}

const normals = (count: number, draw: Random) => Float64Array.from({ length: count }, () => draw.normal());

/**
 * You et al.'s construction as it stands: independent unit vectors û_j, kept where w_j exist with w_i†w_j = −u_i†u_j.
 */
function byDirections(d: number, m: number, gamma: number, count: number, draw: Random): number[] {
  const labels = labelsOf(m);
  const found: number[] = [];
  while (found.length < count) {
    const rows = normals(d * m, draw);
    for (let j = 0; j < m; j++) {
      const row = rows.subarray(d * j, d * (j + 1));
      orthonormalise(row, 1);
      const size = Math.sqrt((1 + labels[j] / gamma) / 2);
      for (let k = 0; k < d; k++) row[k] *= size;
    }
    const P = gramOf(rows, m, d / 2);
    if (hermitianEigen(P).values[0] <= 1) found.push(leastRate(P, gamma));
  }
  return found;
}

/** Haar-random inputs, kept where every P_jj is within a window about its value: |P_12|² in units of its largest. */
function byRejection(d: number, gamma: number, window: number, count: number, draw: Random): number[] {
  const found: number[] = [];
  while (found.length < count) {
    const rows = normals(4 * d, draw);
    orthonormalise(rows, 2);
    const P = gramOf(rows, 2, d / 2);
    const off = [1, -1].some((label, j) => Math.abs(P[6 * j] - (1 + label / gamma) / 2) > window / 2);
    if (!off) found.push(share(P));
  }
  return found;
}

/** |P_12|² over the most that positive P and 1 − P allow, which takes the window's width out of it. */
const share = (P: Complex) => (P[2] ** 2 + P[3] ** 2) / Math.min(P[0] * P[6], (1 - P[0]) * (1 - P[6]));

/** Largest distance of two samples' distribution functions. */
function distance(a: readonly number[], b: readonly number[]): number {
  const below = (values: readonly number[], x: number) => values.filter((value) => value <= x).length / values.length;
  return Math.max(...[...a, ...b].map((x) => Math.abs(below(a, x) - below(b, x))));
}

/** Kolmogorov and Smirnov: independent samples of one law are farther apart once in ten thousand tests. */
const critical = (n: number, k: number) => Math.sqrt((-Math.log(0.5e-4) / 2) * (1 / n + 1 / k));

/** Every `thin`-th sample, which makes neighbours independent as far as can be seen. */
const chain = (measure: MinimaMeasure, d: number, m: number, gamma: number, count: number, thin: number) =>
  sampleMinima({ dimension: d, labels: labelsOf(m), gamma, measure }, count * thin, random(seed, d, m)).filter(
    (_, k) => k % thin === 0,
  );

describe('global minima', () => {
  test.each([
    [8, 2, 2],
    [16, 4, 2],
    [8, 3, 3],
  ])('of independent directions are those of You et al. 2023, d = %i, m = %i, γ = %d', (d, m, gamma) => {
    const found = chain('directions', d, m, gamma, 500, 3).map((P) => leastRate(P, gamma));
    const wanted = byDirections(d, m, gamma, 500, random(seed, 1, d));
    expect(distance(found, wanted)).toBeLessThan(critical(500, 500));
  });

  test('of a Haar-random readout are those of rejection, and the other measure is not', () => {
    const wanted = byRejection(8, 2, 0.1, 400, random(seed, 2));
    const shares = (measure: MinimaMeasure) => chain(measure, 8, 2, 2, 1500, 3).map(share);
    expect(distance(shares('haar'), wanted)).toBeLessThan(critical(1500, 400));
    expect(distance(shares('directions'), wanted)).toBeGreaterThan(critical(1500, 400));
  });

  test.each(['directions', 'haar'] as const)('have ŷ = y, P and 1 − P positive, whatever d: %s', (measure) => {
    for (const d of [12, 1000, 2 ** 50]) {
      const gamma = 1.7;
      const labels = Float64Array.of(1, -1, 0.3, 0, -1.6, 1);
      const samples = sampleMinima({ dimension: d, labels, gamma, measure }, 20, random(seed, 4));
      for (const P of samples) {
        labels.forEach((label, j) => {
          expect(gamma * (2 * P[14 * j] - 1)).toBeCloseTo(label, 12);
        });
        const { values } = hermitianEigen(P);
        expect(values[5]).toBeGreaterThan(0);
        expect(values[0]).toBeLessThan(1);
      }
      // |P_12|² of independent directions has the mean P_11·P_22/(d/2): right order of magnitude however large d.
      const mean = samples.reduce((sum, P) => sum + (P[2] ** 2 + P[3] ** 2) * (d / 2), 0) / 20;
      expect(mean).toBeGreaterThan(0.01);
      expect(mean).toBeLessThan(1);
    }
  });

  test('are refused where there is no room or labels are out of reach', () => {
    const setting = { dimension: 8, labels: labelsOf(2), gamma: 2, measure: 'haar' } as const;
    const draw = random(seed);
    expect(() => sampleMinima({ ...setting, dimension: 7 }, 1, draw)).toThrow(/found 7, expected an even number/);
    expect(() => sampleMinima({ ...setting, labels: labelsOf(6) }, 1, draw)).toThrow(/at least 2m = 12/);
    expect(() => sampleMinima({ ...setting, gamma: 1 }, 1, draw)).toThrow(
      /labels\[0\]: found 1, expected a number strictly within/,
    );
    expect(() => leastEigenvalueAtMinima({ ...setting, labels: Float64Array.of(1, 1) }, 100, 0.1, draw)).toThrow(
      /as many 1 as -1/,
    );
    expect(() => leastEigenvalueAtMinima(setting, 5, 0.1, draw)).toThrow(/at least 1\/delta = 10/);
  });
});

describe('Theorem 4.4', () => {
  test('for one sample every minimum has λ_g = 2(γ² − 1), for more they fall short of it', () => {
    const draw = random(seed, 5);
    const one = leastEigenvalueAtMinima(
      { dimension: 8, labels: labelsOf(1), gamma: 3, measure: 'directions' },
      10,
      0.5,
      draw,
    );
    expect(one.lambda.every((value) => Math.abs(value - 16) < 1e-12)).toBe(true);
    const { lambda, ceiling, quantile } = leastEigenvalueAtMinima(
      { dimension: 40, labels: labelsOf(4), gamma: 3, measure: 'haar' },
      50,
      0.1,
      draw,
    );
    expect(ceiling).toBe(16);
    expect(lambda[49]).toBeLessThan(16);
    expect(lambda.filter((value) => value < quantile).length).toBe(5);
  });

  test.each(['directions', 'haar'] as const)('what is missing falls as 1/d and grows as m, not m²: %s', (measure) => {
    const missing = (d: number, m: number) => {
      const { lambda, ceiling } = leastEigenvalueAtMinima(
        { dimension: d, labels: labelsOf(m), gamma: 4, measure },
        24,
        0.5,
        random(seed, 6, d, m),
      );
      return 1 - lambda[12] / ceiling;
    };
    const dimensions = [256, 2048, 16384];
    const inD = powerLaw(
      dimensions,
      dimensions.map((d) => missing(d, 4)),
    );
    expect(Math.abs(inD.exponent + 1)).toBeLessThan(0.1);
    // Rows have m − 1 entries that fluctuate, so few samples come near the slope 1 from above; m² has the slope 2.
    const grown = missing(4096, 16) / missing(4096, 8);
    expect(Math.log2(grown)).toBeGreaterThan(0.85);
    expect(Math.log2(grown)).toBeLessThan(1.4);
  });
});
