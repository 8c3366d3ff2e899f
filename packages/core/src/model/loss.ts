import { InputError } from '../errors.ts';
import { difference } from '../linalg/vector.ts';
import { shown } from '../wording.ts';

/**
 * `mean`: L = 1/(2m) Σ r² (You et al. 2023) · `sum`: L = ½ Σ r² (Scala et al. 2025); m counts data points, r runs over
 * all outputs.
 */
export const lossKinds = ['mean', 'sum'] as const;
export type LossKind = (typeof lossKinds)[number];

/**
 * w in ∇L = −w·Jᵀr and dr/dt = −w·K·r: 1/m for `mean`, 1 for `sum`.
 *
 * @throws InputError where the kind is none of {@link lossKinds}, or there are no points.
 */
export function lossWeight(kind: LossKind, points: number): number {
  if (!lossKinds.includes(kind))
    throw new InputError({ where: 'training.loss', found: shown(kind), expected: `one of ${lossKinds.join(', ')}` });
  if (!(points > 0))
    throw new InputError({ where: 'points', found: shown(points), expected: 'a number of points above 0' });
  return kind === 'mean' ? 1 / points : 1;
}

/** Residual r = y − f. */
export function residual(y: Float64Array, f: Float64Array): Float64Array {
  return difference(y, f);
}

/** L of a residual. */
export function lossOf(kind: LossKind, r: Float64Array, points: number): number {
  let sum = 0;
  for (const value of r) sum += value * value;
  return 0.5 * lossWeight(kind, points) * sum;
}
