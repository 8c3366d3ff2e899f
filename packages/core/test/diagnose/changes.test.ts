import { describe, expect, test } from 'vitest';
import { mayBeTold, outcomeOf } from '../../src/diagnose/advice.ts';
import { comparingChanges } from '../../src/diagnose/changes.ts';
import type { Attempt } from '../../src/diagnose/comparison.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Tried, TriedChange } from '../../src/diagnose/diagnosis.ts';
import { compared, type KeptOut, keepingOut } from '../../src/diagnose/kept-out.ts';
import { diagnosisProblem } from '../../src/diagnose/problem.ts';
import { buildModel } from '../../src/model/build.ts';
import type { Dataset } from '../../src/model/dataset.ts';
import { modelSchema } from '../../src/model/schema.ts';
import { r2 } from '../../src/model/scores.ts';
import { runSync } from '../../src/progress.ts';
import { engines } from '../../src/simulate/engines.ts';
import { diagnosisOf, optionsOf } from '../helpers/diagnoses.ts';
import { dataOf, type ModelWish, modelOf, randomNumbers, range, variantsOf } from '../helpers/problems.ts';

test('a change whose training leaves all numbers brings nothing, and the diagnosis stands', () => {
  const line = range(20).map((i) => -1.5 + (3 * i) / 19);
  const data = dataOf(line, line.map(Math.sin), range(10));
  const keptOutOf = (readout: string) => {
    const spec = { qubits: 2, encoding: {}, ansatz: { kind: 'hea', layers: 2 }, observable: 'Z0', scale: 30, readout };
    const model = buildModel(modelSchema.parse(spec), 1, engines.wasm);
    const plan = { optimizer: 'gd', rate: 10, steps: 100, basis: 'measured' } as const;
    return runSync(keepingOut(diagnosisProblem(model, data, optionsOf(plan)), 0));
  };
  expect(keptOutOf('fixed')).toMatchObject({ outputs: { length: 10 }, within: 0 });
  expect(keptOutOf('trainable')).toBeNull();
});

describe('two trainings compared on points that were kept out', () => {
  const y = [1, -1, 2, 0, 3, -2, 1, 4];
  const data = dataOf(range(12), [...range(4), ...y], range(4));
  const parts: Dataset[] = [
    { ...data, test: Int32Array.from([4, 5, 6, 7]) },
    { ...data, test: Int32Array.from([8, 9, 10, 11]) },
  ];
  const runsOf = (f: readonly number[], within: number | null = 0): KeptOut[] => [
    { outputs: f.slice(0, 4), within },
    { outputs: f.slice(4), within },
  ];
  const planned = [0, 0, 1, 0, 1, 0, 0, 2];
  const changed = [0.5, -1, 1.5, 0.5, 2, -1, 1, 3];
  const found = compared(parts, runsOf(planned), runsOf(changed))!;

  test('R² is that of all parts together', () => {
    const labels = Float64Array.from(y);
    expect(found.planned).toBeCloseTo(r2(labels, Float64Array.from(planned), 1).value!, 12);
    expect(found.changed).toBeCloseTo(r2(labels, Float64Array.from(changed), 1).value!, 12);
    expect(found).toMatchObject({ points: 8, parts: 2, right: null });
  });

  test('the gain is known within its standard errors over points and parts, and the intervals of both forecasts', () => {
    // Differences of squared errors of the points, by hand.
    const gains = [0.75, 1, 0.75, -0.25, 3, 3, 1, 3];
    const errorOf = (values: readonly number[]) => {
      const mean = values.reduce((a, b) => a + b) / values.length;
      return Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / (values.length - 1) / values.length);
    };
    const variance = y.reduce((a, b) => a + (b - 1) ** 2, 0) / 8;
    const error = Math.hypot(errorOf(gains), errorOf([0.5625, 2.5])) / variance;
    expect(found.within).toBeCloseTo(1.645 * error, 12);
    const forecast = compared(parts, runsOf(planned, 0.3), runsOf(changed, 0.4))!;
    expect(forecast.within).toBeCloseTo(Math.hypot(1.645 * error, 0.5 / variance), 12);
  });

  test('nothing is known where an interval is not, or the labels are all the same', () => {
    expect(compared(parts, runsOf(planned, null), runsOf(changed))).toBeNull();
    const flat = parts.map((part) => ({ ...part, y: part.y.map(() => 1) }));
    expect(compared(flat, runsOf(planned), runsOf(changed))).toBeNull();
  });

  test('classes are counted', () => {
    const classes = parts.map((part) => ({ ...part, y: part.y.map((label) => (label > 0.5 ? 1 : -1)) }));
    expect(compared(classes, runsOf(planned), runsOf(changed))!.right).toEqual({ planned: 5 / 8, changed: 7 / 8 });
  });
});

