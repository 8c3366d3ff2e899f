import { expressionOf } from '../../src/circuit/angle.ts';
import { type CircuitSource, compile, gateAt, wiresAt } from '../../src/circuit/circuit.ts';
import { evaluate } from '../../src/circuit/expression.ts';
import { type Complex, identity } from '../../src/linalg/complex.ts';

/** The unitary of a circuit at one point, 2^n × 2^n interleaved row-major, gate by gate. */
export function unitaryOf(source: CircuitSource, x: Float64Array, theta: Float64Array): Complex {
  const circuit = compile(source);
  let result = identity(2 ** source.qubits);
  circuit.gate.forEach((_, g) => {
    const gate = gateAt(circuit, g);
    const value = circuit.slot[g] < 0 ? 0 : evaluate(expressionOf(circuit.angles[circuit.slot[g]]), x, 0, theta);
    result = applied(gate.kind === 'fixed' ? gate.matrix : gate.matrix(value), [...wiresAt(circuit, g)], result);
  });
  return result;
}

/** matrix on `wires` (the first least significant) times `to`. */
export function applied(matrix: Complex, wires: readonly number[], to: Complex): Complex {
  const n = Math.sqrt(to.length / 2);
  const order = 2 ** wires.length;
  const mask = wires.reduce((bits, wire) => bits | (1 << wire), 0);
  const spread = (k: number) => wires.reduce((bits, wire, bit) => bits | (((k >> bit) & 1) << wire), 0);
  const local = (row: number) => wires.reduce((k, wire, bit) => k | (((row >> wire) & 1) << bit), 0);
  const result = new Float64Array(to.length);
  for (let row = 0; row < n; row++)
    for (let k = 0; k < order; k++) {
      const re = matrix[2 * (local(row) * order + k)];
      const im = matrix[2 * (local(row) * order + k) + 1];
      const from = 2 * n * ((row & ~mask) | spread(k));
      for (let c = 0; c < 2 * n; c += 2) {
        result[2 * n * row + c] += re * to[from + c] - im * to[from + c + 1];
        result[2 * n * row + c + 1] += re * to[from + c + 1] + im * to[from + c];
      }
    }
  return result;
}

/** Largest difference of two unitaries where a common phase does not count: the trace of A†B gives it. */
export function differenceUpToPhase(a: Complex, b: Complex): number {
  let [re, im] = [0, 0];
  for (let i = 0; i < a.length; i += 2) {
    re += a[i] * b[i] + a[i + 1] * b[i + 1];
    im += a[i] * b[i + 1] - a[i + 1] * b[i];
  }
  const size = Math.hypot(re, im);
  let largest = 0;
  for (let i = 0; i < a.length; i += 2) {
    const turnedRe = (a[i] * re - a[i + 1] * im) / size;
    const turnedIm = (a[i + 1] * re + a[i] * im) / size;
    largest = Math.max(largest, Math.hypot(turnedRe - b[i], turnedIm - b[i + 1]));
  }
  return largest;
}
