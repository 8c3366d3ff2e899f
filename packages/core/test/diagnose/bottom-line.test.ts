import { describe, expect, test } from 'vitest';
import { changesToTry, forecastingScores } from '../../src/diagnose/changes.ts';
import { diagnose, joinDiagnosis } from '../../src/diagnose/diagnose.ts';
import type { Changes } from '../../src/diagnose/diagnosis.ts';
import { diagnosisProblem } from '../../src/diagnose/problem.ts';
import { diagnoseSeed } from '../../src/diagnose/seed.ts';
import type { Dataset } from '../../src/model/dataset.ts';
import { runSync } from '../../src/progress.ts';
import { diagnosisOf, optionsOf } from '../helpers/diagnoses.ts';
import { dataOf, type ModelWish, modelOf, range, variantsOf } from '../helpers/problems.ts';

const x = range(24).map((i) => -1.5 + (3 * i) / 23);
const half = range(24).filter((i) => i % 2 === 0);
const of = (y: (value: number) => number, train = half): Dataset => dataOf(x, x.map(y), train);
const small: ModelWish = { qubits: 3, layers: 4, scale: 1.5 };
const codeOf = (model: ModelWish, data: Dataset, options: Parameters<typeof diagnosisOf>[2] = {}) =>
  diagnosisOf(modelOf(model), data, options).bottomLine.code;

