import { norm } from '../linalg/matrix.ts';
import { allFinite, combined } from '../linalg/vector.ts';
import type { FirstOrderRule } from '../train/descend.ts';
import { type RatedSample, Samples } from './samples.ts';
import type { PathSystem } from './system.ts';

/**
 * When the model is renewed: where θ is further than a radius (rad, Euclidean) from every sample, and at the end where the model is
 * wrong there. Of at most so many samples the radius doubles whenever half of those that were left are taken: the end is reached
 * with what is left.
 */
export interface Renewals {
  readonly radius: number;
  readonly most?: number | undefined;
}

/** A sample on the path, at the step that the optimiser had come to. */
export interface Visit {
  readonly step: number;
  readonly sample: RatedSample;
}

/** Where a path ends. */
export interface End {
  readonly step: number;
  readonly theta: Float64Array;
  /** The end of the same path on three quarters of the samples, one less at least: of one sample where the path begins. */
  readonly earlier: Float64Array;
  /** As a forecast has it. */
  readonly beside: Float64Array | null;
  /** Training loss before each step and after the last, by the model of the network; null where it is not known. */
  readonly losses: Float64Array | null;
}

/** A training whose steps follow from gradients alone. */
export interface Stepwise {
  readonly rule: FirstOrderRule;
  readonly steps: number;
  /** Positions of a step's points among the training points; undefined where all are taken. */
  readonly rowsOf?: ((step: number) => Int32Array) | undefined;
}

/** Samples that a model of a step-by-step optimiser goes through. */
const through = 4;
/** |f − f̂| where a path may end, over what is left of the labels or what changed from the start, whichever is less. */
const rightAtEnd = 0.1;
/** Either counts as at least this share of the labels' deviation. */
const leastShare = 0.1;
/** Samples at an end where the model was wrong, at most. */
const mostAtEnd = 5;

/**
 * Samples that a path has at the least, its end the second: where the start is close to a maximum of the loss, the model through it
 * alone has a minimum there, which the network has not.
 */
const fewest = 2;

/** The radius that spends about twenty Jacobians on some hundred steps (docs/forecast.md), radians. */
export const usualRadius = 0.3;

/** Where an optimiser is on its path, with what it remembers. */
interface Place {
  readonly step: number;
  readonly theta: Float64Array;
  readonly state: unknown;
}

/** A place from which the optimiser may run again, and how many samples its model went through when it came there. */
interface Mark extends Place {
  readonly known: number;
}

/**
 * An optimiser's own path on a model of the network. Where a new sample is due, the model is renewed, and the optimiser goes
 * back to where it was renewed before and runs again to the same step. The model has to be right where the path ends; else the
 * network is sampled there, and the last stretch is run again.
 */
export function* replay(system: PathSystem, training: Stepwise, renewals: Renewals): Generator<Visit, End> {
  const { steps, rule } = training;
  const samples = new Samples(system, through);
  const { most = Infinity } = renewals;
  const isFull = () => samples.all.length >= most;
  const isDue = ({ theta }: Place) => !isFull() && samples.distance(theta) > radiusAfter(samples.all.length, renewals);
  const isRightAt = ({ theta }: Place) =>
    samples.all.length >= fewest && samples.wrongAt(theta, leastShare) <= rightAtEnd;
  yield { step: 0, sample: samples.take(system.theta0) };
  const marks: Mark[] = [{ step: 0, theta: system.theta0, state: rule.start(system.theta0.length), known: 1 }];
  // What runs again after a renewal writes over what it ran before.
  const losses = new Float64Array(steps + 1);
  let atEnd = 0;
  for (;;) {
    const mark = marks[marks.length - 1];
    const until = (at: Place) => at.step > mark.step && isDue(at);
    const place = advance(system, training, samples, { from: mark, until, losses });
    const known = samples.all.length;
    if (place.step < steps) {
      yield { step: place.step, sample: samples.take(place.theta, samples.modelNear(place.theta)) };
      const back = { from: mark, until: ({ step }: Place) => step === place.step, losses };
      marks.push({ ...advance(system, training, samples, back), known: known + 1 });
    } else if (!isFull() && atEnd < mostAtEnd && !isRightAt(place)) {
      atEnd++;
      yield { step: place.step, sample: samples.take(place.theta, samples.modelNear(place.theta)) };
    } else {
      const earlier = withFewer(system, training, samples, marks);
      const model = samples.modelNear(place.theta);
      // Where renewals have been further apart than usual the model may be wrong between them and at the end.
      const isSparse = radiusAfter(samples.all.length, renewals) > usualRadius;
      const beside = isSparse ? model.at(place.theta).f : null;
      if (training.rowsOf) return { ...place, earlier, beside, losses: null };
      losses[steps] = samples.expected(model, place.theta).loss;
      return { ...place, earlier, beside, losses };
    }
  }
}

/** The radius where so many samples have been taken. */
function radiusAfter(taken: number, { radius, most }: Renewals): number {
  return most === undefined ? radius : radius * 2 ** Math.floor(Math.log2(most / (most - taken)));
}

function withFewer(system: PathSystem, training: Stepwise, samples: Samples, marks: readonly Mark[]): Float64Array {
  const all = samples.all.length;
  const count = Math.min(all - 1, Math.ceil((3 * all) / 4));
  const from = marks.filter(({ known }) => known <= count).pop();
  return from ? advance(system, training, samples, { from, until: () => false, count }).theta : system.theta0;
}

interface Leg {
  readonly from: Place;
  readonly until: (place: Place) => boolean;
  /** The model goes through the first so many samples; all where left out. */
  readonly count?: number;
  /** Takes the loss before each step, that of its minibatch where there are some. */
  readonly losses?: Float64Array;
}

/** Runs the optimiser on the model until it is to stop or its steps are made. */
function advance(
  { y, points }: PathSystem,
  { rule, steps, rowsOf }: Stepwise,
  samples: Samples,
  { from, until, count, losses }: Leg,
): Place {
  let place = from;
  while (place.step < steps && !until(place)) {
    const model = samples.modelNear(place.theta, count);
    const chosen = rowsOf?.(place.step);
    const { loss, gradient } = samples.expected(model, place.theta, chosen && weightsOf(chosen, points, y.length));
    if (losses) losses[place.step] = loss;
    const atTheEnd = () => {
      losses?.fill(loss, place.step);
      return { ...place, step: steps };
    };
    // A gradient of 0 leaves an optimiser where it is, as in training.
    if (!chosen && norm(gradient) === 0) return atTheEnd();
    const { change, state } = rule.move(place.state, gradient);
    const theta = combined(place.theta, 1, change);
    // A rate far above the stable ones leaves all numbers behind: the end is the last place that has some.
    if (!allFinite(theta)) return atTheEnd();
    place = { step: place.step + 1, theta, state };
  }
  return place;
}

/** What each row counts in the loss of a minibatch: its points stand for all. */
function weightsOf(chosen: Int32Array, points: number, rows: number): Float64Array {
  const outputs = rows / points;
  const weights = new Float64Array(rows);
  for (const point of chosen) weights.fill(points / chosen.length, point * outputs, (point + 1) * outputs);
  return weights;
}
