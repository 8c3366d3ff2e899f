import { describe, expect, test } from 'vitest';
import { joinDiagnosis } from '../../src/diagnose/diagnose.ts';
import type { SeedDiagnosis } from '../../src/diagnose/diagnosis.ts';
import { diagnosisProblem } from '../../src/diagnose/problem.ts';
import { diagnoseSeed } from '../../src/diagnose/seed.ts';
import { buildModel } from '../../src/model/build.ts';
import { takeRows } from '../../src/model/dataset.ts';
import { modelSchema } from '../../src/model/schema.ts';
import { r2 } from '../../src/model/scores.ts';
import { engines } from '../../src/simulate/engines.ts';
import { diagnosisOf, flawsOf, optionsOf, verdictOf } from '../helpers/diagnoses.ts';
import { dataOf, generatedData, modelOf, range } from '../helpers/problems.ts';

const x = range(40).map((i) => -1.5 + (3 * i) / 39);
const half = range(40).filter((i) => i % 2 === 0);
const sine = (frequency: number, size = 0.8) =>
  dataOf(
    x,
    x.map((value) => size * Math.sin(frequency * value)),
    half,
  );
const small = modelOf({ qubits: 3, layers: 4, scale: 1.5 });

describe('R² on the training points is defined as on the test points', () => {
  test('of unbalanced classes the mean of the outputs', () => {
    // Three points of fifteen in the second class: pooled over the outputs its error hardly counts.
    const own = range(30).map((i) => (i % 10 < 1 ? 1 : i % 2 === 0 ? 2 : 0));
    const labels = own.flatMap((mine) => [0, 1, 2].map((k) => (k === mine ? 1 : -1)));
    const inputs = range(30).map((i) => Math.sin(7 * i));
    const data = dataOf(inputs, labels, range(15), 3);
    const model = modelOf({ qubits: 3, layers: 2, observable: ['Z0', 'Z1', 'Z2'] });
    const { seeds, bottomLine, summary } = diagnosisOf(model, data, { seeds: 1, verify: true, basis: 'forecast' });
    const y = takeRows(data.y, 3, data.train);
    // The forecast ends at outputs that it lists for test points alone: the training's, of the same rows.
    const [{ verified }] = seeds;
    const pooled = y.reduce((sum, value, i) => sum + (value - meanOf(y, i % 3)) ** 2, 0) / y.length;
    expect(verified!.trainR2).not.toBeCloseTo(1 - verified!.trainMse / pooled, 2);
    expect(bottomLine.evidence.trainR2).toBe(summary['verified.trainR2'].mean);
    const constant = Float64Array.from(y, (_, i) => meanOf(y, i % 3));
    expect(r2(y, constant, 3).value).toBeCloseTo(0, 12);
  });

  const meanOf = (y: Float64Array, output: number) => {
    const own = y.filter((_, i) => i % 3 === output);
    return own.reduce((sum, value) => sum + value, 0) / own.length;
  };
});

