import { logSpaced } from '../linalg/log-spaced.ts';
import { multiply, transposeMultiply } from '../linalg/matrix.ts';

/**
 * A kernel matrix K = U diag(values) Uᵀ of m training points: the r orthonormal columns of U are m × r, row-major, and
 * what lies outside their span is the null space of K.
 */
export interface KernelModes {
  readonly points: number;
  readonly values: Float64Array;
  readonly columns: Float64Array;
}

/** Kernel ridge regression f(x) = Σᵢ k(x, xᵢ) αᵢ + b, a column of α and a b for each output. */
export interface KernelRidge {
  /** m × outputs. */
  readonly alpha: Float64Array;
  readonly intercept: Float64Array;
  /** The regularisation λ that was chosen. */
  readonly ridge: number;
  /** Mean over points and outputs of the squared error on a point that was left out. */
  readonly leaveOneOutMse: number;
}

/** The regularisations tried, in units of the mean eigenvalue of K. */
const tried = logSpaced(1e-6, 1e3, 28);

/** Kernel ridge regression whose λ has the least error of leave-one-out. */
export function fitKernelRidge(modes: KernelModes, y: Float64Array, outputs: number): KernelRidge {
  const trace = modes.values.reduce((sum, value) => sum + value, 0);
  const unit = trace > 0 ? trace / modes.points : 1;
  const fits = kernelRidges(
    modes,
    y,
    outputs,
    Array.from(tried, (share) => share * unit),
  );
  return fits.reduce((best, fit) => (fit.leaveOneOutMse < best.leaveOneOutMse ? fit : best));
}

/**
 * Kernel ridge regression with an intercept that is not penalised, for each λ.
 *
 * With G = K + λ, a = G⁻¹1 and B = G⁻¹ − aaᵀ/1ᵀa the coefficients are α = By, and the error on a point left out of the
 * fit is αᵢ/Bᵢᵢ exactly, without fitting again (for ridge regression: Allen 1974).
 *
 * @param y - labels, m × outputs; m at least 2.
 */
export function kernelRidges(
  modes: KernelModes,
  y: Float64Array,
  outputs: number,
  ridges: readonly number[],
): KernelRidge[] {
  const { points, values, columns } = modes;
  const rank = values.length;
  const width = outputs + 1;
  // The column of ones behind the labels.
  const Y = Float64Array.from({ length: points * width }, (_, i) =>
    i % width < outputs ? y[Math.floor(i / width) * outputs + (i % width)] : 1,
  );
  const inModes = transposeMultiply(columns, Y, points, rank, width);
  const weight = (k: number, ridge: number) => 1 / (values[k] + ridge) - 1 / ridge;
  // All λ side by side, so that each sum over modes is one product of matrices.
  const solved = multiply(
    columns,
    sideBySide(rank, width, ridges, (k, o, ridge) => weight(k, ridge) * inModes[k * width + o]),
    points,
    rank,
    width * ridges.length,
  );
  const squares = columns.map((value) => value * value);
  const diagonals = multiply(
    squares,
    sideBySide(rank, 1, ridges, (k, _, ridge) => weight(k, ridge)),
    points,
    rank,
    ridges.length,
  );
  return ridges.map((ridge, r) => {
    const inverse = (i: number, o: number) => solved[(i * ridges.length + r) * width + o] + Y[i * width + o] / ridge;
    const diagonal = (i: number) => diagonals[i * ridges.length + r] + 1 / ridge;
    return ridgeOf(points, outputs, ridge, inverse, diagonal);
  });
}

/** A matrix of `rows` rows, in each of them for every λ a block of `width` numbers. */
function sideBySide(
  rows: number,
  width: number,
  ridges: readonly number[],
  at: (row: number, column: number, ridge: number) => number,
): Float64Array {
  const out = new Float64Array(rows * width * ridges.length);
  for (let k = 0, i = 0; k < rows; k++)
    for (const ridge of ridges) for (let o = 0; o < width; o++, i++) out[i] = at(k, o, ridge);
  return out;
}

/**
 * @param inverse - G⁻¹ times the labels of output o, and, for o = outputs, times 1.
 * @param diagonal - of G⁻¹.
 */
function ridgeOf(
  points: number,
  outputs: number,
  ridge: number,
  inverse: (point: number, output: number) => number,
  diagonal: (point: number) => number,
): KernelRidge {
  const intercept = new Float64Array(outputs);
  let total = 0;
  for (let i = 0; i < points; i++) {
    total += inverse(i, outputs);
    for (let o = 0; o < outputs; o++) intercept[o] += inverse(i, o);
  }
  for (let o = 0; o < outputs; o++) intercept[o] /= total;
  const alpha = new Float64Array(points * outputs);
  let sum = 0;
  for (let i = 0; i < points; i++) {
    const a = inverse(i, outputs);
    const leftOut = diagonal(i) - (a * a) / total;
    for (let o = 0; o < outputs; o++) {
      alpha[i * outputs + o] = inverse(i, o) - a * intercept[o];
      sum += (alpha[i * outputs + o] / leftOut) ** 2;
    }
  }
  return { alpha, intercept, ridge, leaveOneOutMse: sum / (points * outputs) };
}

/** Outputs on points whose kernel with the training points is given, n × m: n × outputs. */
export function predictKernelRidge({ alpha, intercept }: KernelRidge, kernel: Float64Array, n: number): Float64Array {
  const outputs = intercept.length;
  const f = multiply(kernel, alpha, n, alpha.length / outputs, outputs);
  return f.map((value, i) => value + intercept[i % outputs]);
}
