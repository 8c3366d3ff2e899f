import { InputError } from '../errors.ts';
import { asymmetricPair, symmetricEigen } from '../linalg/eigen.ts';
import { svd } from '../linalg/svd.ts';
import { type TruncatedSvd, truncatedSvd } from '../linalg/wasm/gram-svd.ts';
import { checkFinite } from '../magnitude.ts';
import { counted } from '../wording.ts';

/**
 * Eigenvalues and modes of a tangent kernel K = JJᵀ (m × m). The last index of `modes` counts the k retained modes:
 * those above the cut-off. What is below is rounding, or a true null space, and never learned.
 */
export interface Spectrum {
  /** Eigenvalues λ, descending; min(m, P) of them where a Jacobian was given (K's others are exactly 0). */
  readonly values: Float64Array;
  /** Number of rows m of K. */
  readonly order: number;
  /** Number of eigenvalues above the cut-off. */
  readonly rank: number;
  readonly cutoff: number;
  /** λmax/λmin, null where the kernel is singular. */
  readonly kappa: number | null;
  /** Why κ is null. */
  readonly kappaReason?: string;
  /** Eigenvectors of the retained eigenvalues, m × rank. */
  readonly modes: Float64Array;
  /** Right singular vectors of the retained ones, P × rank; only where a Jacobian was given. */
  readonly directions?: Float64Array;
}

/**
 * Spectrum from the singular values of J (rows × P): λ = σ².
 *
 * The cut-off is σ = max(rows, P)·ε·σmax, where the rounding of J itself lies, so that κ is resolved to about 10³⁰;
 * eigenvalues of the formed JJᵀ would stop at 10¹⁵.
 *
 * @throws InputError where J is not rows × columns, or not finite.
 */
export function spectrumOfJacobian(J: Float64Array, rows: number, columns: number): Spectrum {
  checkMatrix('J', J, rows, columns);
  const share = Math.max(rows, columns) * Number.EPSILON;
  const large = Math.min(rows, columns) >= worthPreconditioning;
  const { s, rank, u, v } = (large && truncatedSvd(J, rows, columns, share)) || fullSvd(J, rows, columns, share);
  const values = s.map((sigma) => sigma * sigma);
  return {
    values,
    order: rows,
    rank,
    cutoff: (share * (s[0] ?? 0)) ** 2,
    ...condition(values, rank, rows, columns),
    modes: u,
    directions: v,
  };
}

/** Shorter side from which on the Gram matrix's eigenvectors spare more rotations than they cost. */
const worthPreconditioning = 32;

/** Every singular value to its own digits. */
function fullSvd(J: Float64Array, rows: number, columns: number, share: number): TruncatedSvd {
  const { u, s, v } = svd(J, rows, columns);
  const k = s.length;
  const cutoff = share * (s[0] ?? 0);
  const rank = countAbove(s, cutoff);
  return { s, rank, u: firstColumns(u, rows, k, rank), v: firstColumns(v, columns, k, rank) };
}

/**
 * Spectrum of a kernel given as a matrix: eigenvalues below m·ε·λmax cannot be told from 0, which is 10¹⁵ times coarser
 * than what a Jacobian allows.
 *
 * @throws InputError where K is not order × order, not finite or not symmetric.
 */
export function spectrumOfKernel(K: Float64Array, order: number): Spectrum {
  checkMatrix('K', K, order, order);
  checkSymmetric(K, order);
  const { values, vectors } = symmetricEigen(K, order);
  const cutoff = order * Number.EPSILON * Math.max(values[0] ?? 0, 0);
  const rank = countAbove(values, cutoff);
  return {
    values,
    order,
    rank,
    cutoff,
    ...condition(values, rank, order, order),
    modes: firstColumns(vectors, order, order, rank),
  };
}

function checkMatrix(where: string, matrix: Float64Array, rows: number, columns: number): void {
  if (matrix.length !== rows * columns)
    throw new InputError({ where, found: counted(matrix.length, 'number'), expected: `${rows} × ${columns}` });
  checkFinite(where, matrix);
}

function checkSymmetric(K: Float64Array, order: number): void {
  const pair = asymmetricPair(K, order);
  if (!pair) return;
  const { i, j, below, above } = pair;
  throw new InputError({
    where: `K[${i}, ${j}]`,
    found: `${below}, and ${above} at [${j}, ${i}]`,
    expected: 'a symmetric kernel',
  });
}

function countAbove(values: Float64Array, cutoff: number): number {
  const below = values.findIndex((value) => !(value > cutoff));
  return below < 0 ? values.length : below;
}

function condition(
  values: Float64Array,
  rank: number,
  rows: number,
  columns: number,
): { kappa: number } | { kappa: null; kappaReason: string } {
  if (rows === 0) return { kappa: null, kappaReason: 'there are no outputs' };
  if (rank === rows) return { kappa: values[0] / values[rows - 1] };
  const singular = `the kernel has rank ${rank} of ${rows}, so that λmin is 0`;
  if (rank === 0) return { kappa: null, kappaReason: `${singular}: the Jacobian is 0` };
  if (columns < rows) {
    const fewer = `fewer parameters (${columns}) than outputs`;
    const dependent = rank < columns ? ', and these are not independent' : '';
    return { kappa: null, kappaReason: `${singular}: ${fewer}${dependent}` };
  }
  return { kappa: null, kappaReason: singular };
}

function firstColumns(matrix: Float64Array, rows: number, columns: number, count: number): Float64Array {
  const result = new Float64Array(rows * count);
  for (let i = 0; i < rows; i++) result.set(matrix.subarray(i * columns, i * columns + count), i * count);
  return result;
}