describe('a change helps', () => {
  const tried: TriedChange = {
    planned: 0.3,
    changed: 0.5,
    within: 0.1,
    right: null,
    points: 20,
    parts: 4,
    of: 4,
    initialisations: 2,
  };
  test.each([
    ['helps', {}],
    ['open', { within: 0.25 }],
    ['open', { changed: 0.34, within: 0.02 }],
    ['not', { changed: 0.32, within: 0.02 }],
    ['not', { changed: 0.1 }],
    ['open', { changed: 0.1, within: 0.3 }],
    ['open', { changed: -0.1, planned: -3 }],
    ['open', { right: { planned: 0.9, changed: 0.8 } }],
    ['helps', { right: { planned: 0.8, changed: 0.8 } }],
    ['helps', { parts: 1, within: 0.19 }],
    ['helps', { parts: 2, within: 0.14 }],
    ['open', { parts: 2, within: 0.15 }],
  ] as const)('%s: %o', (outcome, change) => expect(outcomeOf({ ...tried, ...change })).toBe(outcome));

  test.each([
    [true, 'deeper', {}],
    [true, 'deeper', { changed: 0.4, within: 0.4 }],
    [false, 'deeper', { changed: 0.36, within: 0.4 }],
    [false, 'deeper', { changed: 0.32, within: 0.04 }],
    [false, 'deeper', { planned: -0.6, changed: -0.1 }],
    [false, 'fewer', {}],
    [true, 'fewer', { changed: 0.2 }],
  ] as const)('%s, two more parts may tell: %s, %o', (told, change, found) =>
    expect(mayBeTold(change, { ...tried, parts: 2, within: 0.2, ...found })).toBe(told),
  );
});

const rich: ModelWish = { qubits: 4, layers: 8, frequency: 'high', scale: 1.5 };
const x = range(24).map((i) => -1.5 + (3 * i) / 23);
const third = range(24).filter((i) => i % 3 === 0);
const sine = dataOf(
  x,
  x.map((value) => 0.8 * Math.sin(value)),
  third,
);

test('test points have no part in what is advised', () => {
  const noise = randomNumbers(24, 5);
  const other = { ...sine, y: sine.y.map((label, i) => (third.includes(i) ? label : noise[i])) };
  const [one, two] = [sine, other].map(
    (data) => diagnose(modelOf(rich), data, optionsOf({ steps: 100 }), variantsOf(rich)).bottomLine,
  );
  expect(one.evidence['forecast.testR2']).not.toBe(two.evidence['forecast.testR2']);
  expect(one.code).toBe('freedom');
  expect(two.code).toBe('freedom');
  expect(two.evidence.simpler).toEqual(one.evidence.simpler);
});

