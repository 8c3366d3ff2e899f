import { symmetricEigen } from '../eigen.ts';
import { gram, normOfPart, transposeMultiply } from '../matrix.ts';

/** Rows that are rotated together differ in length by no more than this, which is what they may lose of their accuracy. */
const mostRatio = 256;

/** Fewer rows are not worth it. */
const leastRows = 16;

/**
 * Rotates neighbouring rows of y (n×n) that are of similar length by the eigenvectors of their Gram matrix, and rows of `others`
 * (n×n) alike: they become all but orthogonal, which spares a Jacobi iteration most of its rotations where all rows are of similar
 * length. A row keeps its relative accuracy to `mostRatio` times rounding.
 */
export function rotateNeighbours(y: Float64Array, others: Float64Array, n: number): void {
  const sizes = Float64Array.from({ length: n }, (_, j) => normOfPart(y, j * n, n));
  for (let first = 0; first < n; ) {
    const end = endOfWindow(sizes, first);
    if (end - first >= leastRows) {
      const [from, to, count] = [first * n, end * n, end - first];
      const { vectors } = symmetricEigen(gram(y.subarray(from, to), count, n), count);
      for (const rows of [y, others])
        rows.set(transposeMultiply(vectors, rows.subarray(from, to), count, count, n), from);
    }
    first = end;
  }
}

function endOfWindow(sizes: Float64Array, first: number): number {
  let least = sizes[first];
  let most = least;
  for (let end = first + 1; end < sizes.length; end++) {
    least = Math.min(least, sizes[end]);
    most = Math.max(most, sizes[end]);
    if (!(most <= mostRatio * least)) return end;
  }
  return sizes.length;
}
