import { lbfgsMinimizer } from '../optimize/lbfgs.ts';
import type { End, Visit } from './replay.ts';
import { type RatedSample, Samples } from './samples.ts';
import type { PathSystem } from './system.ts';

/** Of so many gradients the first three quarters lead to the end that is compared with. */
export const fewerShare = 0.75;

/**
 * The beginning of the training itself, by L-BFGS: so many gradients of it, one a sample. It ends at the last iterate that
 * they lead to, or where the training does.
 */
export function* beginning(system: PathSystem, steps: number, gradients: number): Generator<Visit, End> {
  const samples = new Samples(system, 1);
  const minimizer = lbfgsMinimizer(system.theta0, { steps });
  const fewer = Math.ceil(fewerShare * gradients);
  // Of those that a line search tried the one that it takes is the next iterate.
  let tried = new Map<Float64Array, RatedSample>();
  let taken = 0;
  let step = 0;
  let theta = system.theta0;
  let earlier = system.theta0;
  let next = minimizer.next();
  while (!next.done) {
    const event = next.value;
    if (event.kind === 'iterate') {
      step = event.iteration;
      theta = tried.get(event.theta)?.theta ?? event.theta;
      if (taken <= fewer) earlier = theta;
      tried = new Map();
      next = minimizer.next(event.at);
    } else if (taken === gradients) break;
    else {
      const sample = samples.measured(event.theta);
      tried.set(event.theta, sample);
      taken++;
      yield { step: taken === 1 ? 0 : event.iteration + 1, sample };
      next = minimizer.next(sample.at);
    }
  }
  // Of a training that has come to its end nothing is left.
  return { step, theta, earlier: next.done ? theta : earlier, beside: null, losses: null };
}
