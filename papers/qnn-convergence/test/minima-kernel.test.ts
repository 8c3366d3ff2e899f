import {
  defaultLabels,
  finiteFlow,
  generalNetwork,
  minimumKernel,
  pureInputs,
  random,
  readoutOf,
  sampleMinima,
} from '@qntk/core';
import { describe, expect, test } from 'vitest';
import { difference } from '../../../packages/core/test/helpers/numbers.ts';
import { kernelOfDirections } from '../src/minima-kernel.ts';

const [d, m, gamma] = [64, 4, 2];
const labels = defaultLabels(m);

/** Lower triangular L with LL† = A, positive definite, interleaved. */
function cholesky(a: Float64Array): Float64Array {
  const n = Math.sqrt(a.length / 2);
  const L = new Float64Array(a.length);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let [re, im] = [a[2 * (i * n + j)], a[2 * (i * n + j) + 1]];
      for (let k = 0; k < j; k++) {
        const [p, q] = [2 * (i * n + k), 2 * (j * n + k)];
        re -= L[p] * L[q] + L[p + 1] * L[q + 1];
        im -= L[p + 1] * L[q] - L[p] * L[q + 1];
      }
      const size = i === j ? Math.sqrt(re) : L[2 * (j * n + j)];
      L[2 * (i * n + j)] = i === j ? size : re / size;
      L[2 * (i * n + j) + 1] = i === j ? 0 : im / size;
    }
  return L;
}

/** d-dimensional inputs whose parts in the two eigenspaces of M₀ have the Gram matrices P and 1 − P. */
function inputsOf(P: Float64Array) {
  const one = P.map((_, at) => (at % (2 * m + 2) === 0 ? 1 : 0));
  const halves = [P, one.map((value, at) => value - P[at])].map(cholesky);
  const columns = new Float64Array(2 * d * m);
  // ⟨v_i|v_j⟩ is the conjugate of row i times row j of L: rows of conj(L) are the vectors.
  halves.forEach((L, half) => {
    for (let i = 0; i < m; i++)
      for (let k = 0; k <= i; k++) {
        const at = 2 * (i * d + (half * d) / 2 + k);
        columns[at] = L[2 * (i * m + k)];
        columns[at + 1] = -L[2 * (i * m + k) + 1];
      }
  });
  return pureInputs(d, columns);
}

/** K_asym, its least eigenvalue and the outputs from the commutators of a network at such a minimum. */
function atMinimum(P: Float64Array) {
  const identity = new Float64Array(2 * d * d);
  for (let i = 0; i < d; i++) identity[2 * (i * d + i)] = 1;
  const network = generalNetwork({
    inputs: inputsOf(P),
    readout: readoutOf(d, [1, -1], gamma),
    unitaries: [identity, identity],
    generators: [Float64Array.from({ length: d }, (_, i) => (i % 2 === 0 ? 1 : -1))],
  });
  return finiteFlow({ network, labels, theta0: Float64Array.of(0) }, Float64Array.of(0));
}

describe('Eq. 113', () => {
  const draw = random(4);
  const [P] = sampleMinima({ dimension: d, labels, gamma, measure: 'directions' }, 1, draw);
  const { outputs, kernels, lambdaMin } = atMinimum(P);
  const kernel = kernels[0].asymptotic;

  test('the state made of P is a minimum, and the library’s K_asym there is that of the commutators', () => {
    expect(difference(outputs, labels)).toBeLessThan(1e-12);
    expect(difference(minimumKernel(P, gamma), kernel)).toBeLessThan(1e-12);
  });

  test('holds with R ∘ R, and with R, as it is printed, does not', () => {
    expect(difference(kernelOfDirections(P, gamma, 'corrected'), kernel)).toBeLessThan(1e-12);
    expect(difference(kernelOfDirections(P, gamma, 'printed'), kernel)).toBeCloseTo(0.6153, 4);
    expect(lambdaMin[0]).toBeCloseTo(5.3741, 4);
  });

  test('‖R ∘ R ∘ A‖ ≤ ((1 + 1/γ)/2)²·‖A‖: the bound of the proof with its constant, at 200 minima', () => {
    const constant = ((1 + 1 / gamma) / 2) ** 2;
    for (const Q of sampleMinima({ dimension: d, labels, gamma, measure: 'directions' }, 200, draw)) {
      // A = (G − 1) ∘ (G − 1)ᵀ.
      const overlap = (i: number, j: number) => {
        const at = 2 * (i * m + j);
        return i === j ? 0 : (Q[at] ** 2 + Q[at + 1] ** 2) / (Q[2 * (i * m + i)] * Q[2 * (j * m + j)]);
      };
      const rows = Array.from({ length: m }, (_, i) => Array.from({ length: m }, (__, j) => overlap(i, j)));
      const norm = largestEigenvalue(rows);
      const K = minimumKernel(Q, gamma);
      const least = -largestEigenvalue(
        rows.map((row, i) => row.map((_, j) => -K[i * m + j])),
        100,
      );
      expect(least).toBeGreaterThanOrEqual(2 * (gamma ** 2 - 1) - 8 * gamma ** 2 * constant * norm - 1e-9);
    }
  });
});

/** The largest eigenvalue of a symmetric matrix, shifted so that it is the largest in absolute value, by powers. */
function largestEigenvalue(rows: readonly (readonly number[])[], shift = 1): number {
  let x = rows.map((_, i) => 1 + i / 10);
  let value = 0;
  for (let k = 0; k < 5000; k++) {
    const y = rows.map((row, i) => row.reduce((sum, entry, j) => sum + entry * x[j], shift * x[i]));
    value = Math.hypot(...y);
    x = y.map((entry) => entry / value);
  }
  return value - shift;
}
