import { accuracy, initialTheta, r2, random, train } from '@qntk/core';
import { type Problem, studied } from './problems.ts';
import type { Run } from './records.ts';

/** The ways to train that are forecast. */
export const trainings = {
  lbfgs: { optimizer: 'lbfgs', steps: 300, stops: [4, 8, 12, 16, 20, 25, 30, 40, 50, 75, 100] },
  adam: { optimizer: 'adam', steps: 300, rate: 0.05, stops: [8, 12, 20, 28, 40, 56, 75, 100, 150, 200] },
  slow: { optimizer: 'adam', steps: 1000, rate: 0.01, stops: [12, 28, 56, 75, 100, 150, 200, 300, 500] },
  batches: { optimizer: 'adam', steps: 300, rate: 0.05, batch: 8, stops: [8, 12, 20, 28, 40, 56, 75, 100, 150, 200] },
  descent: { optimizer: 'gd', steps: 300, stops: [8, 12, 20, 28, 40, 56, 75, 100, 150, 200] },
} as const;

/** Of all initialisations and orders of batches. */
const seed = 7;

export type TrainingName = keyof typeof trainings;

/** All runs of the parts: every circuit on every data set, from so many initialisations as are studied there. */
export function runsWanted(parts: readonly string[]): Run[] {
  const most = Math.max(...studied.map(({ seeds }) => seeds));
  return Array.from({ length: most }, (_, seed) => seed).flatMap((seed) =>
    studied
      .filter(({ part, seeds }) => parts.includes(part) && seed < seeds)
      .flatMap(({ name, circuits }) => circuits.map((_, circuit) => ({ set: name, circuit, seed }))),
  );
}

/** R² on the test points of outputs there, as it is kept. */
export const scoreOf = ({ yTest, dataset }: Problem, f: Float64Array): number =>
  Number((r2(yTest, f, dataset.outputs).value as number).toFixed(4));

/** Share of the test points in the right class, by outputs there; nothing where labels are no classes. */
const rightOf = ({ yTest, decision }: Problem, f: Float64Array) =>
  decision && { right: Number((accuracy(yTest, f, decision).value as number).toFixed(4)) };

/** A training as it is planned, from one initialisation. */
export function planned({ model }: Problem, name: TrainingName, index: number) {
  const { optimizer, steps, ...others } = trainings[name];
  const rate = 'rate' in others ? { rate: others.rate } : {};
  const batch = 'batch' in others ? { batch: { size: others.batch, seed, index } } : {};
  return { optimizer, steps, loss: 'mean', theta0: initialTheta(model, seed, index), ...rate, ...batch } as const;
}

/** How far every angle of a moved start is from that of the initialisation, RMS, radians. */
const distance = 0.01;

/** The same training from a start beside its own: what is left of a ranking is what the training itself tells of a circuit. */
export function moved(problem: Problem, name: TrainingName, index: number) {
  const draw = random(seed, index);
  const plan = planned(problem, name, index);
  return trained(problem, name, { ...plan, theta0: plan.theta0.map((angle) => angle + distance * draw.normal()) });
}

/** Trained for real: test R² after each of the stops and at the end, and what it took. */
export function trained(problem: Problem, name: TrainingName, plan: ReturnType<typeof planned>) {
  const { steps, stops } = trainings[name];
  const { trajectory, evaluations } = train(problem.model, problem.dataset, { ...plan, record: stops });
  const { dataset, yTest } = problem;
  const size = yTest.length;
  // The start, each stop, the end; a run that ended early stays where it was.
  const last = trajectory.trainLoss.length - 1;
  const ends = [...stops, steps].map((_, k) => {
    const at = k === stops.length ? last : Math.min(k + 1, last);
    return scoreOf(problem, trajectory.test.subarray(at * size, (at + 1) * size));
  });
  const loss = trajectory.trainLoss[trajectory.trainLoss.length - 1];
  const test = trajectory.test.slice(-size);
  return {
    ends,
    evaluations,
    trainMse: Number(((2 * loss) / dataset.outputs).toPrecision(4)),
    ...rightOf(problem, test),
  };
}
