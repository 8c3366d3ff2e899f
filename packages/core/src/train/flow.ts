import { followingFlow } from '../predict/flow.ts';
import { flowSystem } from '../predict/flow-system.ts';
import { withEvents } from '../progress.ts';
import { checkedRate, halfStabilityLimit, relativeChange } from './minimizing.ts';
import { preparePoints } from './points.ts';
import { recordSchedule } from './recorder.ts';
import type { Optimizer } from './training.ts';

/** Stands for the true flow: on the models of papers/qntk-diagnostics outputs are right to about 1e-4 (docs/flow.md). */
const trueFlow = 1e-5;

/** Gradient flow dθ/dt = −∇L itself, to t = rate × steps; the rate only says what a step is. */
export const flow: Optimizer = {
  name: 'flow',
  label: 'gradient flow',
  summary: 'gradient flow to t = rate × steps, by an adaptive exponential integrator',
  rate: 'flow-time',
  takes: ['tolerance'],
  *training(model, dataset, options) {
    const points = preparePoints(model, dataset, dataset.train);
    const rate = checkedRate(options.rate) ?? halfStabilityLimit({ model, points, options });
    const schedule = [...new Set([0, ...(options.record ?? recordSchedule(options.steps)), options.steps])];
    const times = Float64Array.from(schedule, (step) => step * rate);
    const system = flowSystem(model, dataset, options.loss, options.theta0);
    const following = followingFlow(system, { times, tolerance: options.tolerance ?? trueFlow });
    const { trajectory, theta, thetas, jacobians, evaluations, steps } = yield* withEvents(
      following,
      ({ done, loss }) => ({ label: 'training', done: done * options.steps, total: options.steps, loss }),
    );
    const loss = trajectory.trainLoss[trajectory.trainLoss.length - 1];
    yield { label: 'training', done: options.steps, total: options.steps, loss };
    return {
      theta,
      thetas,
      iterations: steps.length,
      evaluations: jacobians + evaluations,
      jacobians,
      stopped: 'steps',
      rate,
      trajectory,
      parameterChange: relativeChange(theta, options.theta0),
    };
  },
};
