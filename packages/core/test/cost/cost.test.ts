import { afterEach, describe, expect, test, vi } from 'vitest';
import { commandCosts, diagnoseStages } from '../../src/cost/commands.ts';
import { secondsFor } from '../../src/cost/cost.ts';
import { eigenCost, gramCost, jacobianCost, outputsCost, sizesOf, spectrumCost } from '../../src/cost/pieces.ts';
import { diagnosisProblem } from '../../src/diagnose/problem.ts';
import { diagnoseSeed } from '../../src/diagnose/seed.ts';
import { spectrumOfJacobian } from '../../src/kernel/spectrum.ts';
import { symmetricEigen } from '../../src/linalg/eigen.ts';
import { gram } from '../../src/linalg/matrix.ts';
import { initialTheta } from '../../src/model/initial.ts';
import type { Model } from '../../src/model/model.ts';
import { train } from '../../src/train/train.ts';
import * as code from '../../src/wasm/codes.ts';
import { defaultMachine } from '../../src/wasm/machine.ts';
import { dataOf, modelOf } from '../helpers/problems.ts';
import { randomMatrix } from '../linalg/helpers.ts';

afterEach(() => vi.restoreAllMocks());

/** Multiplications of the jobs that the kernels do while `work` runs. */
function productsOf(work: () => void): number {
  let products = 0;
  const perform = defaultMachine.perform.bind(defaultMachine);
  vi.spyOn(defaultMachine, 'perform').mockImplementation((job, items, together) => {
    perform(job, items, together);
    const words = new Uint32Array(
      defaultMachine.reserve(0, () => ''),
      job,
      code.JOB_HEADER,
    );
    products += ofJob(words);
  });
  work();
  vi.restoreAllMocks();
  return products;
}

function ofJob(words: Uint32Array): number {
  const kind = words[code.JOB_KIND];
  if (kind === code.MATRIX_PRODUCT)
    return (
      (words[code.PRODUCT_M] * words[code.PRODUCT_K] * words[code.PRODUCT_N]) / (words[code.PRODUCT_LOWER] ? 2 : 1)
    );
  if (kind === code.TRIDIAGONALISE) return (2 / 3) * words[code.TRIDIAGONAL_ORDER] ** 3;
  if (kind === code.LANCZOS) {
    const [n, from, to] = [code.LANCZOS_ORDER, code.LANCZOS_FROM, code.LANCZOS_TO].map((at) => words[at]);
    return (to - from) * n * (n + 2 * (from + to));
  }
  // A sweep over all pairs: two products of rows for each rotation.
  if (kind === code.SWEEP)
    return (
      words[code.SWEEP_HEADS] * words[code.SWEEP_COUNT] * (words[code.SWEEP_LENGTH] + words[code.SWEEP_OTHER_LENGTH])
    );
  return 0;
}

/** The model, and how many amplitudes times gates its simulator has done. */
function counted(model: Model): { model: Model; done: { amplitudes: number } } {
  const { gates, qubits, outputs } = sizesOf(model);
  const done = { amplitudes: 0 };
  const { simulator } = model;
  const pass = (points: number, passes: number) => {
    done.amplitudes += points * passes * gates * 2 ** qubits;
  };
  return {
    done,
    model: {
      ...model,
      simulator: {
        ...simulator,
        expectations(batch) {
          pass(batch.points, 1);
          return simulator.expectations(batch);
        },
        jacobian(batch) {
          pass(batch.points, 1 + 2 * outputs);
          return simulator.jacobian(batch);
        },
      },
    },
  };
}

/** Points of a smooth function, every other one to train on. */
function problemOf(qubits: number, layers: number, points: number) {
  const model = modelOf({ qubits, layers });
  const x = Array.from({ length: points }, (_, i) => -1.5 + (3 * i) / points);
  const dataset = dataOf(
    x,
    x.map((value) => 0.6 * Math.sin(2 * value)),
    Array.from({ length: points >> 1 }, (_, i) => 2 * i),
  );
  return { ...counted(model), dataset };
}

const options = { seed: 1, loss: 'mean', optimizer: 'lbfgs', steps: 60, verify: false } as const;

