import { describe, expect, test } from 'vitest';
import { cheaperBasis } from '../../src/cost/commands.ts';
import { selectionSplits } from '../../src/data/folds.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import { diagnosisProblem } from '../../src/diagnose/problem.ts';
import { initialTheta } from '../../src/model/initial.ts';
import type { Model } from '../../src/model/model.ts';
import { r2 } from '../../src/model/scores.ts';
import { train } from '../../src/train/train.ts';
import { diagnosisOf, flawsOf, optionsOf, verdictOf } from '../helpers/diagnoses.ts';
import { dataOf, generatedData, modelOf, range, variantsOf } from '../helpers/problems.ts';

const model = modelOf({ qubits: 3, layers: 4, scale: 1.5 });
const data = generatedData({ source: 'sinusoid', points: 24, noise: 0.02 });
const x = range(24).map((i) => -1.5 + (3 * i) / 23);
const half = range(24).filter((i) => i % 2 === 0);

/** The model, and how many Jacobians its simulator has computed. */
function counted(of: Model): { model: Model; done: { jacobians: number } } {
  const done = { jacobians: 0 };
  const { simulator } = of;
  const jacobian: typeof simulator.jacobian = (batch) => {
    done.jacobians++;
    return simulator.jacobian(batch);
  };
  return { done, model: { ...of, simulator: { ...simulator, jacobian } } };
}

describe('what is said of a training rests on', () => {
  const sizes = { qubits: 4, gates: 100, outputs: 1, parameters: 64 };
  const work = { train: 25, test: 25, steps: 300, verify: false };

  test('the training where it is short, a forecast where it is long', () => {
    expect(cheaperBasis(sizes, work)).toBe('measured');
    expect(cheaperBasis(sizes, { ...work, steps: 1000 })).toBe('measured');
    const large = { qubits: 8, gates: 488, outputs: 1, parameters: 320 };
    expect(cheaperBasis(large, { ...work, train: 100 })).toBe('forecast');
    // Of many points a forecast needs few rows where these have few features: nothing long is trained.
    const many = { ...work, train: 70_000, test: 30_000, steps: 500 };
    expect(cheaperBasis({ qubits: 2, gates: 10_000, outputs: 1, parameters: 4000 }, many)).toBe('forecast');
    // Minibatches are parts of the points.
    expect(cheaperBasis(large, { ...work, train: 5000, test: 0 })).toBe('forecast');
    expect(cheaperBasis({ ...sizes, qubits: 3 }, { ...work, train: 5000, test: 0, batch: 8 })).toBe('measured');
  });

  test('a forecast where one is asked for', () => {
    expect(cheaperBasis(sizes, { ...work, jacobians: 12 })).toBe('forecast');
    expect(cheaperBasis(sizes, { ...work, tolerance: 0.1 })).toBe('forecast');
    const basisOf = (options: object) => diagnosisProblem(model, data, optionsOf(options)).basis;
    expect(basisOf({})).toBe('measured');
    expect(basisOf({ basis: 'forecast' })).toBe('forecast');
    // The flow is followed, which is its training.
    expect(basisOf({ optimizer: 'flow' })).toBe('forecast');
  });
});

