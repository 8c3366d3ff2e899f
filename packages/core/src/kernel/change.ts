import { InputError } from '../errors.ts';
import { dot, gram, multiplyTransposed, norm, transposeGram, transposeMultiply } from '../linalg/matrix.ts';
import { checkFinite } from '../magnitude.ts';
import { counted } from '../wording.ts';
import type { Jacobian } from './jacobian.ts';

/** Rows of a kernel that are held at a time: one of thousands of rows would take more memory than the Jacobians. */
const slab = 512;

/**
 * ‖K_after − K_before‖/‖K_before‖ (Frobenius) of the kernels JJᵀ of the first m rows, by matrices of the smaller side; null
 * where K_before = 0.
 *
 * @param height - rows of these matrices that are held at a time.
 * @throws InputError where the two are not of one shape or have no m rows, or a derivative is not finite.
 */
export function kernelChange(before: Jacobian, after: Jacobian, m = before.rows, height = slab): number | null {
  const P = before.columns;
  for (const [where, { rows, columns, J }] of Object.entries({ before, after })) {
    if (columns !== P || J.length !== rows * P || !(m >= 0 && m <= rows))
      throw new InputError({
        where,
        found: `${rows} × ${columns} with ${counted(J.length, 'derivative')}`,
        expected: `a Jacobian of at least ${m} rows × ${P}`,
      });
    checkFinite(`${where}.J`, J);
  }
  const [a, b] = [before, after].map(({ J }) => J.subarray(0, m * P));
  return m <= P ? changeByRows(a, b, m, P, height) : changeByParameters(a, b, m, P, height);
}

/** Slab by slab of BBᵀ − AAᵀ, of which what is left of the diagonal stands for what is right of it. */
function changeByRows(a: Float64Array, b: Float64Array, m: number, P: number, height: number): number | null {
  const [changes, sizes]: number[][] = [[], []];
  for (let first = 0; first < m; first += height) {
    const rows = Math.min(height, m - first);
    const end = first + rows;
    const [before, after] = [a, b].map((J) =>
      rows === m
        ? gram(J, m, P)
        : multiplyTransposed(J.subarray(first * P, end * P), J.subarray(0, end * P), rows, P, end),
    );
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < end; j++) {
        const at = i * end + j;
        after[at] -= before[at];
        if (j >= first) continue;
        after[at] *= Math.SQRT2;
        before[at] *= Math.SQRT2;
      }
    changes.push(norm(after));
    sizes.push(norm(before));
  }
  return ratio(norm(Float64Array.from(changes)), norm(Float64Array.from(sizes)));
}

/**
 * With D = B − A the change BBᵀ − AAᵀ is DAᵀ + ADᵀ + DDᵀ; its norm takes products of P columns only and loses no digits. Slab by
 * slab of AᵀA, AᵀD, DᵀA and DᵀD.
 */
function changeByParameters(a: Float64Array, b: Float64Array, m: number, P: number, height: number): number | null {
  const d = b.map((value, i) => value - a[i]);
  const inner = (x: Float64Array, z: Float64Array) => dot(x, 0, z, 0, x.length);
  const sizes: number[] = [];
  let squared = 0;
  for (let first = 0; first < P; first += height) {
    const columns = Math.min(height, P - first);
    const whole = columns === P;
    const [aPart, dPart] = [a, d].map((J) => (whole ? J : columnsOf(J, m, P, first, columns)));
    const gramStart = whole ? transposeGram(a, m, P) : transposeMultiply(aPart, a, m, columns, P);
    const gramChange = whole ? transposeGram(d, m, P) : transposeMultiply(dPart, d, m, columns, P);
    const mixed = transposeMultiply(aPart, d, m, columns, P);
    const turned = transposeMultiply(dPart, a, m, columns, P);
    squared +=
      2 * inner(gramStart, gramChange) +
      2 * inner(mixed, turned) +
      4 * inner(mixed, gramChange) +
      inner(gramChange, gramChange);
    sizes.push(norm(gramStart));
  }
  return ratio(Math.sqrt(Math.max(0, squared)), norm(Float64Array.from(sizes)));
}

/** Some columns of an m × P matrix. */
function columnsOf(J: Float64Array, m: number, P: number, first: number, count: number): Float64Array {
  const out = new Float64Array(m * count);
  for (let i = 0; i < m; i++) out.set(J.subarray(i * P + first, i * P + first + count), i * count);
  return out;
}

function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}
