/** φ(α) = L(θ + αd) at one α: its value, and φ′(α) = ∇L·d. */
export interface LinePoint {
  readonly step: number;
  readonly loss: number;
  readonly slope: number;
}

/** Constants of the strong Wolfe conditions; Nocedal and Wright's values for quasi-Newton directions. */
const decrease = 1e-4;
const curvature = 0.9;

/**
 * Differences of the loss below this, relative to the loss, are rounding. Sums over a few dozen points and a few
 * hundred gates are right to some 1e-15.
 */
const rounding = 1e-13;

/** Evaluations in one search; a good direction takes one or two. */
const mostEvaluations = 40;

/** The largest factor by which a step that is too short grows. */
const growth = 10;

/**
 * A step along a descent direction that satisfies the strong Wolfe conditions, by bracketing and zooming with cubic
 * interpolation (Nocedal and Wright 2006, Algorithms 3.5 and 3.6).
 *
 * Near the minimum the decrease of the loss drowns in rounding while its slope is still right to many digits. There
 * the approximate Wolfe condition of Hager and Zhang (2005), which needs the slope only, takes
 * the place of the first condition.
 *
 * A generator, so that what it passes on of `evaluate` reaches whoever drives it.
 *
 * @param start - the point at step 0, with a negative slope.
 * @param first - the step to try first.
 * @returns undefined where no step lowers the loss visibly.
 */
export function* lineSearch<Point extends LinePoint, Event, Answer>(
  evaluate: (step: number) => Generator<Event, Point, Answer>,
  start: Point,
  first: number,
): Generator<Event, Point | undefined, Answer> {
  const noise = rounding * Math.abs(start.loss);
  let left = mostEvaluations;
  function at(step: number): Generator<Event, Point, Answer> {
    left--;
    return evaluate(step);
  }
  const low = (point: LinePoint) =>
    point.loss <= start.loss + decrease * point.step * start.slope ||
    (point.loss <= start.loss + noise && point.slope <= (2 * decrease - 1) * start.slope);
  const accepted = (point: LinePoint) => low(point) && Math.abs(point.slope) <= -curvature * start.slope;

  /** Shrinks the interval between the best point and one that bounds it; either may be the left end. */
  function* zoom(from: Point, to: Point): Generator<Event, Point | undefined, Answer> {
    let best = from;
    let bound = to;
    while (left > 0) {
      const point = yield* at(between(best, bound));
      if (accepted(point)) return point;
      if (!low(point) || !(point.loss <= best.loss + noise)) bound = point;
      else {
        if (point.slope * (bound.step - best.step) >= 0) bound = best;
        best = point;
      }
    }
    return best.loss < start.loss ? best : undefined;
  }

  let previous = start;
  let point = yield* at(first);
  while (left > 0) {
    if (accepted(point)) return point;
    if (!low(point) || point.loss > previous.loss + noise) return yield* zoom(previous, point);
    if (point.slope >= 0) return yield* zoom(point, previous);
    const next = yield* at(beyond(previous, point));
    previous = point;
    point = next;
  }
  return previous.loss < start.loss ? previous : undefined;
}

/** A step strictly between two, at the minimum of the cubic through both where there is one. */
function between(a: LinePoint, b: LinePoint): number {
  const width = b.step - a.step;
  const share = (cubicMinimum(a, b) - a.step) / width;
  // A minimum close to an end is no use as a new end; NaN (a loss that is not finite) falls through to the middle.
  return a.step + width * (share > 0.1 && share < 0.9 ? share : 0.5);
}

/** A step beyond the last, at the minimum of the cubic through both where that is ahead. */
function beyond(previous: LinePoint, last: LinePoint): number {
  const step = cubicMinimum(previous, last);
  return step > 1.1 * last.step ? Math.min(step, growth * last.step) : 2 * last.step;
}

/** Where the cubic with these two values and slopes has its minimum; NaN where it has none. */
function cubicMinimum(a: LinePoint, b: LinePoint): number {
  const d1 = a.slope + b.slope - (3 * (a.loss - b.loss)) / (a.step - b.step);
  const d2 = Math.sign(b.step - a.step) * Math.sqrt(d1 * d1 - a.slope * b.slope);
  return b.step - ((b.step - a.step) * (b.slope + d2 - d1)) / (b.slope - a.slope + 2 * d2);
}
