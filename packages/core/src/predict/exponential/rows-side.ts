import { dot, gram, multiply, multiplyTransposed, multiplyVector } from '../../linalg/matrix.ts';
import type { Sample, Second } from './sample.ts';
import { rowsApart, type Side, stacked, sumOf } from './side.ts';
import type { Displacement, FlowState } from './state.ts';

/**
 * The side of m training rows, no more than parameters. A step x at σ moves θ by J(σ)ᵀx and the training outputs by
 * J(τ)·J(σ)ᵀx at any τ, so that a path with J frozen at σ for a step x changes them by ((1 − σ)²·A + (1 − σ)σ·S + σ²·B)·x, where
 * A = J_aJ_aᵀ, B = J_bJ_bᵀ, S = J_aJ_bᵀ + J_bJ_aᵀ: the three sums of x with these weights say all.
 */
export function rowsSide(m: number, a: Sample, second?: Second): Side {
  const P = a.theta.length;
  const training = ({ J }: Sample) => J.subarray(0, m * P);
  const S = second && mixedGram(training(a), training(second.b), a.gram, second.b.gram, m);
  const images = second && [a, second.b].map((sample) => multiplyVector(training(sample), second.chord, m, P));
  const grams = second && S ? [a.gram, S, second.b.gram] : [a.gram];
  const changes = (moved: readonly Displacement[]): Float64Array =>
    sumOf(...grams.map((matrix, i) => multiply(stacked(moved.map((sums) => sums[i])), matrix, moved.length, m, m)));
  /** Σ (1 − σ)·x and Σ σ·x: with these θ moves along the rows of J_a and of J_b. */
  const ofSamples = ([p, q, u]: Displacement) => (q && u ? [sumOf(p, q), sumOf(q, u)] : [p]);
  const samples = second ? [a, second.b] : [a];
  const back = (sums: readonly (readonly Float64Array[])[]) =>
    sumOf(
      ...samples.map((sample, i) =>
        multiply(stacked(sums.map((each) => each[i])), training(sample), sums.length, m, P),
      ),
    );
  return {
    order: m,
    weights: (sigma) => (second ? [(1 - sigma) ** 2, (1 - sigma) * sigma, sigma ** 2] : [1]),
    writeGram(sigma, unit, to) {
      const weights = this.weights(sigma).map((weight) => weight / unit);
      writeSum(grams, weights, to, m);
    },
    chordAt: (sigma) => sumOf(...(images ?? []).map((image, i) => scaled(image, i === 0 ? 1 - sigma : sigma))),
    alongChord: (moved) => ofSamples(moved).reduce((sum, x, i) => sum + (images ? dot(images[i], 0, x, 0, m) : 0), 0),
    drivingTerms(y: Float64Array, { f }: FlowState) {
      const r0 = y.map((value, i) => value - f[i]);
      return (moved) => {
        const change = changes([moved]);
        const r = r0.map((value, i) => value - change[i]);
        return () => r;
      };
    },
    parameterChanges: (moved) => rowsApart(back(moved.map(ofSamples)), moved.length),
    outputChanges(moved) {
      const onTraining = rowsApart(changes(moved), moved.length);
      const rows = a.J.length / P;
      if (rows === m) return onTraining;
      // Beyond the training rows J moves the outputs by J_a·Σ(1 − σ)J(σ)ᵀx + J_b·Σ σ·J(σ)ᵀx.
      const byA = back(moved.map(([p, q]) => (q ? [p, q] : [p])));
      const byB = second ? back(moved.map(([, q, u]) => [q, u])) : undefined;
      const others = [byA, ...(byB ? [byB] : [])].map((deltas, i) =>
        multiplyTransposed(deltas, samples[i].J.subarray(m * P), moved.length, P, rows - m),
      );
      const beyond = rowsApart(sumOf(...others), moved.length);
      return onTraining.map((change, t) => Float64Array.of(...change, ...beyond[t]));
    },
  };
}

/** J_aJ_bᵀ + J_bJ_aᵀ by the Gram matrix of the sum, which takes half of the products. */
function mixedGram(a: Float64Array, b: Float64Array, ofA: Float64Array, ofB: Float64Array, m: number): Float64Array {
  return gram(sumOf(a, b), m, a.length / m).map((value, i) => value - ofA[i] - ofB[i]);
}

/** The lower triangle of a weighted sum of symmetric matrices of order n. */
function writeSum(matrices: readonly Float64Array[], weights: readonly number[], to: Float64Array, n: number): void {
  const [A, S, B] = matrices;
  const [a, s, b] = weights;
  for (let i = 0; i < n; i++) {
    const end = i * n + i + 1;
    if (S && B) for (let at = i * n; at < end; at++) to[at] = a * A[at] + s * S[at] + b * B[at];
    else for (let at = i * n; at < end; at++) to[at] = a * A[at];
  }
}

const scaled = (x: Float64Array, factor: number): Float64Array => x.map((value) => factor * value);
