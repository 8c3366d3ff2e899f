import { generalNetwork, networkJacobian, pureInputs, readoutOf } from '@qntk/core';
import { counting } from './numbers.ts';

const root = Math.SQRT1_2;
const hadamard = Float64Array.of(root, 0, root, 0, root, 0, -root, 0);
const angles = 400;

/**
 * The largest d(1/√L)/dt over ηΣ‖H‖² of one qubit with one parameter, H = Z between Hadamard gates, one sample of label 1: what
 * c₁ of You et al. 2023, Theorem 3.2, has to be at least. Angles from 10⁻³ to π/4.
 */
export function steepestOneQubit(): number {
  const network = generalNetwork({
    inputs: pureInputs(2, Float64Array.of(1, 0, 0, 0)),
    readout: readoutOf(2),
    unitaries: [hadamard, hadamard],
    generators: [Float64Array.of(1, -1)],
  });
  const slopes = counting(angles).map((k) => {
    const theta = 1e-3 * (Math.PI / 4 / 1e-3) ** (k / (angles - 1));
    const { f, J } = networkJacobian(network, Float64Array.of(theta));
    // dL/dt = −|∇L|², and d(1/√L)/dt = −L^(−3/2)/2·dL/dt.
    const loss = (1 - f[0]!) ** 2 / 2;
    return ((1 - f[0]!) * J[0]!) ** 2 / (2 * loss ** 1.5);
  });
  return Math.max(...slopes);
}
