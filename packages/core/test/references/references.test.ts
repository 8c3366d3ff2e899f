import { describe, expect, it } from 'vitest';
import { symmetricEigen } from '../../src/linalg/eigen.ts';
import { gram } from '../../src/linalg/matrix.ts';
import type { Dataset } from '../../src/model/dataset.ts';
import { random } from '../../src/random/random.ts';
import { fitKernelRidge, kernelRidges, predictKernelRidge } from '../../src/references/kernel-ridge.ts';
import { fitReferences, mostPoints } from '../../src/references/references.ts';
import oracles from './oracles.json' with { type: 'json' };

type Case = (typeof oracles.cases)[number];

function datasetOf({ rows, tests, width, outputs, X, y }: Case): Dataset {
  return {
    features: Array.from({ length: width }, (_, k) => `x${k}`),
    X: Float64Array.from(X),
    y: Float64Array.from(y),
    outputs,
    train: Int32Array.from({ length: rows }, (_, i) => i),
    test: Int32Array.from({ length: tests }, (_, i) => rows + i),
  };
}

function difference(found: Float64Array | null, wanted: Iterable<number>): number {
  if (found === null) throw new Error('not fitted');
  return [...wanted].reduce((most, value, i) => Math.max(most, Math.abs(value - found[i])), 0);
}

describe('references beside a network', () => {
  it.each(oracles.cases)('are scikit-learn’s: $rows × $width, $outputs outputs', (one) => {
    const found = fitReferences(datasetOf(one));
    expect(difference(found.ridge, one.linear.test)).toBeLessThan(1e-10);
    // The nugget 1e-14 of the oracle's Cholesky factor against the least λ, 1e-6 of the mean eigenvalue 1.
    expect(difference(found.rbf, one.gaussian.test)).toBeLessThan(1e-7);
  });

  it('the constant is the mean of the training labels', () => {
    const one = oracles.cases[1];
    const { constant } = fitReferences(datasetOf(one));
    const labels = one.y.slice(0, one.rows * 2);
    const mean = [0, 1].map((o) => labels.filter((_, i) => i % 2 === o).reduce((a, b) => a + b) / one.rows);
    expect(constant).toHaveLength(one.tests * 2);
    for (const [i, value] of constant.entries()) expect(value).toBeCloseTo(mean[i % 2], 13);
  });

  it('leave-one-out is what fitting again without each point gives', () => {
    const [m, width, ridge] = [9, 20, 0.7];
    const draw = random(4, 0);
    const Z = Float64Array.from({ length: m * width }, () => draw.normal());
    const y = Float64Array.from({ length: m * 2 }, () => draw.normal());
    const K = gram(Z, m, width);
    const fitOn = (rows: readonly number[]) => {
      const part = Float64Array.from(rows.flatMap((i) => rows.map((j) => K[i * m + j])));
      const { values, vectors } = symmetricEigen(part, rows.length);
      const labels = Float64Array.from(rows.flatMap((i) => [y[2 * i], y[2 * i + 1]]));
      return kernelRidges({ points: rows.length, values, columns: vectors }, labels, 2, [ridge])[0];
    };
    const all = Array.from({ length: m }, (_, i) => i);
    let sum = 0;
    for (const out of all) {
      const rows = all.filter((i) => i !== out);
      const f = predictKernelRidge(
        fitOn(rows),
        Float64Array.from(rows, (j) => K[out * m + j]),
        1,
      );
      sum += (f[0] - y[2 * out]) ** 2 + (f[1] - y[2 * out + 1]) ** 2;
    }
    expect(fitOn(all).leaveOneOutMse).toBeCloseTo(sum / y.length, 11);
  });

  it('a kernel that is 0 gives the mean, and its error is that of the mean of the others', () => {
    const modes = { points: 3, values: new Float64Array(0), columns: new Float64Array(0) };
    const fit = fitKernelRidge(modes, Float64Array.of(1, 2, 6), 1);
    expect(fit.intercept[0]).toBeCloseTo(3, 12);
    expect(fit.leaveOneOutMse).toBeCloseTo((3 ** 2 + 1.5 ** 2 + 4.5 ** 2) / 3, 12);
  });

  it('test labels have no part, nor has a feature that is constant in training', () => {
    const dataset = datasetOf(oracles.cases[0]);
    const y = dataset.y.map((value, i) => (i < 14 ? value : 100));
    expect(fitReferences({ ...dataset, y })).toEqual(fitReferences(dataset));
    const constant = fitReferences({ ...dataset, X: dataset.X.map((value, i) => (i % 3 === 1 ? 7e5 + 0.1 : value)) });
    const X = dataset.X.filter((_, i) => i % 3 !== 1);
    const without = fitReferences({ ...dataset, features: ['a', 'b'], X });
    expect(difference(constant.ridge, without.ridge ?? [])).toBeLessThan(1e-10);
    expect(difference(constant.rbf, without.rbf ?? [])).toBeLessThan(1e-10);
  });

  it('one training point has no ridge regression, many are thinned', () => {
    const dataset = datasetOf(oracles.cases[0]);
    const one = fitReferences({ ...dataset, train: dataset.train.slice(0, 1) });
    expect(one).toMatchObject({ ridge: null, rbf: null, reason: 'one training point is not enough' });
    const train = Int32Array.from({ length: mostPoints + 5 }, (_, i) => i % 14);
    expect(fitReferences({ ...dataset, train }).points).toBe(mostPoints);
  });

  it('twice the same point, and points that are all the same, give finite outputs', () => {
    const dataset = datasetOf(oracles.cases[2]);
    for (const X of [dataset.X.map((_, i) => i % 2), dataset.X.map((value, i) => (i < 4 ? 1 : value))])
      for (const f of Object.values(fitReferences({ ...dataset, X })))
        if (f instanceof Float64Array) expect(f.every(Number.isFinite)).toBe(true);
  });
});
