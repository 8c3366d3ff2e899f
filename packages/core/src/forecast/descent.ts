import { between } from '../linalg/vector.ts';
import { type CurvaturePair, lbfgsMinimizer, remembered } from '../optimize/lbfgs.ts';
import type { MinimizerEvent } from '../optimize/objective.ts';
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

/** Jacobians that a path takes at most, where nobody asks for another number. */
const usual = 24;
/**
 * So many of them are real training: there it is decided which minimum is gone to. Models take fifteen, though, before any is, and
 * five eighths at the least; the start is both.
 */
const realOf = (jacobians: number) => Math.max(1, Math.min(jacobians - 15, Math.ceil((3 * jacobians) / 8)));

/** Where L-BFGS is, with what it remembers. */
interface Place {
  readonly step: number;
  /** The sample of the least loss so far. */
  readonly best: RatedSample;
  readonly pairs: readonly CurvaturePair[];
}

/**
 * L-BFGS, on the network first and then on models of it: from the best sample it runs with its memory on the model through the nearest
 * ones until a parameter has changed by the radius or its share of the steps is made; there the network is sampled. The radius follows
 * the quotient of true and promised decrease (Conn, Gould and Toint 2000, Algorithm 6.1.1).
 *
 * A step is an iteration, on the network or on a model. The path is that of the best samples.
 *
 * @param jacobians - at least 2.
 */
export function* descent(system: PathSystem, steps: number, jacobians = usual): Generator<Visit, End> {
  const samples = new Samples(system, through);
  const fewer = Math.min(Math.ceil((3 * jacobians) / 4), jacobians - 1);
  const begun = yield* onNetwork(samples, system.theta0, { steps, most: realOf(jacobians) });
  let { step, best, pairs } = begun;
  // On models alone what is remembered of one is no help on the next.
  const remembers = pairs.length > 0;
  let earlier = best.theta;
  if (begun.ended) return { step, theta: best.theta, earlier, beside: best.f, losses: null };
  const share = Math.ceil((steps - step) / (jacobians - samples.all.length));
  let radius = firstRadius;
  while (samples.all.length < jacobians && step < steps && radius > leastRadius) {
    const cycle = onModel(samples, { best, pairs }, Math.min(share, steps - step), radius);
    if (cycle.iterations === 0 || !(cycle.loss < best.at.loss)) break;
    step += cycle.iterations;
    const sample = samples.take(cycle.theta, cycle.model);
    const quotient = (best.at.loss - sample.at.loss) / (best.at.loss - cycle.loss);
    if (quotient > good) radius *= 2;
    else if (quotient < poor) radius /= 2;
    if (sample.at.loss < best.at.loss) ({ best, pairs } = { best: sample, pairs: remembers ? cycle.pairs : [] });
    // What comes to its end before is the same with fewer.
    if (samples.all.length <= fewer) earlier = best.theta;
    yield { step, sample };
  }
  const beside = system.train(onModel(samples, { best, pairs }, share, radius).theta);
  return { step, theta: best.theta, earlier, beside, losses: null };
}

/** The training itself, until its end or until so many Jacobians are spent: of one output they are its gradients. */
function* onNetwork(
  samples: Samples,
  theta0: Float64Array,
  { steps, most }: { readonly steps: number; readonly most: number },
): Generator<Visit, Place & { readonly ended: boolean }> {
  const minimizer = lbfgsMinimizer(theta0, { steps });
  let best: RatedSample | undefined;
  let way: Way = { iterations: 0, pairs: [] };
  let next = minimizer.next();
  while (!next.done) {
    const event = next.value;
    if (event.kind === 'iterate') {
      way = further(way, event);
      next = minimizer.next(event.at);
    } else if (samples.all.length === most) break;
    else {
      const sample = samples.keep(samples.measured(event.theta));
      const step = best ? event.iteration + 1 : 0;
      if (!best || sample.at.loss < best.at.loss) best = sample;
      yield { step, sample };
      next = minimizer.next(sample.at);
    }
  }
  return { step: way.iterations, best: best as RatedSample, pairs: way.pairs, ended: next.done === true };
}

/** L-BFGS from a sample on the model around it, within a radius; the loss is the model's. */
function onModel(samples: Samples, { best, pairs }: Omit<Place, 'step'>, steps: number, radius: number) {
  const model = samples.modelNear(best.theta);
  const expected = (theta: Float64Array) => samples.expected(model, theta);
  const minimizer = lbfgsMinimizer(best.theta, { steps, pairs });
  let way: Way = { iterations: 0, pairs };
  let reached = { theta: best.theta, loss: best.at.loss };
  for (let next = minimizer.next(); !next.done; ) {
    const event = next.value;
    if (event.kind === 'iterate') {
      way = further(way, event);
      const change = samples.change(event.theta, best.theta);
      if (change > radius) {
        const theta = between(best.theta, event.theta, radius / change);
        reached = { theta, loss: expected(theta).loss };
        break;
      }
      reached = { theta: event.theta, loss: event.at.loss };
      next = minimizer.next(event.at);
    } else next = minimizer.next(expected(event.theta));
  }
  return { ...way, ...reached, model };
}

/** What L-BFGS has done: its iterations, the last of them and the pairs that it remembers of them. */
interface Way {
  readonly iterations: number;
  readonly pairs: readonly CurvaturePair[];
  readonly last?: Iterate;
}

type Iterate = Extract<MinimizerEvent, { kind: 'iterate' }>;

function further({ pairs, last }: Way, event: Iterate): Way {
  const placeOf = ({ theta, at }: Iterate) => ({ theta, ...at });
  return {
    iterations: event.iteration,
    pairs: last ? remembered(pairs, placeOf(last), placeOf(event)) : pairs,
    last: event,
  };
}