describe('what limits, where nothing is fitted', () => {
  const codeOf = (...args: Parameters<typeof diagnosisOf>) => diagnosisOf(...args).bottomLine;

  test('a rate above the stable one', () => {
    const found = diagnosisOf(small, sine(2), { optimizer: 'gd', rate: 50, steps: 200 });
    expect(flawsOf(found)).toEqual([]);
    expect(found.bottomLine).toMatchObject({ code: 'rate', evidence: { rate: { rate: 50, momentum: 0 } } });
    expect(found.bottomLine.evidence.rate!.limit).toBeCloseTo(found.summary.rateLimit.mean!, 12);
    // Nor is it told how many steps at that rate would do.
    expect(verdictOf(found, 'steps')).toBeUndefined();
    expect(codeOf(small, sine(2), { optimizer: 'adam', rate: 50 }).code).toBe('rate');
    expect(codeOf(small, sine(2), { optimizer: 'adam', rate: 0.05 }).code).not.toBe('rate');
  });

  test('a readout scale far from the labels, of a trained readout as well', () => {
    const wish = { qubits: 3, layers: 4 } as const;
    const adam = { optimizer: 'adam', rate: 0.05, steps: 100 } as const;
    const large = codeOf(modelOf({ ...wish, scale: 1e6 }), sine(2), adam);
    expect(large).toMatchObject({ code: 'scale', evidence: { scale: { too: 'large' } } });
    expect(large.evidence.scale!.scaleWithRoom).toBeCloseTo(1.5 * 0.8, 2);
    const trained = (scale: number) =>
      buildModel(
        modelSchema.parse({
          qubits: 3,
          encoding: {},
          ansatz: { kind: 'hea', layers: 4 },
          observable: 'Z0',
          readout: 'trainable',
          scale,
        }),
        1,
        engines.wasm,
      );
    const tiny = codeOf(trained(1e-3), sine(2), adam);
    expect(tiny).toMatchObject({ code: 'scale', evidence: { scale: { too: 'small' } } });
    expect(codeOf(trained(1), sine(2), adam).code).not.toBe('scale');
  });

  test('steps that turn no angle', () => {
    const found = codeOf(small, sine(2), { optimizer: 'adam', rate: 0.01, steps: 10 });
    expect(found).toMatchObject({ code: 'steps', evidence: { longer: null } });
    expect(found.evidence.travel).toBeCloseTo(0.1, 12);
    expect(codeOf(small, sine(2), { optimizer: 'gd', rate: 1e-5, steps: 100 }).code).toBe('steps');
    expect(codeOf(small, sine(2), { steps: 1 }).code).toBe('steps');
  });

  test('a gap is one only where the training points are fitted', () => {
    const problem = diagnosisProblem(small, sine(2), optionsOf({ seeds: 1 }));
    const seed = diagnoseSeed(problem, 0);
    const codeWith = (trainR2: number, testR2: number) => {
      const trainMse = (1 - trainR2) * 0.3;
      const told = { ...seed, forecast: { ...seed.forecast, trainR2, trainMse, testR2 } };
      return joinDiagnosis(problem, [told]).bottomLine.code;
    };
    expect(codeWith(0.9, 0.1)).toBe('points');
    expect(codeWith(0.4, -1)).not.toBe('points');
    expect(codeWith(-3, -9)).not.toBe('points');
  });

  test('a few training points', () => {
    const few = dataOf([0.1, 0.7, 1.2, -0.4, -1], [0.1, 0.4, 0.2, 0, 0.3], [0, 1]);
    const found = diagnosisOf(small, few);
    expect(found.bottomLine.code).toBe('few-points');
    expect(verdictOf(found, 'duplicates')).toBeUndefined();
  });

  test('a test point with the features of a training point and another label has to be fitted by nobody', () => {
    const twice = dataOf([0.1, 0.7, 1.2, -0.4, 0.1], [0.1, 0.4, 0.2, 0, 0.9], [0, 1, 2, 3]);
    expect(verdictOf(diagnosisOf(small, twice), 'duplicates')).toBeUndefined();
  });
});

describe('after training beside a forecast', () => {
  const data = generatedData({ source: 'sinusoid', points: 40, noise: 0.1 });
  const problem = diagnosisProblem(small, data, optionsOf({ verify: true, basis: 'forecast' }));
  const seeds = [0, 1].map((index) => diagnoseSeed(problem, index));
  const counts = { points: 20, parts: 4, of: 4, initialisations: 2, right: null };
  const deeper = { planned: 0.5, changed: 0.51, within: 0.1, ...counts };
  const toldOf = (change: (verified: NonNullable<SeedDiagnosis['verified']>) => object) =>
    joinDiagnosis(
      problem,
      seeds.map((seed) => ({ ...seed, verified: { ...seed.verified!, ...change(seed.verified!) } })),
      undefined,
      { changes: { deeper }, tooLong: [] },
    );

  test('what was measured is told, and whether the forecast held', () => {
    const found = toldOf(() => ({}));
    expect(flawsOf(found)).toEqual([]);
    expect(found.bottomLine).toMatchObject({ basis: 'measured', changesBasis: 'forecast', held: true });
    const { evidence } = found.bottomLine;
    expect(evidence['verified.testR2']).toBe(found.summary['verified.testR2'].mean);
    expect(evidence.newR2Low).toBeLessThan(evidence['verified.testR2']!);
    expect(evidence.newR2High).toBeGreaterThan(evidence['verified.testR2']!);
    for (const code of ['fit', 'generalisation'] as const) expect(verdictOf(found, code)!.basis).toBe('measured');
    expect(evidence.deeper).toEqual(deeper);
  });

  test('a setting at which nothing was fitted is named, whatever the forecast left open', () => {
    const options = optionsOf({ optimizer: 'adam', rate: 50, verify: true, basis: 'forecast', seeds: 1 });
    const rated = diagnosisProblem(small, data, options);
    const seed = diagnoseSeed(rated, 0);
    const codeWith = (trained: number, high: number) => {
      const forecast = { ...seed.forecast, trainR2: 0.4, interval: { trainR2: [-1, high] as const } };
      const verified = { ...seed.verified!, trainR2: trained, testR2: -1 };
      return joinDiagnosis(rated, [{ ...seed, forecast, verified }]).bottomLine.code;
    };
    expect([codeWith(-0.5, 1), codeWith(0.6, 1), codeWith(0.6, 0.45)]).toEqual(['rate', 'points', 'points']);
  });

  test('what a refuted forecast says of other models is not told', () => {
    const { bottomLine, judgements } = toldOf(() => ({ testR2: -0.5, trainR2: 0.99 }));
    expect(bottomLine).toMatchObject({ held: false, code: 'points', evidence: { deeper: null, longer: null } });
    expect(judgements).toContainEqual({ sentence: 'generalisation', contradicted: true });
    expect(toldOf(() => ({ trainMse: 9, trainR2: -20, testR2: -20 })).bottomLine.code).not.toBe('points');
  });
});

