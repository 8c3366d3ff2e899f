import type { Curve, Diagnosis, SeedDiagnosis, Statistic } from '@qntk/core';

/** Hand-made diagnoses of every kind of data: plausible, never computed, so that the report is tested alone. */

export interface Wanted {
  readonly seeds?: number;
  readonly train?: number;
  readonly test?: number;
  readonly features?: number;
  readonly classes?: readonly string[];
  readonly verify?: boolean;
  readonly adaptive?: boolean;
  /** Trained in the place of a forecast. */
  readonly measured?: boolean;
}

/** Numbers in [0, 1) that are the same in every run. */
function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

export function fakeDiagnosis(wanted: Wanted = {}): Diagnosis {
  const { train = 10, test = 10, features = 1, classes } = wanted;
  const outputs = classes && classes.length > 2 ? classes.length : 1;
  const random = uniform(11);
  const xs = (points: number) => Array.from({ length: points * features }, () => Math.PI * (random() - 0.5));
  const trainX = xs(train);
  const testX = xs(test);
  const labels = (x: readonly number[]) => labelsOf(x, features, outputs, classes !== undefined);
  const testY = labels(testX);
  const training = {
    loss: 'mean',
    optimizer: 'lbfgs',
    steps: 500,
    rate: 0.24,
    rateSource: 'half-stability-limit',
    optimizerRate: null,
    momentum: 0,
    rateMeaning: 'none',
  } as const;
  const seeds = Array.from({ length: wanted.seeds ?? 5 }, (_, i) =>
    seedOf(wanted, { seed: i, train, testY, outputs, rate: training.rate, steps: training.steps }),
  );
  return {
    schema: 2,
    version: '1.2.3',
    spec: {},
    model: {
      qubits: 6,
      parameters: 120,
      inputs: features,
      outputs,
      scale: 1.5,
      observables: Array.from({ length: outputs }, (_, i) => `Z${i}`),
      description: 'RY(x) on every qubit, hardware-efficient ansatz of 10 layers',
      ranges: Array.from({ length: outputs }, () => ({ low: -1.5, high: 1.5, exact: true })),
    },
    data: {
      source: 'iris.csv',
      features: Array.from({ length: features }, (_, i) => `feature ${i + 1}`),
      classes: classes ?? null,
      preparation: null,
      train,
      test,
      trainRows: Array.from({ length: train }, (_, i) => i),
      testRows: Array.from({ length: test }, (_, i) => train + i),
      trainX,
      trainY: labels(trainX),
      testX,
      testY,
    },
    training,
    initial: { distribution: 'normal', deviation: 0.2, seed: 7 },
    limit: { mse: 0.02, gap: 1e-4, basis: 'states', reason: null, noise: 0, outOfRange: 0 },
    references: {
      readout: { testMse: 0.1, testR2: 0.8, testAccuracy: null, test: [] },
      constant: { testMse: 0.41, testR2: -0.01, testAccuracy: null, test: [] },
      ridge: { testMse: 0.2, testR2: 0.51, testAccuracy: null, test: [] },
      rbf: { testMse: 0.1, testR2: 0.76, testAccuracy: null, test: [] },
      points: train,
      reasons: {},
    },
    seeds,
    summary: summaryOf(seeds),
    judgements: wanted.verify
      ? [
          { sentence: 'range', contradicted: false },
          { sentence: 'fit', contradicted: true },
        ]
      : null,
    bottomLine: {
      code: 'encoding',
      basis: wanted.measured || wanted.verify ? 'measured' : 'forecast',
      changesBasis: wanted.measured ? 'measured' : 'forecast',
      held: wanted.verify && !wanted.measured ? true : null,
      evidence: {
        'forecast.testR2': 0.7,
        'verified.testR2': wanted.verify && !wanted.measured ? 0.72 : null,
        'verified.testAccuracy': null,
        newR2Low: 0.5,
        newR2High: 0.85,
        'data.train': train,
        'data.test': test,
        'forecast.jacobians': 20,
        rate: null,
        scale: null,
        travel: null,
        isRatePlanned: false,
        testR2Std: 0.031,
        testR2Low: 0.6,
        testR2High: 0.8,
        'forecast.testAccuracy': null,
        testAccuracyLow: null,
        testAccuracyHigh: null,
        'references.constant.testAccuracy': null,
        trainR2: 0.8,
        certified: 0.0199,
        certifiedShare: 0.19,
        longer: null,
        deeper: null,
        readout: null,
        fewer: null,
        simpler: null,
        richer: null,
        rescaled: null,
        tooLong: [],
        bestReference: { name: 'rbf', testR2: 0.76, comparison: 'worse' },
      },
    },
    verdicts: [
      {
        code: 'fit',
        severity: 'good',
        basis: 'forecast',
        evidence: {
          'forecast.trainMse': 1.2e-3,
          trainMseLow: 0,
          trainMseHigh: 2e-3,
          'forecast.trainR2': 0.997,
          trainR2Low: 0.995,
          trainR2High: 1,
          'verified.trainMse': null,
          'verified.trainR2': null,
          'forecast.stoppedAfter': null,
          'training.steps': 500,
        },
      },
      {
        code: 'residual',
        severity: 'warning',
        basis: 'forecast',
        evidence: { 'frozen.residualMse': 3.55e-4, residualShare: 1.1e-3 },
      },
    ],
  };
}

