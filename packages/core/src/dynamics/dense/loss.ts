import { transposeMultiplyVector } from '../../linalg/matrix.ts';
import { type LossKind, lossOf, lossWeight, residual } from '../../model/loss.ts';
import type { DenseSimulator } from './dense.ts';

/** L and ∇L = −w·Jᵀr with r = y − ŷ at θ. */
export function denseLoss(
  simulator: DenseSimulator,
  y: Float64Array,
  kind: LossKind,
  theta: Float64Array,
): { loss: number; gradient: Float64Array } {
  const { f, J } = simulator.jacobian(theta);
  const r = residual(y, f);
  const weight = -lossWeight(kind, y.length);
  return {
    loss: lossOf(kind, r, y.length),
    gradient: transposeMultiplyVector(
      J,
      r.map((value) => weight * value),
      y.length,
      theta.length,
    ),
  };
}
