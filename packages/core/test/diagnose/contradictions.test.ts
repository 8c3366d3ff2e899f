import { describe, expect, test } from 'vitest';
import { untried } from '../../src/diagnose/bottom-line.ts';
import { bottomLineContradictions, isContradicted, type TrainedFacts } from '../../src/diagnose/contradictions.ts';
import type { BottomLine } from '../../src/diagnose/diagnosis.ts';
import type { Verdict } from '../../src/diagnose/verdict.ts';
import { buildModel } from '../../src/model/build.ts';
import { type Dataset, takeRows } from '../../src/model/dataset.ts';
import { initialTheta } from '../../src/model/initial.ts';
import type { Model } from '../../src/model/model.ts';
import { modelSchema } from '../../src/model/schema.ts';
import { mse, r2 } from '../../src/model/scores.ts';
import { random } from '../../src/random/random.ts';
import { engines } from '../../src/simulate/engines.ts';
import { train } from '../../src/train/train.ts';
import { diagnosisOf } from '../helpers/diagnoses.ts';
import { dataOf, generatedData, range } from '../helpers/problems.ts';

const seed = 5;
const x = range(20).map((i) => -1.5 + (3 * i) / 19);
const even = range(20).filter((i) => i % 2 === 0);
const of = (y: (value: number, i: number) => number, inputs = x) => dataOf(inputs, inputs.map(y), even);
const draw = random(seed, 21);
const moons = generatedData({ source: 'moons', points: 20, train: 0.5, seed: 4 });

function modelFor(data: Dataset, spec: object): Model {
  const filled = { qubits: 3, encoding: {}, ansatz: { kind: 'hea', layers: 3 }, observable: 'Z0', ...spec };
  return buildModel(modelSchema.parse(filled), data.features.length, engines.wasm);
}

/** Small problems of many kinds: good, hopeless, noisy, out of range, at its edge, rich, poor and shallow. */
const problems: Record<string, [Dataset, object]> = {
  easy: [of((value) => 0.7 * Math.sin(value)), { scale: 1.5 }],
  shallow: [of((value) => 0.7 * Math.sin(5 * value)), { ansatz: { kind: 'hea', layers: 1 } }],
  'poor encoding': [of((value) => 0.7 * Math.sin(9 * value)), { scale: 1.5, ansatz: { kind: 'hea', layers: 6 } }],
  'out of range': [of((value) => 3 * Math.sin(value)), {}],
  'at the edge': [moons, {}],
  noise: [of(() => 0.6 * draw.normal()), { scale: 3, encoding: { frequency: 'high' } }],
  'contradicting labels': [
    of(
      (_, i) => (i % 4 < 2 ? 0.8 : -0.3),
      x.map((_, i) => Math.floor(i / 4)),
    ),
    { scale: 1.5 },
  ],
  'uploaded again': [of((value) => 0.6 * Math.cos(4 * value)), { encoding: { reupload: true }, scale: 1.5 }],
  'large labels': [of((value) => 200 + 50 * value), { readout: 'trainable', scale: 50 }],
  'without inputs': [of(Math.sin), { encoding: { gate: 'RZ' }, scale: 1.5 }],
};

const steps = 60;
const seeds = 2;

/** The same initialisations really trained. */
function factsOf(model: Model, data: Dataset, optimizer: string, rate?: number): TrainedFacts {
  const y = takeRows(data.y, data.outputs, data.train);
  const yTest = takeRows(data.y, data.outputs, data.test);
  const trained = range(seeds).map((index) => {
    const plan = { optimizer, steps, loss: 'mean', theta0: initialTheta(model, seed, index), rate } as const;
    const { trajectory } = train(model, data, { ...plan, record: [steps] });
    return {
      first: mse(y, trajectory.train.slice(0, y.length)).value ?? 0,
      f: trajectory.train.slice(-y.length),
      test: trajectory.test.slice(-yTest.length),
    };
  });
  const mean = y.reduce((sum, label) => sum + label, 0) / y.length;
  return {
    start: trained.map(({ first }) => first),
    runs: trained.map(({ f, test }) => ({ trainMse: mse(y, f).value ?? 0, testR2: r2(yTest, test, 1).value })),
    spans: trained.map(({ f }) => [Math.min(...f), Math.max(...f)] as const),
    labelVariance: y.reduce((sum, label) => sum + (label - mean) ** 2, 0) / y.length,
  };
}