function labelsOf(x: readonly number[], features: number, outputs: number, classes: boolean): number[] {
  return Array.from({ length: x.length / features }, (_, i) => Math.sin(2 * x[i * features])).flatMap((value) => {
    if (!classes) return [0.9 * value];
    if (outputs === 1) return [value > 0 ? 1 : -1];
    const own = Math.min(outputs - 1, Math.floor(((value + 1) / 2) * outputs));
    return Array.from({ length: outputs }, (_, o) => (o === own ? 1 : -1));
  });
}

interface SeedPlan {
  readonly seed: number;
  readonly train: number;
  readonly testY: readonly number[];
  readonly outputs: number;
  readonly rate: number;
  readonly steps: number;
}

const noClasses = 'the labels are no classes';

function seedOf(wanted: Wanted, { seed, train, testY, outputs, rate, steps }: SeedPlan): SeedDiagnosis {
  const random = uniform(seed + 1);
  const modes = Math.min(train * outputs, 120);
  const spectrum = Array.from({ length: modes }, (_, k) => 30 * train * 10 ** ((-9 * k) / modes - 0.4 * random()));
  const hasTest = testY.length > 0;
  const curve = curveOf(spectrum, rate / train, steps, hasTest, 1 + 0.2 * random());
  const end = curve.trainLoss.length - 1;
  const answers = (noise: number) => testY.map((y) => y + noise * (random() - 0.5));
  const scores = {
    trainMse: 2 * curve.trainLoss[end],
    testMse: curve.testMse[end] ?? null,
    testR2: hasTest ? 0.9 + 0.05 * random() : null,
    testAccuracy: hasTest && wanted.classes ? 0.9 : null,
  };
  return {
    seed,
    f0: Array.from({ length: train * outputs }, () => random() - 0.5),
    spectrum,
    kappa: spectrum[0] / spectrum[modes - 1],
    alignment: 0.31,
    effectiveDimension: 2.4,
    rank: modes,
    cutoff: 1e-22,
    rateLimit: (2 * train) / spectrum[0],
    frozen: {
      residualMse: 3.6e-4,
      learnedModes: spectrum.filter((value) => (value * rate * steps) / train > 1).length,
      steps: 212.4,
      forecast: scores,
      infinity: { ...scores, trainMse: 3.6e-4 },
    },
    forecast: {
      basis: wanted.measured ? 'measured' : 'forecast',
      trainR2: 0.99,
      ...scores,
      steps: 71.3,
      jacobians: wanted.adaptive ? 15 : 1,
      test: answers(0.6),
    },
    curves: {
      frozen: curve,
      ...(wanted.measured
        ? { trained: scaled(curve, 0.8) }
        : wanted.adaptive
          ? { adaptive: scaled(curve, 1.3) }
          : { path: sampled(scaled(curve, 1.1)) }),
    },
    ...(wanted.verify && {
      verified: {
        optimizer: 'lbfgs',
        trainR2: 0.995,
        ...scores,
        trainMse: 4e-4,
        iterations: 83,
        parameterChange: 0.28,
        curve: scaled(curve, 0.8),
        test: answers(0.2),
        spans: [[-0.93, 0.88]],
        atEqualLoss: hasTest
          ? { testMse: 0.012, testR2: 0.93, steps: 180 }
          : { testMse: null, testR2: null, steps: null },
      },
    }),
    reasons: {
      ...(!hasTest && {
        forecast: 'there are no test points',
        frozen: 'there are no test points',
        verified: 'there are no test points',
      }),
      ...(!wanted.classes && { 'forecast.testAccuracy': noClasses, 'frozen.forecast.testAccuracy': noClasses }),
      ...(!wanted.classes && { 'frozen.infinity.testAccuracy': noClasses }),
      ...(!wanted.classes && wanted.verify && { 'verified.testAccuracy': noClasses }),
    },
  };
}

