import { describe, expect, test } from 'vitest';
import { joinDiagnosis } from '../../src/diagnose/diagnose.ts';
import { diagnosisProblem } from '../../src/diagnose/problem.ts';
import { buildModel } from '../../src/model/build.ts';
import { modelSchema } from '../../src/model/schema.ts';
import { engines } from '../../src/simulate/engines.ts';
import { diagnosisOf, optionsOf, verdictOf } from '../helpers/diagnoses.ts';
import { dataOf, modelOf, range } from '../helpers/problems.ts';

describe('what no training gets below', () => {
  test('a step function behind one frequency: the trained network stays above, and the verdict says so', () => {
    const x = range(16).map((i) => -Math.PI + ((i + 0.5) * Math.PI) / 8);
    const steps = dataOf(
      x,
      x.map((value) => (Math.sin(3 * value) > 0 ? 0.8 : -0.8)),
      range(16).filter((i) => i % 2 === 0),
    );
    const found = diagnosisOf(modelOf({ qubits: 2, layers: 6 }), steps, { verify: true, steps: 500 });
    const { certified } = verdictOf(found, 'limit')!.evidence;
    expect(verdictOf(found, 'limit')).toMatchObject({ basis: 'certain', severity: 'warning' });
    expect(found.limit.mse! - found.limit.gap!).toBe(certified);
    for (const { verified } of found.seeds) expect(verified!.trainMse).toBeGreaterThanOrEqual(certified);
    expect(found.references!.readout!.testR2).not.toBeNull();
  });

  test('no interval reaches below it, and no sentence says that the network can', () => {
    const model = modelOf({ qubits: 2, layers: 2 });
    const data = dataOf(
      range(8),
      range(8).map((i) => (i % 2 === 0 ? 0.8 : -0.8)),
      range(8),
    );
    const options = optionsOf({ basis: 'forecast' });
    const { seeds, ...found } = diagnosisOf(model, data, options);
    const joined = (shareOfLimit: number) => {
      const { certified } = verdictOf({ seeds, ...found }, 'limit')!.evidence;
      const changed = seeds.map((seed) => ({
        ...seed,
        frozen: { ...seed.frozen, residualMse: shareOfLimit * certified },
        forecast: {
          ...seed.forecast,
          trainMse: shareOfLimit * certified,
          interval: { trainMse: [0.5 * certified, 2 * certified] as const },
        },
        curves: { ...seed.curves, everyStep: { steps: [0, 1], trainLoss: [1, 0], testMse: [] } },
      }));
      return { certified, ...joinDiagnosis(diagnosisProblem(model, data, options), changed, found) };
    };
    const below = joined(0.9);
    expect(verdictOf(below, 'residual')).toBeUndefined();
    expect(verdictOf(below, 'fit')!.evidence.trainMseLow).toBeCloseTo(below.certified, 12);
    expect(verdictOf(below, 'fit')!.evidence.trainMseHigh).toBeCloseTo(2 * below.certified, 12);
    for (const { forecast, curves } of below.seeds) {
      expect(forecast.interval!.trainMse![0]).toBe(below.certified);
      expect(forecast.trainMse).toBe(below.certified);
      // A loss is half of an error.
      expect(curves.everyStep!.trainLoss).toEqual([1, below.certified / 2]);
    }
    expect(below.summary['forecast.trainMse'].mean).toBeCloseTo(below.certified, 12);
    expect(verdictOf(joined(1.1), 'residual')).toBeDefined();
  });

  test('with the encoding repeated only labels set limits', () => {
    const twice = dataOf([0.1, 0.1, 0.5, 0.9], [1, -1, 0.5, 0.2], [0, 1, 2]);
    const model = buildModel(
      modelSchema.parse({
        qubits: 2,
        encoding: { reupload: true },
        ansatz: { kind: 'hea', layers: 2 },
        observable: 'Z0',
        scale: 2,
      }),
      1,
      engines.wasm,
    );
    const found = diagnosisOf(model, twice);
    expect(found.limit).toMatchObject({ basis: 'labels', gap: 0 });
    // Two labels ±1 at one input leave 2 of 3 squares.
    expect(found.limit.mse).toBeCloseTo(2 / 3, 12);
    expect(found.references).toMatchObject({ readout: null, reasons: { readout: found.limit.reason } });
  });
});
