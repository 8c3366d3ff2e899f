import { describe, expect, test } from 'vitest';
import { diagnosing, joinDiagnosis } from '../../src/diagnose/diagnose.ts';
import type { Diagnosis } from '../../src/diagnose/diagnosis.ts';
import { diagnosisProblem } from '../../src/diagnose/problem.ts';
import { diagnoseSeed, diagnosingSeed } from '../../src/diagnose/seed.ts';
import { InputError } from '../../src/errors.ts';
import { initialTheta } from '../../src/model/initial.ts';
import { mse, r2 } from '../../src/model/scores.ts';
import { followFlow } from '../../src/predict/flow.ts';
import { flowSystem } from '../../src/predict/flow-system.ts';
import { runSync } from '../../src/progress.ts';
import { engines } from '../../src/simulate/engines.ts';
import { train } from '../../src/train/train.ts';
import { diagnosisOf, flawsOf, optionsOf, verdictOf } from '../helpers/diagnoses.ts';
import { dataOf, generatedData, modelOf, range, tfimData } from '../helpers/problems.ts';

const model = modelOf({ qubits: 4, layers: 4, scale: 1.5 });
const data = generatedData({ source: 'sinusoid', points: 12, noise: 0.05 });

describe('shape', () => {
  const cases: [string, Parameters<typeof diagnosisOf>[2]][] = [
    ['as it is by default', {}],
    ['with the adaptive integrator', { tolerance: 0.1 }],
    ['verified', { verify: true }],
    ['forecast and verified', { verify: true, basis: 'forecast' }],
    ['verified and adaptive', { verify: true, tolerance: 0.1 }],
    ['verified by gradient descent', { verify: true, optimizer: 'gd' }],
    ['with the sum loss and a rate', { loss: 'sum', rate: 0.05 }],
    ['with one step', { steps: 1 }],
  ];
  test.each(cases)('is plain data without holes, %s', (_, options) => {
    const diagnosis = diagnosisOf(model, data, options);
    expect(flawsOf(diagnosis)).toEqual([]);
    expect(JSON.parse(JSON.stringify(diagnosis))).toEqual(diagnosis);
  });

  test('several outputs: three classes of ±1', () => {
    const x = range(12).map((i) => -1.5 + (3 * i) / 11);
    const labels = x.flatMap((_, i) => range(3).map((c) => (Math.floor(i / 4) === c ? 1 : -1)));
    const three = modelOf({ qubits: 3, layers: 3, observable: ['Z0', 'Z1', 'Z2'], scale: 1.5 });
    const classes = dataOf(x, labels, [0, 2, 4, 6, 8, 10], 3);
    const diagnosis = diagnosisOf(three, classes, { verify: true });
    expect(flawsOf(diagnosis)).toEqual([]);
    expect(diagnosis.seeds[0].f0.length).toBe(18);
    expect(diagnosis.seeds[0].forecast.test.length).toBe(18);
    expect(diagnosis.summary['forecast.testAccuracy'].mean).not.toBeNull();
    // Sum loss: ½Σr² over all outputs; the mean squared error in words divides by points and outputs.
    const sum = diagnosisOf(three, classes, { loss: 'sum', rate: diagnosis.training.rate / 6 });
    const [a, b] = [diagnosis, sum].map((found) => verdictOf(found, 'fit')!.evidence['forecast.trainMse']);
    expect(a / b).toBeCloseTo(1, 6);
    expect(() => diagnosisOf(model, classes)).toThrow(InputError);
  });

  test.each([{}, { verify: true, tolerance: 0.1 }])(
    'its work tells how far it is, and ends with the same: %o',
    (options) => {
      const problem = diagnosisProblem(model, data, optionsOf(options));
      const shares: number[] = [];
      const found = runSync(diagnosingSeed(problem, 1), ({ done, total }) => shares.push(done / total));
      expect(found).toEqual(diagnoseSeed(problem, 1));
      // One event for the frozen kernel and one for each further Jacobian.
      expect(shares.length).toBeGreaterThan(3);
      expect(shares).toEqual([...shares].sort((a, b) => a - b));
      expect(shares[0]).toBeGreaterThan(0);
      expect(shares.at(-1)).toBeLessThanOrEqual(1);
    },
  );

  test('the reference engine finds the same', () => {
    const wish = { qubits: 3, layers: 2 } as const;
    const [a, b] = (['wasm', 'reference'] as const).map((name) =>
      diagnosisOf(modelOf({ ...wish, engine: engines[name] }), data, { steps: 50 }),
    );
    for (const name of Object.keys(a.summary)) {
      const [u, v] = [a.summary[name].mean, b.summary[name].mean];
      if (u === null || v === null) expect(u).toBe(v);
      else expect(Math.abs(u - v)).toBeLessThan(1e-7 * (1 + Math.abs(u)));
    }
  });
});