describe('a diagnosis by training', () => {
  const found = diagnosisOf(model, data);

  test.each([
    ['lbfgs', {}],
    ['adam', { rate: 0.05 }],
    ['adam', { rate: 0.05, batch: 4 }],
    ['gd', {}],
    ['gd', { momentum: 0.5 }],
  ] as const)('%s, %o: every initialisation is the training of its SPEC', (optimizer, more) => {
    const { seeds, training, summary } = diagnosisOf(model, data, { optimizer, steps: 60, ...more });
    for (const { seed, forecast, curves } of seeds) {
      const momentum = 'momentum' in more ? more.momentum : 0;
      const { trajectory, evaluations } = train(model, data, {
        optimizer,
        steps: 60,
        loss: 'mean',
        theta0: initialTheta(model, 7, seed),
        ...('rate' in more && { rate: more.rate }),
        ...(optimizer === 'gd' && { rate: training.rate * (1 - momentum), momentum }),
        ...('batch' in more && { batch: { size: more.batch, seed: 7, index: seed } }),
      });
      expect(forecast.basis).toBe('measured');
      expect(forecast.trainMse).toBe(2 * trajectory.trainLoss.at(-1)!);
      expect(forecast.test).toEqual([...trajectory.test.slice(-data.test.length)]);
      expect(forecast.interval).toBeUndefined();
      expect(forecast.jacobians).toBe('batch' in more ? Math.ceil((4 / 12) * evaluations) : evaluations);
      expect(curves.path).toBeUndefined();
      expect(curves.trained!.trainLoss).toEqual([...trajectory.trainLoss]);
      expect(curves.trained!.steps.at(-1)).toBeLessThanOrEqual(60 + 1e-9);
      const after = curves.trained!.steps.findIndex((step) => step >= forecast.steps!);
      const { trainLoss } = curves.trained!;
      expect(trainLoss[after]).toBeLessThanOrEqual((0.01 * trainLoss[0] + 0.99 * trainLoss.at(-1)!) * (1 + 1e-12));
    }
    expect(summary['forecast.testR2'].mean).not.toBeNull();
  });

  test('rests on measurements, and says so', () => {
    expect(flawsOf(found)).toEqual([]);
    for (const code of ['fit', 'generalisation', 'references'] as const)
      expect(verdictOf(found, code)!.basis).toBe('measured');
    expect(verdictOf(found, 'fit')!.evidence).toMatchObject({ trainMseLow: null, trainMseHigh: null });
    expect(verdictOf(found, 'references')!.evidence.comparison).not.toBe('open');
    expect(found.bottomLine).toMatchObject({ basis: 'measured', evidence: { testR2Low: null, testR2High: null } });
    expect(found.bottomLine.evidence.testR2Std).toBe(found.summary['forecast.testR2'].std);
  });

  test('trains once where it is verified as well, and does not judge what it measured by itself', () => {
    const { model: watched, done } = counted(model);
    const jacobiansOf = (verify: boolean) => {
      const problem = optionsOf({ verify });
      done.jacobians = 0;
      return { diagnosis: diagnose(watched, data, problem), jacobians: done.jacobians };
    };
    const [plain, verified] = [false, true].map(jacobiansOf);
    expect(verified.jacobians).toBe(plain.jacobians);
    for (const { forecast, verified: trained } of verified.diagnosis.seeds) {
      expect(trained).toMatchObject({ trainMse: forecast.trainMse, testR2: forecast.testR2, test: forecast.test });
    }
    expect(verdictOf(verified.diagnosis, 'verified')!.evidence).toMatchObject({
      sameRun: true,
      'forecast.testR2': null,
    });
    const judged = verified.diagnosis.judgements!.map(({ sentence }) => sentence);
    expect(judged).toContain('range');
    for (const sentence of ['fit', 'generalisation', 'references', 'bottomLine'])
      expect(judged).not.toContain(sentence);
    // What a training would contradict, but for its being the same one.
    const easy = dataOf(
      x,
      x.map((value) => 0.8 * Math.sin(value)),
      half,
    );
    const fitted = diagnosisOf(model, easy, { verify: true });
    expect(fitted.bottomLine.code).toBe('none');
    expect(fitted.judgements!.map(({ sentence }) => sentence)).not.toContain('bottomLine');
  });

  test('changes are trained where it was', () => {
    const wish = { qubits: 3, layers: 1, frequency: 'linear', scale: 1.5 } as const;
    const wave = dataOf(
      x,
      x.map((value) => 0.8 * Math.sin(5 * value)),
      half,
    );
    const { basis, evidence } = diagnose(
      modelOf(wish),
      wave,
      optionsOf({ seeds: 3, steps: 100 }),
      variantsOf(wish),
    ).bottomLine;
    expect(basis).toBe('measured');
    const parts = selectionSplits(wave, { folds: 4 }, 7);
    const scoreOf = (of: Model, steps: number, count: number) => {
      const judging = parts.slice(0, count);
      const labels = judging.flatMap(({ test }) => Array.from(test, (row) => wave.y[row]));
      const outputs = judging.flatMap((part, k) => {
        const theta0 = initialTheta(of, 7, k % 3);
        const { trajectory } = train(of, part, { optimizer: 'lbfgs', loss: 'mean', steps, theta0 });
        return [...trajectory.test.slice(-part.test.length)];
      });
      return r2(Float64Array.from(labels), Float64Array.from(outputs), 1).value!;
    };
    const { deeper } = evidence;
    expect(deeper!.planned).toBeCloseTo(scoreOf(modelOf(wish), 100, deeper!.parts), 9);
    expect(deeper!.changed).toBeCloseTo(scoreOf(modelOf({ ...wish, layers: 2 }), 100, deeper!.parts), 9);
  });
});
