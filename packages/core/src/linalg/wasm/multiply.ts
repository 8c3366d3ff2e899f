import { transposed, whole, workspace } from './memory.ts';
import { addProduct } from './product.ts';

/** Numbers of an operand that are brought into memory at once: 32 MiB. */
const atOnce = 2 ** 22;

/** Whether a product, m × k by k × n, gains from being taken out of the arrays it stands in and put back. */
export const worthMoving = (m: number, k: number, n: number): boolean => Math.min(m, k, n) >= 8 && m * k * n >= 2 ** 14;

/** A·B for A (m×k) and B (k×n), or A·Bᵀ where B is n×k; with `symmetric` the product is known to be so. */
export function multiplyRows(
  a: Float64Array,
  b: Float64Array,
  { m, k, n }: { m: number; k: number; n: number },
  { byTranspose = false, symmetric = false } = {},
): Float64Array {
  const slab = Math.min(m, Math.max(1, Math.floor(atOnce / k)));
  const space = workspace([[slab, k], byTranspose ? [n, k] : [k, n], [slab, n]]);
  const [left, right, result] = space.matrices;
  right.numbers.set(b);
  const out = new Float64Array(m * n);
  for (let first = 0; first < m; first += slab) {
    const rows = Math.min(slab, m - first);
    left.numbers.set(a.subarray(first * k, (first + rows) * k));
    result.numbers.fill(0);
    // Columns beyond the slab's last row are above the diagonal.
    const columns = symmetric ? Math.min(n, first + rows) : n;
    const operand = byTranspose ? transposed(whole(right)) : whole(right);
    addProduct(space, { m: rows, k, n: columns }, whole(left), operand, whole(result), {
      lower: symmetric && first === 0,
    });
    out.set(result.numbers.subarray(0, rows * n), first * n);
  }
  if (symmetric) mirror(out, n);
  return out;
}

/** Aᵀ·B for A (k×m) and B (k×n); with `symmetric` B is A. */
export function multiplyColumns(
  a: Float64Array,
  b: Float64Array,
  { m, k, n }: { m: number; k: number; n: number },
  symmetric = false,
): Float64Array {
  const slab = Math.min(k, Math.max(1, Math.floor(atOnce / Math.max(m, n))));
  const space = workspace([
    [slab, m],
    [symmetric ? 0 : slab, n],
    [m, n],
  ]);
  const [left, other, result] = space.matrices;
  result.numbers.fill(0);
  for (let first = 0; first < k; first += slab) {
    const rows = Math.min(slab, k - first);
    left.numbers.set(a.subarray(first * m, (first + rows) * m));
    if (!symmetric) other.numbers.set(b.subarray(first * n, (first + rows) * n));
    const right = symmetric ? left : other;
    addProduct(space, { m, k: rows, n }, transposed(whole(left)), whole(right), whole(result), { lower: symmetric });
  }
  const out = result.numbers.slice();
  if (symmetric) mirror(out, n);
  return out;
}

/** Writes the lower triangle to the upper one. */
function mirror(a: Float64Array, n: number): void {
  const tile = 32;
  for (let top = 0; top < n; top += tile)
    for (let left = 0; left <= top; left += tile)
      for (let i = top; i < Math.min(top + tile, n); i++)
        for (let j = left; j < Math.min(left + tile, i); j++) a[j * n + i] = a[i * n + j];
}
