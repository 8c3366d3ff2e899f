import {
  dot,
  multiplyTransposed,
  multiplyVector,
  transposeMultiply,
  transposeMultiplyVector,
} from '../../linalg/matrix.ts';
import type { Sample, Second } from './sample.ts';
import { columnsApart, type Side, stacked, sumOf } from './side.ts';
import type { Displacement, FlowState } from './state.ts';

/**
 * The side of P parameters, fewer than the m training rows: a step x is Δθ. With the sums a = Σ (1 − σ)·x and b = Σ σ·x outputs
 * move by J_a·a + J_b·b, and J(σ)ᵀr follows from what it is at the start by the Gram matrices alone.
 */
export function parametersSide(m: number, a: Sample, second?: Second): Side {
  const P = a.theta.length;
  const training = ({ J }: Sample) => J.subarray(0, m * P);
  const mixed = second && transposeMultiply(training(a), training(second.b), m, P, P);
  return {
    order: P,
    weights: (sigma) => (second ? [1 - sigma, sigma] : [1]),
    writeGram(sigma, unit, to) {
      const share = second ? 1 - sigma : 1;
      const [aa, ab, bb] = [share ** 2 / unit, (share * sigma) / unit, sigma ** 2 / unit];
      for (let i = 0; i < P; i++)
        for (let j = 0; j <= i; j++) {
          const at = i * P + j;
          to[at] = aa * a.gram[at];
          if (mixed && second) to[at] += ab * (mixed[at] + mixed[j * P + i]) + bb * second.b.gram[at];
        }
    },
    chordAt: () => second?.chord ?? new Float64Array(P),
    alongChord: (moved) => (second ? moved.sums.reduce((sum, x) => sum + dot(second.chord, 0, x, 0, P), 0) : 0),
    drivingTerms(y: Float64Array, from: FlowState) {
      const r0 = y.map((value, i) => value - from.f[i]);
      const startA = transposeMultiplyVector(training(a), r0, m, P);
      const startB = second && transposeMultiplyVector(training(second.b), r0, m, P);
      return ({ sums: [byA, byB] }: Displacement) => {
        const atA = left(startA, multiplyVector(a.gram, byA, P, P), mixed && multiplyVector(mixed, byB, P, P));
        if (!second || !mixed || !startB) return () => atA;
        const change = transposeMultiplyVector(mixed, byA, P, P);
        const atB = left(startB, change, multiplyVector(second.b.gram, byB, P, P));
        return (sigma) => atA.map((value, k) => (1 - sigma) * value + sigma * atB[k]);
      };
    },
    parameterChanges: (moved) => moved.map(({ sums }) => sumOf(...sums)),
    outputChanges(moved) {
      const rows = a.J.length / P;
      const along = (J: Float64Array, i: number) =>
        columnsApart(
          multiplyTransposed(J, stacked(moved.map(({ sums }) => sums[i])), rows, P, moved.length),
          moved.length,
        );
      const byA = along(a.J, 0);
      if (!second) return byA;
      const byB = along(second.b.J, 1);
      return byA.map((change, t) => sumOf(change, byB[t]));
    },
  };
}

/** What two changes leave of a start. */
function left(start: Float64Array, change: Float64Array, other?: Float64Array): Float64Array {
  return start.map((value, k) => value - change[k] - (other?.[k] ?? 0));
}