describe('training beside what was said of it', () => {
  test.each(Object.entries(problems))('%s: it contradicts nothing that is certain', (_, [data, spec]) => {
    const model = modelFor(data, spec);
    for (const [optimizer, rate] of [['lbfgs'], ['adam', 0.1]] as const) {
      const { verdicts, bottomLine } = diagnosisOf(model, data, { seed, seeds, steps, optimizer, rate });
      const facts = factsOf(model, data, optimizer, rate);
      const certain = verdicts.filter(({ basis }) => basis === 'certain');
      expect(certain.filter((verdict) => isContradicted(verdict, facts))).toEqual([]);
      // What encoding, range and labels forbid is certain as well, whatever else limits.
      expect(facts.runs.every(({ trainMse }) => trainMse >= bottomLine.evidence.certified * (1 - 1e-9))).toBe(true);
    }
  });
});

describe('facts that contradict', () => {
  const runs = [
    { trainMse: 0.2, testR2: 0.5, testAccuracy: 0.7 },
    { trainMse: 0.4, testR2: 0.7, testAccuracy: 0.9 },
  ];
  const facts: TrainedFacts = { start: [1, 1], runs, spans: [[-1, 0.5]], labelVariance: 1 };
  const judged = (code: string, evidence: object, change: Partial<TrainedFacts> = {}) =>
    isContradicted({ code, evidence } as unknown as Verdict, { ...facts, ...change });

  test.each([
    ['limit', { certified: 0.19 }, { certified: 0.21 }],
    ['fit', { trainMseLow: 0.29, trainMseHigh: 0.31 }, { trainMseLow: 0.1, trainMseHigh: 0.29 }],
    ['fit', { 'forecast.trainR2': 0.6 }, { 'forecast.trainR2': 0.45 }],
    ['generalisation', { 'forecast.testR2': 0.5 }, { 'forecast.testR2': 0.1 }],
    ['generalisation', { testR2Low: 0.5, testR2High: 0.7 }, { testR2Low: 0.61, testR2High: 0.7 }],
    [
      'generalisation',
      { testR2Low: 0.5, testR2High: 0.7, testAccuracyLow: 0.8, testAccuracyHigh: 0.8 },
      { testR2Low: 0.5, testR2High: 0.7, testAccuracyLow: 0.81, testAccuracyHigh: 1 },
    ],
    ['references', { comparison: 'better', bestR2: 0.59 }, { comparison: 'better', bestR2: 0.61 }],
    ['references', { comparison: 'worse', bestR2: 0.61 }, { comparison: 'worse', bestR2: 0.59 }],
    ['range', { rangeLow: -1, rangeHigh: 1 }, { rangeLow: -0.9, rangeHigh: 1 }],
  ])('%s', (code, held, contradicted) => {
    expect(judged(code, held)).toBe(false);
    expect(judged(code, contradicted)).toBe(true);
  });

  test('a forecast that is not believed says nothing', () => {
    expect(judged('fit', { 'forecast.trainR2': -1e6 })).toBeUndefined();
    expect(judged('generalisation', { 'forecast.testR2': -1e6 })).toBeUndefined();
  });

  test('what has no effect changes nothing', () => {
    expect(judged('parameters-without-effect', {}, { start: [0.2, 0.4] })).toBe(false);
    expect(judged('parameters-without-effect', {})).toBe(true);
    expect(judged('inputs-without-effect', { all: true }, { spans: [[0.3, 0.3]] })).toBe(false);
    expect(judged('inputs-without-effect', { all: true })).toBe(true);
    expect(judged('inputs-without-effect', { all: false })).toBeUndefined();
    expect(judged('duplicates', { contradictory: 1 }, { runs: [{ trainMse: 0, testR2: 1 }] })).toBe(true);
    expect(judged('duplicates', { contradictory: 0 })).toBeUndefined();
  });

  const limits = (code: BottomLine['code'], change: Partial<TrainedFacts> = {}, certified = 0, told: object = {}) =>
    bottomLineContradictions(
      {
        code,
        basis: 'forecast',
        changesBasis: 'forecast',
        held: null,
        evidence: { ...untried, tooLong: [], certified, testR2Low: 0.5, testR2High: 0.65, ...told } as never,
      },
      {
        ...facts,
        ...change,
      },
    );

  test('what limits', () => {
    expect(limits('encoding', {}, 0.16)).toEqual({ limit: false, changes: undefined, expectation: false });
    expect(limits('encoding', {}, 0.1).limit).toBe(true);
    expect(limits('labels', {}, 0.25).limit).toBe(true);
    const lower = runs.map(({ testR2 }) => ({ trainMse: 0.1, testR2 }));
    expect(limits('steps', { longer: lower }).limit).toBe(false);
    expect(limits('steps', { longer: runs }).limit).toBe(true);
    expect(limits('ansatz', { deeper: lower }).limit).toBe(false);
    expect(limits('ansatz', { deeper: runs }).limit).toBe(true);
    expect(limits('ansatz').limit).toBeUndefined();
    // R² 0.7 on training points, 0.6 on the others.
    expect(limits('points').limit).toBe(true);
    expect(limits('points', { runs: lower }).limit).toBe(false);
    const apart = [runs[0], { ...runs[1], testR2: 0.9 }];
    expect(limits('initialisation', { runs: apart }).limit).toBe(false);
    expect(limits('initialisation').limit).toBe(true);
    expect(limits('initialisation', { runs: [runs[0], runs[0]] }).limit).toBe(true);
    expect(limits('none').limit).toBe(true);
    expect(limits('none', { runs: runs.map((run) => ({ ...run, testR2: 0.81 })) }).limit).toBe(false);
    const fitted = lower.map((run) => ({ ...run, trainR2: 0.4 }));
    expect([limits('rate').limit, limits('rate', { runs: fitted }).limit]).toEqual([true, false]);
    const scale = { scale: { trainR2: 0.1 } };
    expect([limits('scale', {}, 0, scale).limit, limits('scale', { runs: fitted }, 0, scale).limit]).toEqual([
      true,
      false,
    ]);
    expect(limits('scale', {}, 0, { scale: { trainR2: null } }).limit).toBeUndefined();
    // Far better than 0.3 is 0.5, and than 0.85 what leaves half of the error; by the outputs' coefficients where these are known.
    const at = (trainR2: number, testR2: number) =>
      limits('points', { runs: lower.map((run) => ({ ...run, trainR2, testR2 })) }).limit;
    expect([at(0.49, 0.3), at(0.51, 0.3)]).toEqual([true, false]);
    expect([at(0.92, 0.85), at(0.93, 0.85)]).toEqual([true, false]);
    expect(limits('no-effect').limit).toBe(true);
    expect(limits('open').limit).toBeUndefined();
  });

  test('what would help', () => {
    // R² 0.9 on training points, 0.6 on the others.
    const gap = runs.map(({ testR2 }) => ({ trainMse: 0.1, testR2 }));
    const at = (testR2: number) => [
      { trainMse: 0.1, testR2 },
      { trainMse: 0.1, testR2 },
    ];
    const to = (changed: number) => ({ planned: 0.6, changed, within: 0.02, right: null });
    const judge = (code: BottomLine['code'], told: object, change: Partial<TrainedFacts>) =>
      limits(code, { runs: gap, ...change }, 0.08, told).limit;
    expect(judge('points', { fewer: to(0.4) }, { fewer: at(0.59) })).toBe(false);
    expect(judge('points', { fewer: to(0.4) }, { fewer: at(0.61) })).toBe(true);
    expect(judge('points', { fewer: to(0.4) }, {})).toBe(false);
    const apart = { fewer: to(0.58), trainR2: 0.9, 'forecast.testR2': 0.6 };
    expect(judge('open', apart, {})).toBe(false);
    expect(judge('open', apart, { runs })).toBe(true);
    expect(judge('open', { ...apart, 'forecast.testR2': 0.75 }, { runs })).toBeUndefined();
    // Whatever limits: what is told of less freedom is judged where it was left open.
    const told = (changed: number, trained: number) =>
      limits('open', { runs: gap, simpler: at(trained) }, 0, { simpler: to(changed) }).changes;
    expect([told(0.5, 0.7), told(0.5, 0.9), told(0.64, 0.9)]).toEqual([false, true, undefined]);
    for (const [code, name] of [
      ['freedom', 'simpler'],
      ['encoding', 'richer'],
      ['range', 'rescaled'],
      ['readout', 'readout'],
      ['ansatz', 'deeper'],
      ['steps', 'longer'],
    ] as const) {
      expect(judge(code, { [name]: to(0.8) }, { [name]: at(0.61) })).toBe(false);
      expect(judge(code, { [name]: to(0.8) }, { [name]: at(0.59) })).toBe(true);
      expect(judge(code, { [name]: to(0.61) }, { [name]: at(0.79) })).toBe(false);
      expect(judge(code, { [name]: to(0.61) }, { [name]: at(0.81) })).toBe(true);
    }
    expect(limits('freedom', {}, 0, { simpler: to(0.8) }).limit).toBe(true);
    // What is left open claims nothing.
    expect(limits('readout', { readout: at(0.9) }, 0, { readout: { ...to(0.7), within: 0.2 } }).limit).toBeUndefined();
  });
});
