import { multiplyVector, transposeMultiplyVector } from '../../linalg/matrix.ts';
import type { Interpolant, Sample } from './interpolant.ts';
import type { Displacement, FlowState } from './state.ts';

/** What drives the eigenmodes at a σ: r of the training rows, or J(σ)ᵀr where there are fewer parameters. */
export type DrivingTerm = (sigma: number) => Float64Array;

/**
 * The driving term after a displacement. With fewer parameters than rows it follows from that at `from` by the Gram
 * matrices alone, r = r₀ − J_a·a − J_b·b, so that no substep touches the rows.
 */
export function drivingTerms(
  { a, second }: Interpolant,
  y: Float64Array,
  from: FlowState,
): (moved: Displacement) => DrivingTerm {
  const m = y.length;
  const P = from.theta.length;
  const r0 = y.map((value, i) => value - from.f[i]);
  const training = ({ J }: Sample) => J.subarray(0, m * P);
  if (m <= P)
    return (moved) => {
      const byA = multiplyVector(training(a), moved.a, m, P);
      const byB = second && multiplyVector(training(second.b), moved.b, m, P);
      const r = r0.map((value, i) => value - byA[i] - (byB?.[i] ?? 0));
      return () => r;
    };
  const startA = transposeMultiplyVector(training(a), r0, m, P);
  if (!second)
    return (moved) => {
      const change = multiplyVector(a.gram, moved.a, P, P);
      return () => startA.map((value, k) => value - change[k]);
    };
  const { b, mixed } = second;
  const startB = transposeMultiplyVector(training(b), r0, m, P);
  return (moved) => {
    const changeA = sum(multiplyVector(a.gram, moved.a, P, P), multiplyVector(mixed, moved.b, P, P));
    const changeB = sum(transposeMultiplyVector(mixed, moved.a, P, P), multiplyVector(b.gram, moved.b, P, P));
    return (sigma) => startA.map((value, k) => (1 - sigma) * (value - changeA[k]) + sigma * (startB[k] - changeB[k]));
  };
}

function sum(x: Float64Array, z: Float64Array): Float64Array {
  return x.map((value, i) => value + z[i]);
}
