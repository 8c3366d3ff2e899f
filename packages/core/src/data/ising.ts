import { ring } from '../circuit/wiring.ts';
import { lanczos } from '../linalg/lanczos.ts';

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

/** Residual ‖Hv − Ev‖ relative to the largest energy at which the ground state counts as found. */
const tolerance = 1e-13;

/**
 * Ground state by the Lanczos method.
 *
 * Without a field all spins up and all spins down are degenerate. The start is the field's own ground state, all spins
 * along ±x, which is even under the flip of all spins, as is H: the iteration stays among the even states, where the
 * gap is of order J at any field, so that it converges fast and the degenerate partner never enters.
 */
export function exactGroundState(chain: IsingRing): GroundState {
  const { value, vector } = lanczos(hamiltonian(chain), alongField(chain), 'least', tolerance);
  return { energy: value, magnetization: magnetization(vector, chain.sites) };
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

function magnetization(state: Float64Array, sites: number): number {
  let sum = 0;
  for (let q = 0; q < sites; q++) for (let b = 0; b < state.length; b++) sum += state[b] * state[b ^ (1 << q)];
  return sum / sites;
}