describe('what is computed', () => {
  const diagnosis = diagnosisOf(model, data, { seeds: 5, verify: true, basis: 'forecast' });

  test('mean and standard deviation (n − 1) are those of the initialisations', () => {
    const read: Record<string, (seed: Diagnosis['seeds'][number]) => number | null> = {
      rateLimit: (seed) => seed.rateLimit,
      'forecast.testMse': (seed) => seed.forecast.testMse,
      'frozen.residualMse': (seed) => seed.frozen.residualMse,
      'verified.trainMse': (seed) => seed.verified!.trainMse,
      'frozen.steps': (seed) => seed.frozen.steps,
    };
    for (const [name, get] of Object.entries(read)) {
      const values = diagnosis.seeds.map(get) as number[];
      const mean = values.reduce((sum, value) => sum + value, 0) / 5;
      const std = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 4);
      expect(diagnosis.summary[name].mean! / mean).toBeCloseTo(1, 12);
      expect(diagnosis.summary[name].std! / std).toBeCloseTo(1, 12);
    }
    expect(diagnosisOf(model, data, { seeds: 1 }).summary['forecast.testMse'].std).toBe(0);
  });

  test('the first three of ten initialisations are those of three', () => {
    const [three, ten] = [3, 10].map((seeds) => diagnosisOf(model, data, { seeds }));
    expect(ten.seeds.slice(0, 3)).toEqual(three.seeds);
    expect(ten.seeds[0].f0).not.toEqual(ten.seeds[1].f0);
    expect(diagnosisOf(model, data, { seeds: 3 })).toEqual(three);
    expect(diagnosisOf(model, data, { seeds: 3, seed: 8 }).seeds[0].f0).not.toEqual(three.seeds[0].f0);
  });

  test('nothing is trained unless asked for', () => {
    const plain = diagnosisOf(model, data);
    expect(plain.seeds.some((seed) => 'verified' in seed)).toBe(false);
    expect(Object.keys(plain.summary).some((name) => name.startsWith('verified'))).toBe(false);
    expect(verdictOf(plain, 'verified')).toBeUndefined();
    expect(diagnosis.seeds.every((seed) => seed.verified)).toBe(true);
    expect(verdictOf(diagnosis, 'verified')).toBeDefined();
    expect(plain.seeds[1]).toEqual({
      ...diagnosisOf(model, data, { verify: true }).seeds[1],
      verified: undefined,
      reasons: plain.seeds[1].reasons,
    });
  });

  test('verified is what train finds from the same start', () => {
    const theta0 = initialTheta(model, 7, 2);
    const run = train(model, data, { optimizer: 'lbfgs', loss: 'mean', steps: 300, theta0 });
    const { verified } = diagnosis.seeds[2];
    expect(verified!.trainMse).toBe(2 * run.trajectory.trainLoss.at(-1)!);
    expect(verified!.iterations).toBe(run.iterations);
    expect(verified!.parameterChange).toBe(run.parameterChange);
    const labels = Float64Array.from(diagnosis.data.testY);
    expect(verified!.testMse).toBe(mse(labels, Float64Array.from(verified!.test)).value);
    expect(verified!.testR2).toBe(r2(labels, Float64Array.from(verified!.test), 1).value);
  });

  test('steps to 99 % of the fall are read off the forecast, where steps are forecast', () => {
    const descent = { optimizer: 'gd', verify: true, steps: 200, rate: 0.1, basis: 'forecast' } as const;
    const target = ({ trainLoss }: { trainLoss: readonly number[] }) => 0.01 * trainLoss[0] + 0.99 * trainLoss.at(-1)!;
    for (const found of [descent, { ...descent, tolerance: 0.001 }].map((wish) => diagnosisOf(model, data, wish)))
      for (const { forecast, curves, verified } of found.seeds) {
        const along = curves.everyStep ?? curves.adaptive!;
        const after = along.steps.findIndex((step) => step >= forecast.steps!);
        expect(along.trainLoss[after - 1]).toBeGreaterThan(target(along));
        expect(along.trainLoss[after]).toBeLessThanOrEqual(target(along));
        if (!curves.adaptive) continue;
        // Gradient descent at a small rate is the flow.
        const real = verified!.curve;
        const trained = real.steps[real.trainLoss.findIndex((loss) => loss <= target(real))];
        expect(Math.abs(forecast.steps! - trained)).toBeLessThan(0.1 * trained + 2);
      }
    expect(diagnosis.seeds[0].forecast.steps).toBeNull();
    expect(diagnosis.summary['forecast.steps'].reason).toContain('step lengths');
    const batches = diagnosisOf(model, data, { optimizer: 'adam', rate: 0.02, batch: 3, basis: 'forecast' });
    expect(batches.summary['forecast.steps'].reason).toContain('minibatches');
  });

  test('the frozen forecast at the budget is the last record of its curve, its rate half the limit of the first start', () => {
    const { seeds, training } = diagnosis;
    expect(training.rate / seeds[0].rateLimit!).toBeCloseTo(0.5, 2);
    for (const { curves, forecast, frozen, kappa, spectrum } of seeds) {
      expect(curves.frozen.steps[0]).toBe(0);
      expect(curves.frozen.steps.at(-1)).toBeCloseTo(300, 9);
      expect(frozen.forecast.trainMse).toBe(2 * curves.frozen.trainLoss.at(-1)!);
      expect(frozen.forecast.testMse).toBe(curves.frozen.testMse.at(-1));
      expect(forecast.trainMse).toBeCloseTo(2 * curves.path!.trainLoss.at(-1)!, 14);
      expect(forecast.testMse).toBe(curves.path!.testMse.at(-1));
      expect(frozen.infinity.trainMse).toBeCloseTo(frozen.residualMse, 14);
      expect(kappa === null || kappa === spectrum[0] / spectrum[spectrum.length - 1]).toBe(true);
    }
  });

  test('with a tolerance the forecast is that of followFlow, and says how many Jacobians it took', () => {
    const { seeds, training } = diagnosisOf(model, data, { tolerance: 0.01 });
    const system = flowSystem(model, data, 'mean', initialTheta(model, 7, 1));
    const end = Float64Array.of(training.rate * 300);
    const { trainLoss } = followFlow(system, { times: end, tolerance: 1e-5 }).trajectory;
    expect(seeds[1].forecast.trainMse / (2 * trainLoss[0])).toBeCloseTo(1, 0.5);
    expect(seeds[1].forecast.jacobians).toBeGreaterThan(3);
    expect(seeds[1].forecast.trainMse).toBe(2 * seeds[1].curves.adaptive!.trainLoss.at(-1)!);
    expect(seeds[1].frozen).toEqual(diagnosis.seeds[1].frozen);
    expect(diagnosis.seeds[1].curves.adaptive).toBeUndefined();
  });

  test.each(['lbfgs', 'adam', 'gd'])(
    'without one it is the path of %s on a model, with as many Jacobians as wanted',
    (optimizer) => {
      const options = { seeds: 1, optimizer, steps: 100, jacobians: 9, verify: true } as const;
      const [{ forecast, verified, curves }] = diagnosisOf(model, data, options).seeds;
      expect(forecast.jacobians).toBeLessThanOrEqual(9);
      expect(forecast.jacobians).toBeGreaterThan(3);
      expect(curves.path!.steps[0]).toBe(0);
      // The error on test points within a factor of 2, on a model that it was not made for.
      expect(Math.abs(Math.log2(forecast.testMse! / verified!.testMse!))).toBeLessThan(1);
      if (forecast.interval?.testR2) {
        const [low, high] = forecast.interval.testR2;
        expect(low).toBeLessThan(forecast.testR2!);
        expect(high).toBeGreaterThanOrEqual(forecast.testR2!);
      }
    },
  );

  test('of the flow it is the flow', () => {
    const [{ forecast, curves }] = diagnosisOf(model, data, { seeds: 1, optimizer: 'flow', rate: 0.1 }).seeds;
    expect(curves.path).toBeUndefined();
    expect(forecast.trainMse).toBe(2 * curves.adaptive!.trainLoss.at(-1)!);
  });

  test('accuracy of labels of ±1 is the share of right signs', () => {
    const x = range(12).map((i) => -1.5 + (3 * i) / 11);
    const signs = dataOf(
      x,
      x.map((value) => (value > 0.2 ? 1 : -1)),
      [0, 2, 4, 6, 8, 10],
    );
    const { seeds, data: kept } = diagnosisOf(model, signs, { verify: true });
    for (const { forecast, verified } of seeds) {
      const right = (f: readonly number[]) => f.filter((value, i) => value >= 0 === kept.testY[i] > 0).length / 6;
      expect(forecast.testAccuracy).toBe(right(forecast.test));
      expect(verified!.testAccuracy).toBe(right(verified!.test));
    }
    expect(diagnosis.seeds[0].forecast.testAccuracy).toBeNull();
  });

  test('the kernel goes with γ²', () => {
    const [one, three] = [1, 3].map((scale) => diagnosisOf(modelOf({ qubits: 4, layers: 4, scale }), data).seeds[0]);
    one.spectrum.forEach((value, k) => {
      expect(three.spectrum[k]).toBeCloseTo(9 * value, 10);
    });
    expect(one.rateLimit! / three.rateLimit!).toBeCloseTo(9, 9);
    expect(one.f0[0] * 3).toBeCloseTo(three.f0[0], 12);
  });

  test('progress is told along every initialisation', () => {
    const told: [number, number][] = [];
    const work = diagnosing(model, data, optionsOf({ seeds: 3 }));
    const found = runSync(work, ({ done, total }) => told.push([done, total]));
    expect(found).toEqual(diagnosisOf(model, data, { seeds: 3 }));
    const done = told.map(([at]) => at);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
    expect(done.filter(Number.isInteger)).toEqual(expect.arrayContaining([1, 2, 3]));
    // One is stopped in its midst, too.
    expect(done.filter((at) => at > 0 && at < 1).length).toBeGreaterThan(2);
    expect(told.every(([, total]) => total === 3)).toBe(true);
  });
});

