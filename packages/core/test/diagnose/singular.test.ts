import { describe, expect, test } from 'vitest';
import type { DiagnoseOptions } from '../../src/diagnose/options.ts';
import { initialTheta } from '../../src/model/initial.ts';
import type { Model } from '../../src/model/model.ts';
import { flowSystem } from '../../src/predict/flow-system.ts';
import { minus, outsideColumns } from '../helpers/brute-force.ts';
import { diagnosisOf, flawsOf, verdictOf } from '../helpers/diagnoses.ts';
import { dataOf, modelOf } from '../helpers/problems.ts';

const model = modelOf({ qubits: 3, layers: 3 });

/** The same model with outputs that do not depend on its parameters. */
function still({ simulator, ...rest }: Model): Model {
  return {
    ...rest,
    simulator: {
      expectations: ({ points }) => new Float64Array(points).fill(0.25),
      jacobian: (batch) => {
        const { derivatives } = simulator.jacobian(batch);
        return { values: new Float64Array(batch.points).fill(0.25), derivatives: derivatives.map(() => 0) };
      },
    },
  };
}

const ways: [string, Partial<DiagnoseOptions>][] = [
  ['frozen', {}],
  ['adaptive and verified', { tolerance: 0.1, verify: true }],
];

describe.each(ways)('a finite diagnosis, %s', (_, options) => {
  test('of two equal points with equal labels', () => {
    const found = diagnosisOf(model, dataOf([0.1, 0.1, 1, 2], [0.3, 0.3, -0.2, 0], [0, 1, 2]), options);
    expect(flawsOf(found)).toEqual([]);
    expect(found.seeds[0]).toMatchObject({ kappa: null, rank: 2 });
    expect(found.summary['frozen.residualMse'].mean).toBeLessThan(1e-28);
    expect(verdictOf(found, 'duplicates')!.severity).toBe('note');
    expect(verdictOf(found, 'rank')!.evidence.reason).toMatch(/rank 2 of 3/);
  });

  test('of two equal points with contradictory labels', () => {
    const found = diagnosisOf(model, dataOf([0.1, 0.1, 1, 2], [0.1, 0.4, -0.2, 0], [0, 1, 2]), options);
    expect(flawsOf(found)).toEqual([]);
    expect(found.summary['frozen.residualMse'].mean).toBeCloseTo((2 * 0.15 ** 2) / 3, 12);
    expect(verdictOf(found, 'duplicates')!.severity).toBe('warning');
    expect(found.seeds[0].frozen.infinity.trainMse).toBeCloseTo((2 * 0.15 ** 2) / 3, 12);
    if (options.verify) expect(found.seeds[0].verified!.trainMse).toBeGreaterThan(2 * (0.15 ** 2 / 3 - 1e-12));
  });

  test('of fewer parameters than points: the residual of the frozen kernel is the distance from what the Jacobian spans', () => {
    const small = modelOf({ qubits: 2, layers: 1 });
    const data = dataOf([-1, -0.5, 0, 0.1, 0.5, 1], [0.1, 0.4, 0.2, 0, -0.3, -0.1], [0, 1, 2, 3, 4]);
    const found = diagnosisOf(small, data, options);
    expect(flawsOf(found)).toEqual([]);
    found.seeds.forEach((seed, index) => {
      const theta0 = initialTheta(small, 7, index);
      const system = flowSystem(small, data, 'mean', theta0);
      const { J, f, columns } = system.jacobian(theta0);
      const training = { rows: 5, columns, J: J.subarray(0, 5 * columns), f: f.subarray(0, 5) };
      const outside = outsideColumns(training, minus(system.y, training.f));
      expect(seed.frozen.residualMse).toBeCloseTo(outside.reduce((sum, value) => sum + value * value, 0) / 5, 9);
      expect(seed.reasons.kappa).toMatch(/fewer parameters \(4\)/);
    });
  });

  test('of a Jacobian that is 0', () => {
    const found = diagnosisOf(still(model), dataOf([0.1, 0.6, 1, 2], [0.3, 0.1, -0.2, 0], [0, 1]), options);
    expect(flawsOf(found)).toEqual([]);
    expect(found.seeds[0]).toMatchObject({ kappa: null, rank: 0, rateLimit: null, frozen: { learnedModes: 0 } });
    expect(found.seeds[0].forecast).toMatchObject({ steps: null, test: [0.25, 0.25] });
    expect(found.seeds[0].frozen.residualMse).toBeCloseTo((0.05 ** 2 + 0.15 ** 2) / 2, 14);
    expect(found.training.rate).toBe(1);
    expect(verdictOf(found, 'fit')!.severity).not.toBe('good');
  });

  test('of a Jacobian that is 0 on one point', () => {
    const data = dataOf([0.1, 0.6, 1], [0.3, 0.1, -0.2], [0]);
    const found = diagnosisOf(still(model), data, options);
    expect(flawsOf(found)).toEqual([]);
    expect(verdictOf(found, 'fit')).toMatchObject({ severity: 'note', evidence: { 'forecast.trainR2': null } });
    // What was trained needs no word of what the frozen kernel would come to.
    if (found.bottomLine.basis === 'measured') expect(verdictOf(found, 'residual')).toBeUndefined();
    const forecast = diagnosisOf(still(model), data, { ...options, basis: 'forecast', verify: false });
    expect(verdictOf(forecast, 'residual')).toMatchObject({ severity: 'note', evidence: { residualShare: null } });
  });

  test('of labels that are the outputs already', () => {
    const data = dataOf([0.1, 0.6, 1, 2], [0, 0, 0, 0], [0, 1]);
    const system = flowSystem(model, data, 'mean', initialTheta(model, 7, 0));
    const fitted = { ...data, y: system.jacobian(system.theta0).f };
    const found = diagnosisOf(model, fitted, { ...options, seeds: 1 });
    expect(flawsOf(found)).toEqual([]);
    expect(found.seeds[0].forecast.trainMse).toBeLessThan(2e-30);
  });

  test('of one training point', () => {
    const found = diagnosisOf(model, dataOf([0.1, 0.5, 1], [0.1, 0.4, 0.2], [1]), options);
    expect(flawsOf(found)).toEqual([]);
    expect(found.seeds[0]).toMatchObject({ kappa: 1, rank: 1 });
    expect(verdictOf(found, 'fit')).toMatchObject({ severity: 'note', evidence: { 'forecast.trainR2': null } });
    expect(found.bottomLine.code).toBe('few-points');
    if (found.bottomLine.basis === 'measured') expect(verdictOf(found, 'residual')).toBeUndefined();
  });

  test('of no test points', () => {
    const found = diagnosisOf(model, dataOf([0.1, 0.5, 1], [0.1, 0.4, 0.2]), options);
    expect(flawsOf(found)).toEqual([]);
    expect(found.seeds[0].forecast).toMatchObject({ testMse: null, testR2: null, test: [] });
    expect(found.summary['forecast.testMse'].reason).toBe('there are no points');
    expect(verdictOf(found, 'generalisation')).toBeUndefined();
  });

  test('of a single test point', () => {
    const found = diagnosisOf(model, dataOf([0.1, 0.5, 1], [0.1, 0.4, 0.2], [0, 1]), options);
    expect(flawsOf(found)).toEqual([]);
    expect(found.seeds[0].forecast.testR2).toBeNull();
    expect(verdictOf(found, 'generalisation')!.evidence.reason).toMatch(/^it needs at least 2 points/);
  });
});
