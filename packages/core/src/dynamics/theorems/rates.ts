import { dot, multiplyVector } from '../../linalg/matrix.ts';
import { residual } from '../../model/loss.ts';

/**
 * −d ln L/dt = 2·rᵀKr/rᵀr at every time, by Lemma 3.1 and not by differences; null where r = 0.
 *
 * @param outputs - ŷ, times × m. @param kernels - K in the limit's time, m × m at every time; K_asym for a limit's run.
 */
export function decayRates(
  labels: Float64Array,
  outputs: Float64Array,
  kernels: readonly Float64Array[],
): (number | null)[] {
  const m = labels.length;
  return kernels.map((kernel, k) => {
    const r = residual(labels, outputs.subarray(k * m, (k + 1) * m));
    const size = dot(r, 0, r, 0, m);
    return size > 0 ? (2 * dot(r, 0, multiplyVector(kernel, r, m, m), 0, m)) / size : null;
  });
}