describe('what limits', () => {
  test('nothing, where a small network fits an easy function', () => {
    const { bottomLine } = diagnosisOf(
      modelOf(small),
      of((value) => 0.8 * Math.sin(value)),
    );
    expect(bottomLine.code).toBe('none');
    expect(bottomLine.evidence['forecast.testR2']).toBeGreaterThan(0.9);
    expect(bottomLine.evidence.trainR2).toBeGreaterThan(0.95);
  });

  test('the encoding, where its frequencies are too low for any circuit', () =>
    expect(
      codeOf(
        { ...small, layers: 8 },
        of((value) => 0.8 * Math.sin(9 * value)),
      ),
    ).toBe('encoding'));

  test('the range of the readout, where labels are out of it', () =>
    expect(
      codeOf(
        { ...small, scale: 1 },
        of((value) => 3 * Math.sin(value)),
      ),
    ).toBe('range'));

  test('the labels, where one input has several', () => {
    const twice = dataOf([...x, ...x], [...x.map(() => 0.9), ...x.map(() => -0.9)], range(24));
    const both = { ...twice, train: Int32Array.from([...range(6), ...range(6).map((i) => 24 + i)]) };
    const { bottomLine, limit } = diagnosisOf(modelOf({ ...small, frequency: 'high' }), both);
    // Every readout gives both labels of an input one output: the mean, 0, is the best.
    expect(limit.mse).toBeCloseTo(0.81, 9);
    expect(limit.noise).toBeCloseTo(0.81, 12);
    expect(bottomLine.code).toBe('labels');
  });

  test('the steps, where they are few', () =>
    expect(
      codeOf(
        small,
        of((value) => 0.8 * Math.sin(2 * value)),
        { optimizer: 'adam', rate: 0.01, steps: 30 },
      ),
    ).toBe('steps'));

  test('the ansatz, where one layer is not enough for what the encoding allows', () =>
    expect(
      codeOf(
        { ...small, layers: 1, frequency: 'linear' },
        of((value) => 0.8 * Math.sin(5 * value)),
      ),
    ).toBe('ansatz'));

  test.each(['forecast', 'measured'] as const)('a changed training error needs no test points: %s', (basis) => {
    const problem = diagnosisProblem(modelOf(small), of(Math.cos), optionsOf({ basis }));
    const { trainMse, testR2 } = diagnoseSeed(problem, 1).forecast;
    expect(runSync(forecastingScores(problem, 1))).toEqual({ trainMse, testR2 });
    const trained = { ...problem.dataset, test: new Int32Array(0) };
    const without = diagnosisProblem(problem.model, trained, problem.options, problem.rate);
    expect(runSync(forecastingScores(without, 1))).toEqual({ trainMse, testR2: null });
  });

  test('test points are left out where they say nothing, and half of the points is asked for last', () => {
    const plansOf = (wish: ModelWish, data: Dataset) => {
      const options = optionsOf();
      const told = diagnosisOf(modelOf(wish), data, options);
      const plans = changesToTry(told, diagnosisProblem(modelOf(wish), data, options), variantsOf(wish).spec);
      return plans.map(({ change, dataset }) => [
        change,
        (dataset ?? data).train.length,
        (dataset ?? data).test.length,
      ]);
    };
    const wave = of((value) => 0.8 * Math.sin(5 * value));
    expect(plansOf({ ...small, layers: 1, frequency: 'linear' }, wave)).toEqual([
      ['longer', 12, 0],
      ['deeper', 12, 0],
      ['readout', 12, 12],
    ]);
    const noise = of((value) => 0.9 * Math.sin(1e4 * value));
    expect(plansOf({ qubits: 4, layers: 8, frequency: 'high', scale: 1.5 }, noise)).toEqual([
      ['simpler', 12, 12],
      ['fewer', 6, 12],
    ]);
  });

  describe('decided by what changes are forecast to bring', () => {
    const toldOf = (wish: ModelWish, data: Dataset, options: Parameters<typeof diagnosisOf>[2]) =>
      diagnose(modelOf(wish), data, optionsOf(options), variantsOf(wish)).bottomLine;
    const oneLayer = { ...small, layers: 1, frequency: 'linear' } as const;

    test('more steps where these bring more than layers', () => {
      const { code, evidence } = toldOf(
        small,
        of((value) => 0.8 * Math.sin(2 * value)),
        { optimizer: 'gd', rate: 0.02, steps: 60 },
      );
      expect(code).toBe('steps');
      expect(evidence.longer).toBeLessThan(0.9);
      expect(evidence.longer).toBeLessThan(evidence.deeper!);
    });

    test('more layers where steps bring nothing, also of an optimiser whose steps are not forecast', () => {
      const data = of((value) => 0.8 * Math.sin(5 * value));
      const adam = toldOf(oneLayer, data, { optimizer: 'adam', rate: 0.05, steps: 300 });
      expect(adam.code).toBe('ansatz');
      expect(adam.evidence.deeper).toBeLessThan(0.9);
      expect(adam.evidence.deeper).toBeLessThan(adam.evidence.longer!);
      const lbfgs = toldOf(oneLayer, data, { basis: 'forecast' });
      expect(lbfgs).toMatchObject({ code: 'ansatz', evidence: { longer: null } });
    });

    test('left open where neither brings a tenth', () => {
      const problem = diagnosisProblem(
        modelOf(oneLayer),
        of((value) => 0.8 * Math.sin(5 * value)),
        optionsOf({ optimizer: 'adam', rate: 0.05 }),
      );
      const seeds = [0, 1].map((index) => diagnoseSeed(problem, index));
      const codeWith = (changes: Changes) => joinDiagnosis(problem, seeds, undefined, changes).bottomLine.code;
      expect(codeWith({ longer: 0.91, deeper: 0.95 })).toBe('open');
      expect(codeWith({ longer: 0.6, deeper: 0.5 })).toBe('ansatz');
      expect(codeWith({ longer: 0.5, deeper: 0.6 })).toBe('steps');
      const readout = { left: 0.4, planned: 0.3, changed: 0.5 };
      expect(codeWith({ longer: 0.5, deeper: 0.6, readout })).toBe('readout');
      expect(codeWith({ longer: 0.5, deeper: 0.6, readout: { ...readout, left: 0.7 } })).toBe('steps');
      expect(codeWith({ longer: 0.95, deeper: 0.95, readout: { ...readout, changed: 0.3 } })).toBe('open');
      // A circuit from a file has no layers to double.
      expect(codeWith({ longer: 0.5 })).toBe('steps');
      expect(codeWith({ longer: 0.95 })).toBe(codeWith({}));
    });

    test('nothing is tried where it decides nothing', () => {
      const never = () => {
        throw new Error('built');
      };
      const { bottomLine } = diagnose(
        modelOf(small),
        of((value) => 0.8 * Math.sin(value)),
        optionsOf(),
        { ...variantsOf(small), build: never },
      );
      expect(bottomLine).toMatchObject({ code: 'none', evidence: { longer: null, deeper: null } });
    });
  });

  describe('far better on training points than on new ones', () => {
    const noise = of((value) => 0.9 * Math.sin(1e4 * value));
    const rich: ModelWish = { qubits: 4, layers: 8, frequency: 'high', scale: 1.5 };
    const problem = diagnosisProblem(modelOf(rich), noise, optionsOf());
    const seeds = [0, 1].map((index) => diagnoseSeed(problem, index));
    const codeWith = (changes: Changes) => joinDiagnosis(problem, seeds, undefined, changes).bottomLine.code;
    const to = (changed: number) => ({ planned: 0.3, changed });

    test('the points, where nothing was tried', () => expect(codeWith({})).toBe('points'));

    test('freedom, where less of it is better on new points; else the points, where half of them are worse', () => {
      const simpler = { ...to(0.45), by: 'encoding' } as const;
      expect(codeWith({ simpler, fewer: to(0) })).toBe('freedom');
      expect(codeWith({ simpler: { ...simpler, changed: 0.39 }, fewer: to(0.2) })).toBe('points');
      expect(codeWith({ fewer: to(0.24) })).toBe('points');
      expect(codeWith({ simpler: { ...simpler, changed: 0.2 }, fewer: to(0.26) })).toBe('open');
    });

    test('freedom: a sine behind frequencies that are too high for a few points', () => {
      const sine = of(
        (value) => 0.8 * Math.sin(value),
        range(24).filter((i) => i % 3 === 0),
      );
      const { code, evidence } = diagnose(modelOf(rich), sine, optionsOf(), variantsOf(rich)).bottomLine;
      expect(code).toBe('freedom');
      const { planned, changed, by } = evidence.simpler!;
      expect([by, changed - planned > 0.3, changed > 0.9]).toEqual(['encoding', true, true]);
      // That decides: half of the points are not tried.
      expect(evidence.fewer).toBeNull();
    });
  });

  test('of a certified limit, what another encoding or scale would bring is tried', () => {
    const toldOf = (wish: ModelWish, data: Dataset) =>
      diagnose(modelOf(wish), data, optionsOf(), variantsOf(wish)).bottomLine;
    const low = toldOf(
      { ...small, layers: 8 },
      of((value) => 0.8 * Math.sin(9 * value)),
    );
    expect(low.code).toBe('encoding');
    expect(low.evidence.richer!.planned).toBeCloseTo(low.evidence['forecast.testR2']!, 12);
    expect(low.evidence.richer!.changed).toBeGreaterThan(low.evidence.richer!.planned);
    const narrow = toldOf(
      { ...small, scale: 1 },
      of((value) => 3 * Math.sin(value)),
    );
    expect(narrow.code).toBe('range');
    const { scale, changed, certifiedShare } = narrow.evidence.rescaled!;
    // 1.5 times the largest label of the data.
    expect(scale).toBeCloseTo(4.5 * Math.sin(1.5), 9);
    expect(changed).toBeGreaterThan(0.9);
    expect(certifiedShare).toBeLessThan(1e-3);
    expect(narrow.evidence.certifiedShare).toBeGreaterThan(0.3);
  });
});
