import { adjoint, type Complex, product } from '../../linalg/complex.ts';
import { generatorOf } from '../dense/dense.ts';
import type { DenseNetwork } from './network.ts';

/** A network at θ seen from its inputs, d × d each. */
export interface HeisenbergPicture {
  /** M(θ) = U†(θ)M₀U(θ), γ included. */
  readonly readout: Complex;
  /** H_l = W†H^{(l)}W with W all that stands before generator l, U_0 included (You et al. 2023, Lemma 3.1). */
  readonly generators: readonly Complex[];
}

/** M(θ) and every H_l, in 2p products of d × d matrices. */
export function heisenberg({ first, circuit, parameters }: DenseNetwork, theta: Float64Array): HeisenbergPicture {
  let before = first;
  const generators: Complex[] = [];
  for (let l = 0; l < parameters; l++) {
    const diagonal = generatorOf(circuit, l);
    generators.push(conjugated(before, diagonal));
    before = product(circuit.unitaries[l], turned(before, diagonal, theta[l]));
  }
  return { readout: conjugated(before, circuit.readout), generators };
}

/** W†·diag·W. */
function conjugated(w: Complex, diagonal: Float64Array): Complex {
  const d = diagonal.length;
  return product(
    adjoint(w),
    w.map((value, i) => diagonal[Math.floor(i / (2 * d))] * value),
  );
}

/** e^{−iθ·diag}·W. */
function turned(w: Complex, diagonal: Float64Array, theta: number): Complex {
  const d = diagonal.length;
  const out = new Float64Array(w.length);
  for (let k = 0; k < d; k++) {
    const c = Math.cos(theta * diagonal[k]);
    const s = Math.sin(theta * diagonal[k]);
    for (let i = 2 * k * d; i < 2 * (k + 1) * d; i += 2) {
      out[i] = c * w[i] + s * w[i + 1];
      out[i + 1] = c * w[i + 1] - s * w[i];
    }
  }
  return out;
}
