import type { Regime } from './regime.ts';

/**
 * A fitted number; the uncertainty is twice what the two halves of the fitted part differ by, or the scatter if larger.
 */
export interface Estimate {
  readonly value: number;
  readonly uncertainty: number;
}

/** How a loss curve ends. */
export interface Decay {
  /** What the curve itself looks like. */
  readonly regime: Regime;
  /** Terminal −d ln L/dt: over the last third of the time. */
  readonly rate: Estimate;
  /** α of L ∝ (t + t₀)^−α; null where the loss falls exponentially or not at all. */
  readonly exponent: Estimate | null;
}

interface LossRecord {
  readonly t: number;
  readonly loss: number;
}

type Point = readonly [x: number, y: number];

/** Losses below this share of the first are rounding, where nothing else is known. */
const rounding = 1e-24;
/** The fitted part of the time begins here, as a share of its end. */
const tail = 1 / 3;
/** Fewer records than this have no two halves. */
const fewest = 8;
/** Where a loss falls by more than this over the fitted part, in e-folds, it is no power law: t^−5 falls by 5 ln 3. */
const steep = 5.5;
/** Where a loss falls by less than this over the fitted part, in e-folds, it stays. */
const still = 0.01;

/**
 * Fits the end of a loss curve: the last two thirds of the time up to where losses are rounding.
 *
 * The rate k between two records is constant for an exponential, and for L ∝ (t + t₀)^−α its inverse is (t + t₀)/α: the
 * exponent is one over a slope, whatever t₀ is. d ln k/d ln t tells regimes apart: 0 for an exponential, −1 for a power
 * law, below where the loss ends above 0.
 *
 * @param times - ascending, the clock of the run. @param losses - L at each of them, positive.
 * @param least - losses below this share of the first are rounding, or what an integrator's tolerance leaves.
 * @returns null where there are fewer than eight records to fit.
 */
export function fitDecay(times: ArrayLike<number>, losses: ArrayLike<number>, least = rounding): Decay | null {
  const records = tailOf(times, losses, least);
  if (records.length < fewest) return null;
  const rate = lateSlope(records.map(({ t, loss }) => [t, -Math.log(loss)]));
  const rates = localRates(records);
  const fallen = Math.log(records[0].loss / records[records.length - 1].loss);
  if (fallen < still || rates.length < fewest - 1) return { regime: 'stagnant', rate, exponent: null };
  const steepness = slope(rates.map(([t, k]) => [Math.log(t), Math.log(k)]));
  if (steepness > -0.5 || (steepness >= -1.5 && fallen > steep)) return { regime: 'exponential', rate, exponent: null };
  if (steepness < -1.5) return { regime: 'stagnant', rate, exponent: null };
  const inverse = lateSlope(rates.map(([t, k]) => [t, 1 / k]));
  const exponent = { value: 1 / inverse.value, uncertainty: inverse.uncertainty / inverse.value ** 2 };
  return { regime: 'sublinear', rate, exponent };
}

function tailOf(times: ArrayLike<number>, losses: ArrayLike<number>, least: number): LossRecord[] {
  const records = Array.from(times, (t, i) => ({ t, loss: losses[i] }));
  const end = records.findIndex(({ loss }) => !(loss > least * records[0].loss));
  const seen = end < 0 ? records : records.slice(0, end);
  const last = seen[seen.length - 1]?.t ?? 0;
  return seen.filter(({ t }) => t > 0 && t >= tail * last);
}

/** (t, −Δln L/Δt) between neighbouring records, where the loss falls. */
function localRates(records: readonly LossRecord[]): Point[] {
  return records.slice(1).flatMap(({ t, loss }, i): Point[] => {
    const before = records[i];
    const k = Math.log(before.loss / loss) / (t - before.t);
    return k > 0 ? [[(t + before.t) / 2, k]] : [];
  });
}

/**
 * Slope of the later half of some points. The halves lie about 1/2 and 5/6 of the end, so that a correction that falls
 * as 1/t, as the logarithm in You et al.'s closed form makes it, is still off by 3/2 of their difference; one that
 * falls faster by less.
 */
function lateSlope(points: readonly Point[]): Estimate {
  const middle = (points[0][0] + points[points.length - 1][0]) / 2;
  const split = Math.min(
    points.length - 3,
    points.findIndex(([x]) => x >= middle),
  );
  const [early, late] = [points.slice(0, split + 1), points.slice(split)];
  const value = slope(late);
  const drift = early.length < 3 ? 0 : 2 * Math.abs(value - slope(early));
  return { value, uncertainty: Math.max(drift, scatter(late)) };
}

/** Least-squares slope. */
function slope(points: readonly Point[]): number {
  const { sxx, sxy } = moments(points);
  return sxy / sxx;
}

/** Standard error of the slope. */
function scatter(points: readonly Point[]): number {
  const { sxx, sxy, syy } = moments(points);
  const left = Math.max(0, syy - sxy ** 2 / sxx);
  return Math.sqrt(left / ((points.length - 2) * sxx));
}

function moments(points: readonly Point[]) {
  const mean = (axis: 0 | 1) => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  const [mx, my] = [mean(0), mean(1)];
  let [sxx, sxy, syy] = [0, 0, 0];
  for (const [x, y] of points) {
    sxx += (x - mx) ** 2;
    sxy += (x - mx) * (y - my);
    syy += (y - my) ** 2;
  }
  return { sxx, sxy, syy };
}