describe.each([
  [4, 4, 60],
  [4, 12, 120],
  [3, 2, 400],
])('a diagnosis of %i qubits, %i layers, %i points', (qubits, layers, points) => {
  // On the optimiser's path products are of vectors, which no kernel counts.
  test.each([{}, { tolerance: 0.1 }])('takes no more than its cost says, and not a tenth of it: %o', (asked) => {
    const { model, done, dataset } = problemOf(qubits, layers, points);
    const counts = { train: dataset.train.length, test: dataset.test.length };
    const cost = commandCosts.diagnose(sizesOf(model), { ...counts, ...options, ...asked });
    const problem = diagnosisProblem(model, dataset, { ...options, ...asked });
    done.amplitudes = 0;
    const products = productsOf(() => diagnoseSeed(problem, 0));
    expect(done.amplitudes).toBeLessThan(cost.amplitudes);
    expect(done.amplitudes).toBeGreaterThan(0.1 * cost.amplitudes);
    expect(products).toBeLessThan(cost.products);
    if ('tolerance' in asked) expect(products).toBeGreaterThan(0.05 * cost.products);
  });

  test('a training likewise, step by step', () => {
    const { model, done, dataset } = problemOf(qubits, layers, points);
    const theta0 = initialTheta(model, 1, 0);
    const { iterations } = train(model, dataset, { optimizer: 'lbfgs', loss: 'mean', steps: 60, theta0 });
    const cost = commandCosts.train(sizesOf(model), {
      train: dataset.train.length,
      test: dataset.test.length,
      steps: iterations,
    });
    expect(done.amplitudes).toBeLessThan(1.5 * cost.amplitudes);
    expect(done.amplitudes).toBeGreaterThan(0.5 * cost.amplitudes);
  });
});

describe.each([40, 120, 260])('dense algebra of order %i', (n) => {
  test.each([
    ['Gram matrix', gramCost(n, 2 * n), () => gram(randomMatrix(n, 2 * n, 1), n, 2 * n)],
    ['eigenvectors', eigenCost(n), () => symmetricEigen(gram(randomMatrix(n, n, 1), n, n), n)],
    ['spectrum, wide', spectrumCost(n, 3 * n), () => spectrumOfJacobian(randomMatrix(n, 3 * n, 1), n, 3 * n)],
    ['spectrum, tall', spectrumCost(3 * n, n), () => spectrumOfJacobian(randomMatrix(3 * n, n, 1), 3 * n, n)],
  ])('%s: within a factor of three of what the kernels do', (_, { products }, work) => {
    const done = productsOf(work);
    expect(done).toBeLessThan(3 * products);
    expect(done).toBeGreaterThan(products / 3);
  });
});

test('Jacobians of a path by steps: over the root of the parameters, and no more than short steps go', () => {
  const work = { train: 40, test: 10, verify: false, basis: 'forecast', optimizer: 'adam', rate: 0.05 } as const;
  const jacobiansOf = (parameters: number, more: object) => {
    const sizes = { qubits: 4, gates: 100, outputs: 1, parameters };
    const { amplitudes } = diagnoseStages(sizes, { steps: 300, ...work, ...more }).forecast;
    return amplitudes / (jacobianCost(sizes, 40).amplitudes + outputsCost(sizes, 10).amplitudes);
  };
  expect(jacobiansOf(100, {})).toBeCloseTo(52, 9);
  expect(jacobiansOf(400, {})).toBeCloseTo(102, 9);
  expect(jacobiansOf(100, { rate: 0.001 })).toBeCloseTo(12, 9);
  expect(jacobiansOf(100, { jacobians: 8 })).toBeCloseTo(8, 9);
  expect(jacobiansOf(100, { optimizer: 'lbfgs' })).toBeCloseTo(24, 9);
});

test('costs grow as the work does, seconds and memory with them', () => {
  const sizes = { qubits: 6, gates: 700, outputs: 1, parameters: 480 };
  const work = { train: 250, test: 250, steps: 500, verify: false };
  const cost = commandCosts.diagnose(sizes, work);
  expect(secondsFor(commandCosts.diagnose({ ...sizes, qubits: 7 }, work))).toBeGreaterThan(secondsFor(cost));
  expect(commandCosts.diagnose(sizes, { ...work, verify: true }).amplitudes).toBeGreaterThan(5 * cost.amplitudes);
  expect(commandCosts.diagnose(sizes, { ...work, tolerance: 0.1 }).amplitudes).toBeGreaterThan(2 * cost.amplitudes);
  // J of all points, three of the training points and one more for their sum, six Gram matrices.
  expect(cost.bytes).toBeGreaterThan(8 * (500 * 480 + 4 * 250 * 480 + 6 * 250 * 250));
  expect(commandCosts.kernel(sizes, 5000).bytes).toBeLessThan(commandCosts.kernel(sizes, 4000).bytes * 2);
  expect(commandCosts.predict({ rows: 2000, others: 10 }).bytes).toBeGreaterThan(5 * 8 * 2000 ** 2);
  expect(jacobianCost(sizes, 10).amplitudes).toBe(3 * 10 * 700 * 64);
});
