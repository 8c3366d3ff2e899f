import { ring } from '../circuit/wiring.ts';
import { symmetricEigen } from '../linalg/eigen.ts';
import { dot, norm } from '../linalg/matrix.ts';

/** The transverse-field Ising ring H = −J Σ Z_q Z_{q+1} − h Σ X_q on N sites; two sites have one bond. */
export interface IsingRing {
  readonly sites: number;
  /** J > 0. */
  readonly coupling: number;
  /** h. */
  readonly field: number;
}

/** What is asked of a ground state. */
export interface GroundState {
  readonly energy: number;
  /** (1/N) Σ⟨X⟩. */
  readonly magnetization: number;
}

/** Residual ‖Hv − Ev‖ relative to the largest possible energy at which the ground state counts as found. */
const tolerance = 1e-13;

/** Lanczos vectors between two looks at the residual. */
const between = 8;

/**
 * Ground state by the Lanczos method with full reorthogonalisation (Golub, Van Loan, Matrix Computations, §10.3).
 *
 * Without a field all spins up and all spins down are degenerate. The start is the field's own ground state, all spins
 * along ±x, which is even under the flip of all spins, as is H: the iteration stays among the even states, where the
 * gap is of order J at any field, so that it converges fast and the degenerate partner never enters.
 */
export function exactGroundState(chain: IsingRing): GroundState {
  const dimension = 2 ** chain.sites;
  const apply = hamiltonian(chain);
  const largest = chain.coupling * ring(chain.sites).length + Math.abs(chain.field) * chain.sites;
  const basis = [alongField(chain)];
  const diagonal: number[] = [];
  const below: number[] = [];
  for (;;) {
    const v = basis[basis.length - 1];
    const next = apply(v);
    diagonal.push(dot(v, 0, next, 0, dimension));
    for (const known of basis) subtractProjection(next, known);
    const length = norm(next);
    const exhausted = length <= tolerance * largest;
    if (exhausted || basis.length % between === 0) {
      const { value, vector } = lowest(diagonal, below);
      if (exhausted || length * Math.abs(vector[vector.length - 1]) <= tolerance * largest)
        return { energy: value, magnetization: magnetization(combined(basis, vector), chain.sites) };
    }
    below.push(length);
    basis.push(next.map((entry) => entry / length));
  }
}

/** H·v for real v, entry b for the basis state whose bit q is spin q. */
function hamiltonian({ sites, coupling, field }: IsingRing): (v: Float64Array) => Float64Array {
  const bonds = ring(sites);
  const energies = Float64Array.from({ length: 2 ** sites }, (_, b) =>
    bonds.reduce((sum, [q, p]) => sum - (((b >> q) ^ (b >> p)) & 1 ? -coupling : coupling), 0),
  );
  return (v) =>
    v.map((entry, b) => {
      let flipped = 0;
      for (let q = 0; q < sites; q++) flipped += v[b ^ (1 << q)];
      return energies[b] * entry - field * flipped;
    });
}

/** All spins along +x, or along −x where the field points there. */
function alongField({ sites, field }: IsingRing): Float64Array {
  const amplitude = 2 ** (-sites / 2);
  return Float64Array.from({ length: 2 ** sites }, (_, b) => (field < 0 && parity(b) ? -amplitude : amplitude));
}

function parity(bits: number): number {
  let odd = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) odd ^= 1;
  return odd;
}

function subtractProjection(v: Float64Array, unit: Float64Array): void {
  const overlap = dot(v, 0, unit, 0, v.length);
  for (let i = 0; i < v.length; i++) v[i] -= overlap * unit[i];
}

/** Lowest eigenpair of a symmetric tridiagonal matrix. */
function lowest(diagonal: readonly number[], below: readonly number[]): { value: number; vector: Float64Array } {
  const n = diagonal.length;
  const dense = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    dense[i * n + i] = diagonal[i];
    if (i + 1 < n) {
      dense[i * n + i + 1] = below[i];
      dense[(i + 1) * n + i] = below[i];
    }
  }
  const { values, vectors } = symmetricEigen(dense, n);
  return { value: values[n - 1], vector: Float64Array.from({ length: n }, (_, i) => vectors[i * n + n - 1]) };
}

function combined(basis: readonly Float64Array[], weights: Float64Array): Float64Array {
  const state = new Float64Array(basis[0].length);
  basis.forEach((v, k) => {
    for (let i = 0; i < state.length; i++) state[i] += weights[k] * v[i];
  });
  return state;
}

function magnetization(state: Float64Array, sites: number): number {
  let sum = 0;
  for (let q = 0; q < sites; q++) for (let b = 0; b < state.length; b++) sum += state[b] * state[b ^ (1 << q)];
  return sum / sites;
}
