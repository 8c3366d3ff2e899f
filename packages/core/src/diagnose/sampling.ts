/** Labels and outputs on the same points, points × outputs. */
interface Rows {
  readonly labels: readonly number[];
  readonly outputs: number;
}

/** Points below which their spread is too uncertain: of nine in ten intervals eight held at 5 to 10 points (docs/verdicts.md). */
const fewestTestPoints = 10;

/**
 * 1 − R² as a mean over points: Σ_o (y_o − f_o)²/(O·var_o) of each point, var_o the variance of the labels of output o on
 * these points; of several networks their mean. The second is what the same labels add to a coefficient: the variance in its
 * denominator is one of these points, too.
 */
function contributions({ labels, outputs }: Rows, runs: readonly (readonly number[])[]) {
  const points = labels.length / outputs;
  const lost = new Float64Array(points);
  const around = new Float64Array(points);
  for (let o = 0; o < outputs; o++) {
    let mean = 0;
    for (let i = o; i < labels.length; i += outputs) mean += labels[i] / points;
    let variance = 0;
    for (let i = o; i < labels.length; i += outputs) variance += (labels[i] - mean) ** 2 / points;
    // As R² has it: rounding of a mean is no variance.
    if (labels.every((value, i) => i % outputs !== o || value === labels[o])) return undefined;
    const left = new Float64Array(points);
    for (const run of runs)
      for (let i = 0; i < points; i++)
        left[i] += (labels[i * outputs + o] - run[i * outputs + o]) ** 2 / (variance * runs.length);
    const share = left.reduce((sum, value) => sum + value, 0) / points;
    for (let i = 0; i < points; i++) {
      lost[i] += left[i] / outputs;
      around[i] += (share * (labels[i * outputs + o] - mean) ** 2) / (variance * outputs);
    }
  }
  return { lost, around };
}

/**
 * Standard error of R² on points drawn as these were, for networks that stay what they are: the deviation of a point's part in it
 * (the influence function of 1 − Σ(y − f)²/Σ(y − ȳ)²) over √n. Null for fewer than ten points, or where labels of an output are all the same.
 *
 * @param labels - points × outputs.
 * @param runs - outputs of each network, points × outputs; R² is their mean.
 */
export function r2Error(rows: Rows, runs: readonly (readonly number[])[]): number | null {
  const found = contributions(rows, runs);
  return found ? errorOf(found.lost.map((value, i) => value - found.around[i])) : null;
}

/** The same of the difference of R² between networks and one other model on the same points, point by point. */
export function r2DifferenceError(
  rows: Rows,
  runs: readonly (readonly number[])[],
  other: readonly number[],
): number | null {
  const [own, beside] = [contributions(rows, runs), contributions(rows, [other])];
  if (!own || !beside) return null;
  return errorOf(own.lost.map((value, i) => value - own.around[i] - (beside.lost[i] - beside.around[i])));
}

/** Null for too few. */
const errorOf = (values: Float64Array): number | null =>
  values.length < fewestTestPoints ? null : standardError([...values]);

/** That of the values' mean: their deviation, with n − 1, over √n; 0 of a single one. */
export function standardError(values: readonly number[]): number {
  const n = values.length;
  if (n < 2) return 0;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / ((n - 1) * n));
}

/** Of a normal distribution, nine in ten lie within so many deviations to both sides, nineteen in twenty below. */
export const normalNineInTen = 1.645;

/**
 * Student's t within which nine in ten lie, two-sided, by the expansion in the inverse of the degrees of freedom (Abramowitz and
 * Stegun 1964, 26.7.5): to 10⁻⁵ from nine degrees on.
 */
export function nineInTen(degrees: number): number {
  const z = 1.6448536269514722;
  const terms = [
    z,
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
    (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92160,
  ];
  return terms.reduce((sum, term, k) => sum + term / degrees ** k, 0);
}