describe('what is tried', () => {
  /** Attempts by batch, where each comes to `outputs`. */
  function attemptsOf(wish: ModelWish, data: Dataset, outputs: (attempt: Attempt) => KeptOut, options = {}) {
    const problem = diagnosisProblem(modelOf(wish), data, optionsOf(options));
    const told = diagnosisOf(modelOf(wish), data, options);
    const comparing = comparingChanges(told, problem, variantsOf(wish));
    const batches: Attempt[][] = [];
    for (let next = comparing.next(); ; next = comparing.next(batches.at(-1)!.map(outputs))) {
      if (next.done) return { batches, tried: next.value as Tried };
      batches.push([...next.value]);
    }
  }
  const constant = ({ dataset }: Attempt): KeptOut => ({ outputs: [...dataset.test].map(() => 0), within: 0 });

  test('few points are kept out in quarters, two to begin with, with initialisations in turn', () => {
    const { batches } = attemptsOf(rich, sine, constant);
    // The plan, then less freedom, which is of no use, and half of the points: both on two parts.
    expect(batches.map((batch) => batch.map(({ index }) => index))).toEqual([
      [0, 1],
      [0, 1],
      [0, 1],
    ]);
    for (const { dataset } of batches.flat()) {
      expect([...dataset.train, ...dataset.test].every((row) => third.includes(row))).toBe(true);
      expect([...dataset.train].some((row) => dataset.test.includes(row))).toBe(false);
    }
  });

  test('where two quarters leave open whether a change helps, each is kept out once', () => {
    // Right in turn and the other way round: the gain is large, and no part agrees with the other.
    const { batches } = attemptsOf(
      rich,
      sine,
      ({ plan, dataset, index }) => ({
        outputs: [...dataset.test].map((row, k) => (plan.model ? 0.9 - 0.3 * ((k + index) % 3) : 0) * sine.y[row]),
        within: 0,
      }),
      { steps: 100 },
    );
    const [planned, simpler, others] = batches;
    expect([planned, simpler, others].map(({ length }) => length)).toEqual([2, 2, 4]);
    const keptOut = [...planned, ...others.slice(0, 2)].flatMap(({ dataset }) => [...dataset.test]);
    expect(keptOut.sort((a, b) => a - b)).toEqual(third);
  });

  test('of many points one part decides, and others where it leaves open whether a change helps', () => {
    const many = range(120).map((i) => -1.5 + (3 * i) / 119);
    const data = dataOf(
      many,
      many.map((value) => 0.8 * Math.sin(40 * value)),
      range(120).filter((i) => i % 3 > 0),
    );
    const options = { basis: 'forecast', seeds: 5 } as const;
    const sizes = (within: number) =>
      attemptsOf(
        { ...rich, layers: 20 },
        data,
        (attempt) => ({
          outputs: [...attempt.dataset.test].map((row) => (attempt.plan.model ? 1 : 0.2) * data.y[row] * 0.9),
          within,
        }),
        options,
      ).batches.map((batch) => batch.length);
    // The plan on a part, and a change beside it.
    expect(sizes(0)).toEqual([1, 1]);
    expect(sizes(1).slice(0, 3)).toEqual([1, 1, 6]);
    expect(attemptsOf(rich, data, constant, options).batches[0].map(({ plan }) => plan.options.jacobians)).toEqual([
      12,
    ]);
  });

  test('a forecast to choose by has few Jacobians', () => {
    const { batches } = attemptsOf(rich, sine, constant, { basis: 'forecast' });
    expect(batches.flat().map(({ plan }) => plan.options.jacobians)).toEqual(batches.flat().map(() => 8));
    const fewer = attemptsOf(rich, sine, constant, { jacobians: 5 }).batches;
    expect(fewer.flat().every(({ plan }) => plan.options.jacobians === 5)).toBe(true);
  });

  test('twice the steps only where nothing else helps, of L-BFGS where it was trained', () => {
    const shallow = { qubits: 3, layers: 1, frequency: 'linear', scale: 1.5 } as const;
    const wave = dataOf(
      x,
      x.map((value) => 0.8 * Math.sin(5 * value)),
      range(24).filter((i) => i % 2 === 0),
    );
    const triedOf = (helps: number) =>
      attemptsOf(
        shallow,
        wave,
        ({ plan, dataset }) => ({
          outputs: [...dataset.test].map((row) => (plan.model ? helps * wave.y[row] : 0)),
          within: 0,
        }),
        { steps: 50 },
      );
    const stepsOf = ({ batches }: ReturnType<typeof attemptsOf>) =>
      batches.flat().map(({ plan }) => plan.options.steps);
    expect(stepsOf(triedOf(0)).slice(-2)).toEqual([100, 100]);
    expect(stepsOf(triedOf(1))).not.toContain(100);
  });

  test('few initialisations leave less time for changes than many', () => {
    const triedOf = (seeds: number) =>
      Object.keys(attemptsOf(rich, sine, constant, { seeds, steps: 600 }).tried.changes).length;
    expect([1, 8].map(triedOf)).toEqual([0, 2]);
  });

  test('what is dear beside the diagnosis is named and not tried', () => {
    const problem = diagnosisProblem(modelOf(rich), sine, optionsOf({ seeds: 1, basis: 'forecast' }));
    const told = diagnosisOf(modelOf(rich), sine, { seeds: 1, basis: 'forecast' });
    const long = { ...problem, options: { ...problem.options, steps: 1e6 } };
    const { done, value } = comparingChanges(told, long, variantsOf(rich)).next();
    expect([done, value]).toEqual([
      true,
      {
        changes: {},
        tooLong: [
          { change: 'simpler', seconds: expect.any(Number) },
          { change: 'fewer', seconds: expect.any(Number) },
        ],
      },
    ]);
    expect((value as Tried).tooLong.every(({ seconds }) => seconds > 1)).toBe(true);
  });
});