test('initialisations may be diagnosed anywhere: joined in their order they are the whole', () => {
  const problem = () => diagnosisProblem(model, data, optionsOf({ seeds: 3 }));
  const [second, third, first] = [1, 2, 0].map((index) => structuredClone(diagnoseSeed(problem(), index)));
  expect(joinDiagnosis(problem(), [first, second, third])).toEqual(diagnosisOf(model, data, { seeds: 3 }));
});

describe('verdicts', () => {
  test('have the numbers of the diagnosis under the same names, and say what they rest on', () => {
    const found = diagnosisOf(modelOf({ qubits: 6, layers: 5, scale: 1.5 }), tfimData(), {
      seeds: 3,
      verify: true,
      basis: 'forecast',
    });
    const named = found.verdicts.flatMap(({ evidence }) => Object.entries(evidence));
    const shared = named.filter(([name]) => name.includes('.') && Object.hasOwn(found.summary, name));
    expect(shared.length).toBeGreaterThan(7);
    for (const [name, value] of shared) expect(value).toBe(found.summary[name].mean);
    expect(verdictOf(found, 'rank')).toMatchObject({ basis: 'forecast', evidence: { rank: 6, rows: 10 } });
    expect(verdictOf(found, 'rank')!.evidence.reason).toMatch(/rank 6 of 10/);
    expect(verdictOf(found, 'verified')!.basis).toBe('measured');
    expect(found.verdicts.every(({ evidence }) => Object.keys(evidence).length > 0)).toBe(true);
  });

  test.each([
    { labels: [0.1, 1.4, 2, 0.3], scale: 1, reaching: 3 },
    { labels: [-2.5, -1.7, -1.3, 0], scale: 2, reaching: 3.75 },
  ])(
    'labels out of range, $labels at γ = $scale: a warning with the scale that brings them inside',
    ({ labels, scale, reaching }) => {
      const out = diagnosisOf(modelOf({ qubits: 3, layers: 3, scale }), dataOf([0.1, 0.5, 1, 1.4], labels));
      const verdict = verdictOf(out, 'range')!;
      expect(verdict).toMatchObject({ severity: 'warning', basis: 'certain' });
      expect(verdict.evidence.outside).toBe(labels.filter((label) => Math.abs(label) > scale).length);
      expect(verdict.evidence.scaleWithRoom).toBeCloseTo(reaching, 12);
      const better = modelOf({ qubits: 3, layers: 3, scale: reaching });
      const inside = verdictOf(diagnosisOf(better, dataOf([0.1, 0.5, 1, 1.4], labels)), 'range')!;
      expect([inside.severity, inside.evidence.regime, verdict.evidence.regime]).toEqual([
        'good',
        'exponential',
        'stagnant',
      ]);
      expect(1.5 * (verdict.evidence.scaleAbove as number)).toBeCloseTo(reaching, 12);
    },
  );

  test('counts training labels alone, as only these are fitted', () => {
    const data = dataOf([0.1, 0.5, 1, 1.4], [0.2, 1.5, -0.4, 0.1], [0, 2, 3]);
    const found = verdictOf(diagnosisOf(modelOf({ qubits: 3, layers: 3 }), data), 'range')!;
    expect(found).toMatchObject({
      severity: 'good',
      evidence: { labels: 3, outside: 0, high: 0.2, standardised: false },
    });
  });

  test('at the edge a note, with room good news', () => {
    const of = (top: number) =>
      verdictOf(diagnosisOf(modelOf({ qubits: 3, layers: 3 }), dataOf([0.1, 0.5, 1], [0, top, 0.2])), 'range')!;
    expect(of(0.98)).toMatchObject({ severity: 'note', evidence: { rangeShare: expect.closeTo(0.98, 12) } });
    expect(of(0.98).evidence.scaleWithRoom).toBeCloseTo(1.47, 12);
    expect(of(1).evidence.regime).toBe('sublinear');
    expect(of(0.9)).toMatchObject({ severity: 'good', evidence: { rangeShare: expect.closeTo(0.9, 12) } });
  });

  test.each([
    { labels: [0, 1, 0.3], severity: 'note' },
    { labels: [-0.2, 0.7, 0.3], severity: 'warning' },
  ])("a projector's range begins at 0, which no scale moves: labels $labels", ({ labels, severity }) => {
    const projector = modelOf({ qubits: 3, layers: 3, observable: '0.5*I0 + 0.5*Z0' });
    const found = diagnosisOf(projector, dataOf([0.1, 0.5, 1], labels));
    expect(flawsOf(found)).toEqual([]);
    expect(verdictOf(found, 'range')).toMatchObject({ severity, evidence: { scaleAbove: null, scaleWithRoom: null } });
  });
});