function curveOf(spectrum: readonly number[], rate: number, steps: number, hasTest: boolean, height: number): Curve {
  const times = [0, ...Array.from({ length: 97 }, (_, i) => 0.01 * (steps / 0.01) ** (i / 96))];
  const trainLoss = times.map(
    (t) =>
      1.8e-4 +
      (0.25 * height * spectrum.reduce((sum, value) => sum + Math.exp(-2 * value * rate * t), 0)) / spectrum.length,
  );
  const testMse = hasTest ? trainLoss.map((loss, i) => 2 * loss + 0.01 + 2e-5 * times[i]) : [];
  return { steps: times, trainLoss, testMse };
}

/** As few records as a path has Jacobians. */
function sampled({ steps, trainLoss, testMse }: Curve): Curve {
  const some = <Item>(items: readonly Item[]) => items.filter((_, i) => i % 8 === 0 || i === items.length - 1);
  return { steps: some(steps), trainLoss: some(trainLoss), testMse: some(testMse) };
}

function scaled({ steps, trainLoss, testMse }: Curve, factor: number): Curve {
  return {
    steps,
    trainLoss: trainLoss.map((loss) => loss * factor),
    testMse: testMse.map((error) => error * factor ** 2),
  };
}

function summaryOf(seeds: readonly SeedDiagnosis[]): Record<string, Statistic> {
  const kappa = seeds.map((seed) => seed.kappa);
  return {
    kappa: kappa.includes(null)
      ? { mean: null, std: null, reason: 'the kernel is singular' }
      : { mean: (kappa as number[]).reduce((a, b) => a + b, 0) / kappa.length, std: 1.25e7 },
    'forecast.testR2':
      seeds[0].forecast.testR2 === null
        ? { mean: null, std: null, reason: 'there are no test points' }
        : { mean: 0.927, std: 0.0143 },
  };
}

/** One initialisation whose kernel is singular: κ, rate and steps have no value, each for its reason. */
export function singularDiagnosis(): Diagnosis {
  const whole = fakeDiagnosis({ seeds: 2 });
  const [first, second] = whole.seeds;
  const singular: SeedDiagnosis = {
    ...first,
    spectrum: first.spectrum.map((value, i) => (i > 6 ? 0 : value)),
    rank: 7,
    kappa: null,
    rateLimit: null,
    forecast: { ...first.forecast, steps: null },
    reasons: {
      ...first.reasons,
      kappa: 'the kernel has rank 7 of 10, so that λmin is 0',
      rateLimit: 'the rate has no limit here',
      'forecast.steps': 'the loss never comes that low',
    },
  };
  return { ...whole, seeds: [singular, second], summary: summaryOf([singular, second]) };
}

/** A network that does not depend on its parameters: nothing can be drawn. */
export function zeroDiagnosis(): Diagnosis {
  const whole = fakeDiagnosis({ seeds: 1, test: 0 });
  const [seed] = whole.seeds;
  const flat: Curve = { steps: [0, 1], trainLoss: [0, 0], testMse: [] };
  return {
    ...whole,
    seeds: [
      {
        ...seed,
        spectrum: seed.spectrum.map(() => 0),
        rank: 0,
        kappa: null,
        cutoff: 0,
        curves: { frozen: flat },
      },
    ],
  };
}
