import { dot, gram, multiply, multiplyTransposed, multiplyVector } from '../../linalg/matrix.ts';
import type { Sample, Second } from './sample.ts';
import { rowsApart, type Side, stacked, sumOf } from './side.ts';
import type { Displacement, FlowState } from './state.ts';

/**
 * The side of m training rows, no more than parameters. A step x with J frozen at σ moves θ by J(σ)ᵀx and the outputs on any rows by
 * their J_σ·J(σ)ᵀx: the sums of x with the weights (1 − σ)², (1 − σ)σ and σ² say all. On the training rows a step changes them
 * by what it takes off the residual. The Gram matrix of J(σ) is (1 − σ)²·A + (1 − σ)σ·S + σ²·B with
 * A = J_aJ_aᵀ, B = J_bJ_bᵀ and S = J_aJ_bᵀ + J_bJ_aᵀ.
 */
export function rowsSide(m: number, a: Sample, second?: Second): Side {
  const P = a.theta.length;
  const training = ({ J }: Sample) => J.subarray(0, m * P);
  const S = second && mixedGram(training(a), training(second.b), a.gram, second.b.gram, m);
  const images = second && [a, second.b].map((sample) => multiplyVector(training(sample), second.chord, m, P));
  const weights = (sigma: number) => (second ? [(1 - sigma) ** 2, (1 - sigma) * sigma, sigma ** 2] : [1]);
  const grams = second && S ? [a.gram, S, second.b.gram] : [a.gram];
  /** Σ (1 − σ)·x and Σ σ·x: with these θ moves along the rows of J_a and of J_b. */
  const ofSamples = ({ sums: [p, q, u] }: Displacement) => (second ? [sumOf(p, q), sumOf(q, u)] : [p]);
  const samples = second ? [a, second.b] : [a];
  const back = (sums: readonly (readonly Float64Array[])[]) =>
    sumOf(
      ...samples.map((sample, i) =>
        multiply(stacked(sums.map((each) => each[i])), training(sample), sums.length, m, P),
      ),
    );
  return {
    order: m,
    weights,
    writeGram: (sigma, unit, to) => {
      const shares = weights(sigma).map((weight) => weight / unit);
      writeSum(grams, shares, to, m);
    },
    chordAt: (sigma) => sumOf(...(images ?? []).map((image, i) => scaled(image, i === 0 ? 1 - sigma : sigma))),
    alongChord: (moved) => ofSamples(moved).reduce((sum, x, i) => sum + (images ? dot(images[i], 0, x, 0, m) : 0), 0),
    drivingTerms(y: Float64Array, { f }: FlowState) {
      const r0 = y.map((value, i) => value - f[i]);
      return (moved) => {
        const r = r0.map((value, i) => value - moved.learned[i]);
        return () => r;
      };
    },
    parameterChanges: (moved) => rowsApart(back(moved.map(ofSamples)), moved.length),
    outputChanges(moved) {
      const onTraining = moved.map(({ learned }) => learned);
      const rows = a.J.length / P;
      if (rows === m) return onTraining;
      // Beyond the training rows J moves the outputs by J_a·Σ(1 − σ)J(σ)ᵀx + J_b·Σ σ·J(σ)ᵀx.
      const byA = back(moved.map(({ sums: [p, q] }) => (second ? [p, q] : [p])));
      const byB = second ? back(moved.map(({ sums: [, q, u] }) => [q, u])) : undefined;
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