test('of many points 2000 are listed, spread evenly over each part; scores are over all', () => {
  const count = 4501;
  const x = Array.from({ length: count }, (_, i) => -1.5 + (3 * i) / count);
  const y = x.map((value) => 0.5 * Math.sin(3 * value));
  const train = x.flatMap((_, i) => (i % 2 === 0 ? [i] : []));
  const small = modelOf({ qubits: 1, layers: 1 });
  const found = diagnosisOf(small, dataOf(x, y, train), { seeds: 1, verify: true, steps: 5 });
  const { trainRows, testRows, trainX, testY } = found.data;
  expect([trainRows.length, testRows.length]).toEqual([2000, 2000]);
  expect([trainRows[0], trainRows.at(-1), testRows[0], testRows.at(-1)]).toEqual([0, 4500, 1, 4499]);
  expect(new Set(trainRows).size).toBe(2000);
  expect(trainX).toEqual(trainRows.map((row) => x[row]));
  expect(testY).toEqual(testRows.map((row) => y[row]));
  const [{ f0, forecast, verified }] = found.seeds;
  const theta0 = initialTheta(small, 7, 0);
  const all = flowSystem(small, dataOf(x, y), 'mean', theta0).outputs(theta0);
  for (const [k, row] of trainRows.entries()) expect(f0[k]).toBeCloseTo(all[row], 14);
  expect([forecast.test.length, verified!.test.length]).toEqual([2000, 2000]);
  expect(verdictOf(found, 'generalisation')!.evidence['data.test']).toBe(2250);
});
