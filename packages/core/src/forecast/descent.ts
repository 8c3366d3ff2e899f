import { between } from '../linalg/vector.ts';
import { lbfgsMinimizer } from '../optimize/lbfgs.ts';
import type { End, Visit } from './replay.ts';
import { type RatedSample, Samples } from './samples.ts';
import type { PathSystem } from './system.ts';

/** Samples that a model goes through. */
const through = 8;
/** Largest change of a parameter in the first cycle, radians. */
const firstRadius = 0.5;
/** The radius is doubled where the loss fell by so much of what the model promised, halved where by less than the other. */
const good = 0.75;
const poor = 0.25;
/** A radius below which nothing is to be found. */
const leastRadius = 1e-3;

/**
 * L-BFGS on models of the network: from the best sample it runs on the model through the nearest ones until a parameter
 * has changed by the radius or its share of the steps is made; there the network is sampled. The radius follows the
 * quotient of true and promised decrease (Conn, Gould and Toint 2000, Algorithm 6.1.1).
 *
 * A step is an iteration on a model. The path is that of the best samples.
 *
 * @param jacobians - at least 2.
 */
export function* descent(system: PathSystem, steps: number, jacobians: number): Generator<Visit, End> {
  const samples = new Samples(system, through);
  let best = samples.take(system.theta0);
  yield { step: 0, sample: best };
  const share = Math.ceil(steps / (jacobians - 1));
  const fewer = Math.min(Math.ceil((3 * jacobians) / 4), jacobians - 1);
  let earlier = best.theta;
  let radius = firstRadius;
  let step = 0;
  while (samples.all.length < jacobians && step < steps && radius > leastRadius) {
    const cycle = onModel(samples, best, Math.min(share, steps - step), radius);
    if (cycle.iterations === 0 || !(cycle.loss < best.at.loss)) break;
    step += cycle.iterations;
    const sample = samples.take(cycle.theta);
    const quotient = (best.at.loss - sample.at.loss) / (best.at.loss - cycle.loss);
    if (quotient > good) radius *= 2;
    else if (quotient < poor) radius /= 2;
    if (sample.at.loss < best.at.loss) best = sample;
    // What comes to its end before is the same with fewer.
    if (samples.all.length <= fewer) earlier = best.theta;
    yield { step, sample };
  }
  const beside = system.train(onModel(samples, best, share, radius).theta);
  return { step, theta: best.theta, earlier, beside, losses: null };
}

/** L-BFGS from a sample on the model around it, within a radius; the loss is the model's. */
function onModel(samples: Samples, from: RatedSample, steps: number, radius: number) {
  const model = samples.modelNear(from.theta);
  const expected = (theta: Float64Array) => samples.expected(model, theta);
  const minimizer = lbfgsMinimizer(from.theta, { steps });
  let reached = { theta: from.theta, iterations: 0 };
  for (let next = minimizer.next(); !next.done; ) {
    const event = next.value;
    if (event.kind === 'iterate') {
      const { theta, iteration, at } = event;
      const change = samples.change(theta, from.theta);
      reached = { theta: change > radius ? between(from.theta, theta, radius / change) : theta, iterations: iteration };
      if (change > radius) break;
      next = minimizer.next(at);
    } else next = minimizer.next(expected(event.theta));
  }
  return { ...reached, loss: expected(reached.theta).loss };
}
