import { flowLaw, outputsAt, type Training, train } from '@qntk/core';
import { digits, type Study, table } from '../../table.ts';
import { lastTest, type ModelChoice, startOf, testR2, tfim } from './problems.ts';

/** γ = 1.5, and a rate of 1: a step is one unit of t, of which there are 10⁵. */
const base = { layers: 10, scale: 1.5 };
const training = { optimizer: 'flow', loss: 'mean', rate: 1, steps: 100_000 } as const;

/** The gradient flow of a model followed at some tolerances, beside the same integrator at 10⁻⁶. */
export function flowErrors(
  choice: Pick<ModelChoice, 'kind' | 'frequency'>,
  seed: number,
  tolerances: readonly number[],
) {
  const problem = tfim({ ...base, ...choice });
  const { theta0, linear } = startOf(problem, seed);
  const follow = (tolerance: number) => train(problem.model, problem.dataset, { ...training, theta0, tolerance });
  const summary = (run: Training) => ({
    jacobians: run.jacobians ?? 0,
    testR2: testR2(problem, lastTest(run.trajectory)),
  });
  const truth = follow(1e-6);
  return {
    truth: summary(truth),
    frozenR2: testR2(problem, outputsAt(linear, flowLaw(training.rate * training.steps, linear.weight)).test),
    runs: tolerances.map((tolerance) => {
      const run = follow(tolerance);
      return { tolerance, ...summary(run), rms: rmsDifference(run, truth) };
    }),
  };
}

/** Over all outputs at all records. */
function rmsDifference(a: Training, b: Training): number {
  let [sum, count] = [0, 0];
  for (const part of ['train', 'test'] as const)
    a.trajectory[part].forEach((value, i) => {
      sum += (value - b.trajectory[part][i]) ** 2;
      count++;
    });
  return Math.sqrt(sum / count);
}

const models = [
  { name: 'HEA, 3^q encoding, seed 7', kind: 'hea', frequency: 'high', seed: 7 },
  { name: 'same, seed 8', kind: 'hea', frequency: 'high', seed: 8 },
  { name: 'same, seed 9', kind: 'hea', frequency: 'high', seed: 9 },
  { name: 'HEA, RY(x), seed 7', kind: 'hea', frequency: 'low', seed: 7 },
  { name: 'HVA, RY(x), seed 7', kind: 'hva', frequency: 'low', seed: 7 },
] as const;

export const flowStudy: Study = {
  name: 'flow',
  title: 'Gradient flow with few Jacobians',
  print() {
    const tolerances = [1, 0.3, 0.1, 0.03, 0.01, 0.003];
    const rows = models.map(({ name, seed, ...choice }) => {
      const { truth, frozenR2, runs } = flowErrors(choice, seed, tolerances);
      return [
        name,
        `${truth.jacobians} J, R² ${digits(truth.testR2, 3)}`,
        `R² ${digits(frozenR2, 3)}`,
        ...runs.map((run) => `${run.jacobians} J: ${digits(run.rms)}, R² ${digits(run.testR2, 3)}`),
      ];
    });
    const head = ['model', 'true flow (tolerance 10⁻⁶)', '1 Jacobian'];
    return { text: table([...head, ...tolerances.map((tolerance) => `tolerance ${tolerance}`)], rows) };
  },
};
