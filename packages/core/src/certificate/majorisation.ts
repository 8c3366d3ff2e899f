import { descendingOrder } from '../linalg/order.ts';

/**
 * The convex hull of the rearrangements of a vector λ: all that λ majorises (Hardy, Littlewood, Pólya). Eigenvalues of
 * the convex hull of {UΛU†} are just these.
 */

/**
 * The point of the hull nearest to z: z less the nonincreasing sequence nearest to sort(z) − λ, which pooling of adjacent
 * violators finds (Lim and Wright 2016).
 *
 * @param eigenvalues λ, descending, as many as z has numbers.
 */
export function nearestMajorised(z: Float64Array, eigenvalues: Float64Array): Float64Array {
  const order = descendingOrder(z);
  const means: number[] = [];
  const counts: number[] = [];
  order.forEach((at, k) => {
    let mean = z[at] - eigenvalues[k];
    let count = 1;
    while (means.length > 0 && means[means.length - 1] <= mean) {
      const before = counts.pop() as number;
      mean = ((means.pop() as number) * before + mean * count) / (before + count);
      count += before;
    }
    means.push(mean);
    counts.push(count);
  });
  const nearest = z.slice();
  let k = 0;
  means.forEach((mean, block) => {
    for (const end = k + counts[block]; k < end; k++) nearest[order[k]] -= mean;
  });
  return nearest;
}

/** Least g·μ over the hull: the largest of g meets the least eigenvalue. */
export function leastOver(g: Float64Array, eigenvalues: Float64Array): number {
  const last = eigenvalues.length - 1;
  return descendingOrder(g).reduce((sum, at, k) => sum + g[at] * eigenvalues[last - k], 0);
}
