import { describe, expect, test } from 'vitest';
import { isAdvised } from '../../src/diagnose/advice.ts';
import { diagnose, joinDiagnosis } from '../../src/diagnose/diagnose.ts';
import type { Changes, Tried, TriedChange } from '../../src/diagnose/diagnosis.ts';
import { diagnosisProblem } from '../../src/diagnose/problem.ts';
import { diagnoseSeed } from '../../src/diagnose/seed.ts';
import type { Dataset } from '../../src/model/dataset.ts';
import { diagnosisOf, optionsOf } from '../helpers/diagnoses.ts';
import { dataOf, type ModelWish, modelOf, range, variantsOf } from '../helpers/problems.ts';

const x = range(24).map((i) => -1.5 + (3 * i) / 23);
const half = range(24).filter((i) => i % 2 === 0);
const of = (y: (value: number) => number, train = half): Dataset => dataOf(x, x.map(y), train);
const small: ModelWish = { qubits: 3, layers: 4, scale: 1.5 };
const codeOf = (model: ModelWish, data: Dataset, options: Parameters<typeof diagnosisOf>[2] = {}) =>
  diagnosisOf(modelOf(model), data, options).bottomLine.code;
/** Forty points to train on. */
const line = range(80).map((i) => -1.5 + (3 * i) / 79);
const many = dataOf(
  line,
  line.map((value) => 0.8 * Math.sin(2 * value)),
  range(80).filter((i) => i % 2 === 0),
);

/** Three points of four. */
const most = range(24).filter((i) => i % 4 !== 3);

