import { counted } from '../wording.ts';
import { descendingOrder } from './order.ts';
import { type EigenRows, eigenByQl } from './ql.ts';
import { eigenByDivision, valuesByReduction } from './wasm/eigen.ts';

/** Ways to the eigenvectors of the lower triangle in an n×n array, which they may overwrite, its largest entry near 1. */
export const eigenMethods = { ql: eigenByQl, division: eigenByDivision } as const;

/** Order from which on divide and conquer is faster. */
const worthDividing = 32;

/**
 * All eigenvalues, descending, and orthonormal eigenvectors of a real symmetric matrix.
 *
 * `vectors` is n×n, row-major; its column j belongs to values[j]. Errors are of the order of rounding times the
 * *largest* eigenvalue: of a kernel K = J·Jᵀ the small ones are better had from the SVD of J.
 *
 * Small matrices go by QL steps (ql.ts), larger ones by blocked reduction and divide and conquer (wasm/eigen.ts).
 *
 * @param a - n×n numbers, row-major; left as they are. Where a pair differs by rounding its mean is used.
 * @throws RangeError if the length is not n², at the first NaN or infinite entry, or at the first pair (i, j) that
 *   differs by more than 1e-8 of the largest entry.
 * @param method - one of `eigenMethods`; left out, the faster one.
 */
export function symmetricEigen(
  a: Float64Array,
  n: number,
  method: (work: Float64Array, n: number) => EigenRows = n < worthDividing ? eigenByQl : eigenByDivision,
): { values: Float64Array; vectors: Float64Array } {
  const unit = unitOf(a, n);
  const { values, rows } = method(symmetricMean(a, n, unit), n);
  const order = descendingOrder(values);
  return { values: Float64Array.from(order, (j) => values[j] * unit), vectors: columnsOf(rows, order) };
}

/** The eigenvalues alone, descending, for a third of the work. Throws as `symmetricEigen`. */
export function symmetricEigenvalues(a: Float64Array, n: number): Float64Array {
  if (n < worthDividing) return symmetricEigen(a, n).values;
  const unit = unitOf(a, n);
  const values = valuesByReduction(symmetricMean(a, n, unit), n);
  return Float64Array.from(descendingOrder(values), (j) => values[j] * unit);
}

/** The size of the largest entry as a power of two, so that scaling rounds nothing. Throws where the matrix is none, or not symmetric. */
function unitOf(a: Float64Array, n: number): number {
  const largest = largestEntry(a, n);
  requireSymmetric(a, n, largest);
  return largest === 0 ? 1 : 2 ** Math.floor(Math.log2(largest));
}

/** The matrix whose columns are the rows of another, in a given order. */
function columnsOf(rows: Float64Array, order: Uint32Array): Float64Array {
  const n = order.length;
  const columns = new Float64Array(n * n);
  // Strips of columns: a whole column would miss the cache at every step.
  const strip = 32;
  for (let first = 0; first < n; first += strip) {
    const end = Math.min(first + strip, n);
    for (let i = 0; i < n; i++) for (let j = first; j < end; j++) columns[i * n + j] = rows[order[j] * n + i];
  }
  return columns;
}

function largestEntry(a: Float64Array, n: number): number {
  if (a.length !== n * n) throw new RangeError(`A has ${counted(a.length, 'number')}, expected ${n}×${n} = ${n * n}`);
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const size = Math.abs(a[i]);
    if (!(size < Infinity))
      throw new RangeError(`A[${Math.floor(i / n)}, ${i % n}] is ${a[i]}, expected a finite number`);
    if (size > largest) largest = size;
  }
  return largest;
}

/** Differences of this share of the largest entry are rounding. */
const asymmetry = 1e-8;

/** The first pair of entries (i, j) and (j, i) of an n × n matrix that differ by more than rounding; undefined where none does. */
export function asymmetricPair(
  a: Float64Array,
  n: number,
  largest: number = largestEntry(a, n),
): { readonly i: number; readonly j: number; readonly below: number; readonly above: number } | undefined {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const below = a[i * n + j];
      const above = a[j * n + i];
      if (Math.abs(below - above) > asymmetry * largest) return { i, j, below, above };
    }
  }
  return undefined;
}

function requireSymmetric(a: Float64Array, n: number, largest: number): void {
  const pair = asymmetricPair(a, n, largest);
  if (!pair) return;
  const { i, j, below, above } = pair;
  throw new RangeError(`A is not symmetric: A[${i}, ${j}] is ${below}, A[${j}, ${i}] is ${above}`);
}

/** The symmetric part in the given unit, about the largest entry, so that no square overflows or vanishes. */
function symmetricMean(a: Float64Array, n: number, unit: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) out[i * n + j] = (a[i * n + j] / unit + a[j * n + i] / unit) / 2;
  return out;
}
