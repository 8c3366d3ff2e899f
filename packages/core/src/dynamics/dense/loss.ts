import { transposeMultiplyVector } from '../../linalg/matrix.ts';
import { type LossKind, lossOf, lossWeight, residual } from '../../model/loss.ts';
import type { DenseJacobian } from './dense.ts';

/** L and ∇L = −w·Jᵀr with r = y − ŷ, where f and J were taken. */
export function denseLoss(
  { f, J }: DenseJacobian,
  y: Float64Array,
  kind: LossKind,
): { loss: number; gradient: Float64Array } {
  const r = residual(y, f);
  const weight = -lossWeight(kind, y.length);
  return {
    loss: lossOf(kind, r, y.length),
    gradient: transposeMultiplyVector(
      J,
      r.map((value) => weight * value),
      y.length,
      J.length / y.length,
    ),
  };
}