/** A change that brings R² from 0.3 to another, and what was tried. */
const to = (changed: number): TriedChange => ({
  planned: 0.3,
  changed,
  within: 0.03,
  right: null,
  points: 12,
  parts: 4,
  of: 4,
  initialisations: 2,
});
const triedOf = (changes: Changes): Tried => ({ changes, tooLong: [] });

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

  describe('decided by what changes are forecast to bring', () => {
    const toldOf = (wish: ModelWish, data: Dataset, options: Parameters<typeof diagnosisOf>[2]) =>
      diagnose(modelOf(wish), data, optionsOf(options), variantsOf(wish)).bottomLine;
    const oneLayer = { ...small, layers: 1, frequency: 'linear' } as const;

    test('more steps where these bring more than layers', () => {
      const { code, evidence } = toldOf(small, many, { optimizer: 'gd', rate: 0.05, steps: 60 });
      expect(code).toBe('steps');
      expect(evidence.longer!.changed).toBeGreaterThan(evidence.longer!.planned);
      expect(evidence.longer!.changed).toBeGreaterThan(evidence.deeper!.changed);
    });

    test('more layers where steps bring nothing, also of an optimiser whose steps are not forecast', () => {
      const data = of((value) => 0.8 * Math.sin(5 * value), most);
      const adam = toldOf(oneLayer, data, { optimizer: 'adam', rate: 0.05, steps: 300 });
      expect(adam.code).toBe('ansatz');
      expect(adam.evidence.deeper!.changed).toBeGreaterThan(adam.evidence.deeper!.planned + 0.3);
      const lbfgs = toldOf(
        oneLayer,
        of((value) => 0.8 * Math.sin(5 * value), range(24)),
        { basis: 'forecast' },
      );
      expect(lbfgs).toMatchObject({ code: 'ansatz', evidence: { longer: null } });
    });

    test('that which adds most of those that help; open where none does', () => {
      const problem = diagnosisProblem(
        modelOf(oneLayer),
        of((value) => 0.8 * Math.sin(5 * value)),
        optionsOf({ optimizer: 'adam', rate: 0.05 }),
      );
      const seeds = [0, 1].map((index) => diagnoseSeed(problem, index));
      const codeWith = (changes: Changes) => joinDiagnosis(problem, seeds, undefined, triedOf(changes)).bottomLine.code;
      expect(codeWith({ longer: to(0.31), deeper: to(0.2) })).toBe('open');
      expect(codeWith({ longer: to(0.5), deeper: to(0.6) })).toBe('ansatz');
      expect(codeWith({ longer: to(0.6), deeper: to(0.5) })).toBe('steps');
      expect(codeWith({ longer: to(0.5), deeper: to(0.6), readout: to(0.7) })).toBe('readout');
      expect(codeWith({ longer: to(0.5), readout: { ...to(0.7), within: 0.5 } })).toBe('steps');
      // What was tried where the training points alone say that freedom is too much, against what the test points say.
      expect(codeWith({ simpler: to(0.6) })).toBe('freedom');
      // What would take long may help.
      const tooLong = [{ change: 'deeper', seconds: 3 }] as const;
      expect(joinDiagnosis(problem, seeds, undefined, { changes: {}, tooLong }).bottomLine.code).toBe('open');
      // Where nothing was tried, how the loss falls at the end says it.
      expect(['steps', 'ansatz', 'open']).toContain(codeWith({}));
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
      expect(bottomLine).toMatchObject({ code: 'none', evidence: { longer: null, deeper: null, tooLong: [] } });
    });
  });

  describe('far better on training points than on new ones', () => {
    const noise = of((value) => 0.9 * Math.sin(1e4 * value));
    const rich: ModelWish = { qubits: 4, layers: 8, frequency: 'high', scale: 1.5 };
    const problem = diagnosisProblem(modelOf(rich), noise, optionsOf());
    const seeds = [0, 1].map((index) => diagnoseSeed(problem, index));
    const codeWith = (changes: Changes) => joinDiagnosis(problem, seeds, undefined, triedOf(changes)).bottomLine.code;

    test('the points, where nothing was tried; open where that would take long', () => {
      expect(codeWith({})).toBe('points');
      const tooLong = [{ change: 'simpler', seconds: 3 }] as const;
      expect(joinDiagnosis(problem, seeds, undefined, { changes: {}, tooLong }).bottomLine.code).toBe('open');
    });

    test('freedom, where less of it is better on points that are kept out; else the points, where half of them are worse', () => {
      expect(codeWith({ simpler: to(0.5), fewer: to(0) })).toBe('freedom');
      expect(codeWith({ simpler: to(0.34), fewer: to(0.1) })).toBe('points');
      expect(codeWith({ fewer: to(0.1) })).toBe('points');
      expect(codeWith({ simpler: to(0.2), fewer: to(0.26) })).toBe('open');
    });

    test('freedom: a sine behind frequencies that are too high for a few points', () => {
      const sine = of(
        (value) => 0.8 * Math.sin(value),
        range(24).filter((i) => i % 3 === 0),
      );
      const { code, evidence } = diagnose(modelOf(rich), sine, optionsOf({ steps: 100 }), variantsOf(rich)).bottomLine;
      expect(code).toBe('freedom');
      const { planned, changed, by, points, parts, of: all } = evidence.simpler!;
      expect([by, changed - planned > 0.3, changed > 0.9]).toEqual(['encoding', true, true]);
      expect([points, parts, all]).toEqual([8, 4, 4]);
      // That decides: half of the points are not tried.
      expect(evidence.fewer).toBeNull();
    });
  });

  test('of a certified limit, what another encoding or scale would bring is tried', () => {
    const toldOf = (wish: ModelWish, data: Dataset) =>
      diagnose(modelOf(wish), data, optionsOf({ steps: 100 }), variantsOf(wish)).bottomLine;
    const low = toldOf(
      { ...small, layers: 8 },
      of((value) => 0.8 * Math.sin(9 * value)),
    );
    expect(low.code).toBe('encoding');
    // Twelve points do not tell, so that it is not advised; less freedom is no question where little is fitted.
    expect(isAdvised(low.evidence.richer!)).toBe(false);
    expect(low.evidence.simpler).toBeNull();
    const narrow = toldOf(
      { ...small, scale: 1 },
      of((value) => 3 * Math.sin(value)),
    );
    expect(narrow.code).toBe('range');
    const { scale, changed } = narrow.evidence.rescaled!;
    // 1.5 times the largest label of the data.
    expect(scale).toBeCloseTo(4.5 * Math.sin(1.5), 9);
    expect(changed).toBeGreaterThan(0.9);
    expect(narrow.evidence.certifiedShare).toBeGreaterThan(0.3);
  });
});
