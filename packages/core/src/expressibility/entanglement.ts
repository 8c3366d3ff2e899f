/**
 * Meyer–Wallach measure Q = 2(1 − (1/n) Σ_q tr ρ_q²) of a state of n qubits, interleaved, 2·2ⁿ (Meyer and Wallach 2002, in the form of
 * Brennen 2003): 0 for products of single qubits, 1 where every qubit alone is fully mixed, (2ⁿ − 2)/(2ⁿ + 1) in the mean over Haar-random states.
 */
export function meyerWallach(state: Float64Array): number {
  const dimension = state.length / 2;
  const qubits = Math.log2(dimension);
  let purities = 0;
  for (let q = 0; q < qubits; q++) purities += purityOf(state, 1 << q);
  return Math.max(0, 2 * (1 - purities / qubits));
}

/** tr ρ² of the qubit of a bit: ρ₀₀² + ρ₁₁² + 2|ρ₀₁|². */
function purityOf(state: Float64Array, bit: number): number {
  let [zero, one, re, im] = [0, 0, 0, 0];
  for (let k = 0; k < state.length / 2; k++) {
    if (k & bit) continue;
    const [a, b] = [2 * k, 2 * (k | bit)];
    zero += state[a] ** 2 + state[a + 1] ** 2;
    one += state[b] ** 2 + state[b + 1] ** 2;
    re += state[a] * state[b] + state[a + 1] * state[b + 1];
    im += state[a + 1] * state[b] - state[a] * state[b + 1];
  }
  return zero ** 2 + one ** 2 + 2 * (re ** 2 + im ** 2);
}
