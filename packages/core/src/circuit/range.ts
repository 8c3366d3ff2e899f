import { symmetricEigen } from '../linalg/eigen.ts';
import { bitCount, type Observable, type PauliTerm } from './observable.ts';

/** Least and largest expectation value of an observable. */
export interface Range {
  readonly low: number;
  readonly high: number;
  /** False where low and high only bound the range from outside. */
  readonly exact: boolean;
}

/** Qubits an observable acts on up to which its eigenvalues are computed; beyond, Σ|c| bounds them. */
const largestDense = 7;

/**
 * Range of the expectation values of an observable: its extreme eigenvalues. Exact for products that share no qubit (one
 * product, mean-Z), for a sum of Z products on at most 20 qubits and for any sum on at most 7; otherwise ±Σ|coefficient| around the identity part.
 */
export function observableRange(observable: Observable): Range {
  const shift = sum(observable.terms.filter((term) => (term.x | term.z) === 0).map((term) => term.coefficient));
  const terms = merge(observable.terms.filter((term) => (term.x | term.z) !== 0));
  const bound = sum(terms.map((term) => Math.abs(term.coefficient)));
  const support = supportBits(terms);
  if (areApart(terms)) return { low: shift - bound, high: shift + bound, exact: true };
  const small = compress(terms, support);
  if (small.every((term) => term.x === 0) && support.length <= 20) return diagonalRange(small, support.length, shift);
  if (support.length <= largestDense) return denseRange(small, support.length, shift);
  return { low: shift - bound, high: shift + bound, exact: false };
}

/** Whether no two terms share a qubit, so that each can be ±1 whatever the others are. */
function areApart(terms: readonly PauliTerm[]): boolean {
  let seen = 0;
  return terms.every(({ x, z }) => {
    const apart = (seen & (x | z)) === 0;
    seen |= x | z;
    return apart;
  });
}

function merge(terms: readonly PauliTerm[]): PauliTerm[] {
  const merged = new Map<string, PauliTerm>();
  for (const term of terms) {
    const key = `${term.x},${term.z}`;
    merged.set(key, { ...term, coefficient: term.coefficient + (merged.get(key)?.coefficient ?? 0) });
  }
  return [...merged.values()];
}

function supportBits(terms: readonly PauliTerm[]): number[] {
  const all = terms.reduce((bits, term) => bits | term.x | term.z, 0);
  return Array.from({ length: 31 }, (_, q) => q).filter((q) => (all >> q) & 1);
}

/** The same terms on qubits 0 … k−1, one for each qubit of the support. */
function compress(terms: readonly PauliTerm[], support: readonly number[]): PauliTerm[] {
  const pack = (mask: number) => support.reduce((bits, q, k) => bits | (((mask >> q) & 1) << k), 0);
  return terms.map((term) => ({ coefficient: term.coefficient, x: pack(term.x), z: pack(term.z) }));
}

/** Eigenvalues of an observable, descending, each of them `multiplicity` times. */
export interface Eigenvalues {
  readonly values: Float64Array;
  readonly multiplicity: number;
}

/** All eigenvalues of an observable where they can be computed: one product, Z products or any sum on few qubits. */
export function eigenvaluesOf(observable: Observable): Eigenvalues | undefined {
  const shift = sum(observable.terms.filter((term) => (term.x | term.z) === 0).map((term) => term.coefficient));
  const terms = merge(observable.terms.filter((term) => (term.x | term.z) !== 0));
  const support = supportBits(terms);
  const small = compress(terms, support);
  const found = (values: Float64Array) => ({
    values: values.map((value) => shift + value).sort((a, b) => b - a),
    multiplicity: 2 ** observable.qubits / values.length,
  });
  if (terms.length === 1) return found(Float64Array.of(terms[0].coefficient, -terms[0].coefficient));
  if (small.every((term) => term.x === 0) && support.length <= 20)
    return found(diagonalEigenvalues(small, support.length));
  // Every eigenvalue twice.
  if (support.length <= largestDense)
    return found(denseEigenvalues(small, support.length).filter((_, k) => k % 2 === 0));
  return undefined;
}

function diagonalEigenvalues(terms: readonly PauliTerm[], qubits: number): Float64Array {
  return Float64Array.from({ length: 2 ** qubits }, (_, index) =>
    sum(terms.map((term) => (bitCount(index & term.z) % 2 ? -term.coefficient : term.coefficient))),
  );
}

function diagonalRange(terms: readonly PauliTerm[], qubits: number, shift: number): Range {
  let low = Infinity;
  let high = -Infinity;
  for (const value of diagonalEigenvalues(terms, qubits)) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return { low: shift + low, high: shift + high, exact: true };
}

function denseRange(terms: readonly PauliTerm[], qubits: number, shift: number): Range {
  const values = denseEigenvalues(terms, qubits);
  return { low: shift + values[values.length - 1], high: shift + values[0], exact: true };
}

/** Eigenvalues of the Hermitian matrix A + iB, descending, every one twice, through the real symmetric [[A, −B], [B, A]]. */
function denseEigenvalues(terms: readonly PauliTerm[], qubits: number): Float64Array {
  const d = 2 ** qubits;
  const real = new Float64Array(4 * d * d);
  for (const { coefficient, x, z } of terms)
    for (let column = 0; column < d; column++) {
      const row = column ^ x;
      const value = bitCount(column & z) % 2 ? -coefficient : coefficient;
      // Each Y contributes a factor i to X·Z.
      const quarterTurns = bitCount(x & z) % 4;
      const re = [value, 0, -value, 0][quarterTurns];
      const im = [0, value, 0, -value][quarterTurns];
      real[row * 2 * d + column] += re;
      real[(row + d) * 2 * d + column + d] += re;
      real[row * 2 * d + column + d] -= im;
      real[(row + d) * 2 * d + column] += im;
    }
  return symmetricEigen(real, 2 * d).values;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