test('the interval on new points is wider than that on the test points: these are some of many', () => {
  const { evidence } = diagnosisOf(small, sine(3), { basis: 'forecast' }).bottomLine;
  expect(evidence.newR2Low).toBeLessThan(evidence.testR2Low!);
  const few = diagnosisOf(small, dataOf(x.slice(0, 14), x.slice(0, 14).map(Math.sin), range(8)), { seeds: 1 });
  expect(few.bottomLine.evidence).toMatchObject({ newR2Low: null, newR2High: null });
});

test('of the share of right classes one test point more or less is no surprise, and a constant answer has its share', () => {
  // Three of four are of one class, in training and test alike.
  const labels = x.map((_, i) => (i % 8 < 6 ? 1 : -1));
  const problem = diagnosisProblem(small, dataOf(x, labels, half), optionsOf({ seeds: 1 }));
  const seed = diagnoseSeed(problem, 0);
  const toldOf = (share: number, low: number, high: number) => {
    const forecast = { ...seed.forecast, testAccuracy: share, interval: { testAccuracy: [low, high] as const } };
    return joinDiagnosis(problem, [{ ...seed, forecast }]);
  };
  const found = toldOf(0.85, 0.85, 0.95);
  const ends = { testAccuracyLow: expect.closeTo(0.8, 12), testAccuracyHigh: 0.95 };
  const shares = { ...ends, 'references.constant.testAccuracy': 0.75 };
  expect(found.bottomLine.evidence).toMatchObject(shares);
  expect(verdictOf(found, 'generalisation')!.evidence).toMatchObject(shares);
  expect(verdictOf(found, 'references')!.evidence).toMatchObject({ 'references.constant.testAccuracy': 0.75 });
  expect(toldOf(1, 1, 1).bottomLine.evidence).toMatchObject({ testAccuracyLow: 0.95, testAccuracyHigh: 1 });
});

test('a certified error above the variance of the labels limits, however far above it a training ends', () => {
  // Labels near the edge of the range that hardly differ.
  const labels = x.map((_, i) => (i % 5 === 0 ? 1.9 : 2));
  const problem = diagnosisProblem(small, dataOf(x, labels, half), optionsOf({ seeds: 1 }));
  const seed = diagnoseSeed(problem, 0);
  const codeWith = (trainMse: number) => {
    const trainR2 = 1 - trainMse / 0.0016;
    return joinDiagnosis(problem, [{ ...seed, forecast: { ...seed.forecast, trainMse, trainR2, testR2: trainR2 } }])
      .bottomLine;
  };
  const found = codeWith(5);
  expect(found.evidence.certifiedShare).toBeGreaterThan(1);
  expect(found.evidence.certified).toBeLessThan(1);
  expect(found.code).toBe('range');
});

test('a rate with momentum is that of the optimiser', () => {
  const found = diagnosisOf(small, sine(2), { optimizer: 'gd', rate: 0.1, momentum: 0.9, steps: 50 });
  expect(found.training).toMatchObject({ optimizerRate: expect.closeTo(0.1, 12), momentum: 0.9 });
  expect(verdictOf(found, 'steps')!.evidence).toMatchObject({
    'training.optimizerRate': expect.closeTo(0.1, 12),
    'training.momentum': 0.9,
  });
  // However fast the clock: velocity decays by β a step.
  const heavy = diagnosisOf(small, sine(2), { optimizer: 'gd', rate: 0.1, momentum: 0.999, steps: 50 });
  expect(heavy.summary['frozen.steps'].mean).toBeGreaterThan(4000);
  expect(diagnosisOf(small, sine(2), { optimizer: 'adam', steps: 50 }).training.optimizerRate).toBe(0.01);
});
