import { fixed } from '../../circuit/angle.ts';
import { evaluate } from '../../circuit/expression.ts';
import { gates } from '../../circuit/gates.ts';
import { adjoint, type Complex, identity, largestDifference, order } from '../../linalg/complex.ts';
import { symmetricEigen } from '../../linalg/eigen.ts';
import { counted } from '../../wording.ts';
import { type Place, problem } from '../parse/source.ts';
import type { Sink } from './controls.ts';
import type { Gate } from './gates.ts';

/** Most qubits, controls included, of a gate that has to become a matrix. */
const mostQubits = 6;

/**
 * The gate that `body` writes to a sink, to the powers `exponents` one after the other, under controls that come first:
 * by its eigenvectors, every phase in (−π, π]. Undefined where it is the identity.
 */
export function unitaryPower(
  body: (out: Sink) => void,
  gate: Gate,
  exponents: readonly number[],
  controls: number,
  place: Place,
): Complex | undefined {
  const { qubits, name } = gate;
  if (qubits + controls > mostQubits)
    throw problem(
      place,
      `a power of ${name} that needs a matrix on ${counted(qubits + controls, 'qubit')}`,
      `at most ${mostQubits}`,
    );
  const matrix = exponents.reduce((power, k) => principalPower(power, k, place), matrixOf(body, qubits));
  return qubits + controls === 0 ? undefined : controlledBy(controls, matrix);
}

/** The matrix of what is written to a sink. */
function matrixOf(body: (out: Sink) => void, qubits: number): Complex {
  const n = 2 ** qubits;
  const result = identity(n);
  body({
    push(name, wires, ...angles) {
      const gate = gates.get(name)!;
      const values = angles.map((angle) => evaluate(angle));
      if (gate.kind === 'fixed') applyTo(result, n, gate.matrix, wires);
      else if (gate.kind === 'rotation') applyTo(result, n, gate.matrix(values[0]), wires);
      else
        for (const part of gate.parts(values.map(fixed))) {
          const partWires = part.wires.map((wire) => wires[wire]);
          const { gate: inner, angle } = part;
          applyTo(result, n, inner.kind === 'fixed' ? inner.matrix : inner.matrix(evaluate(angle.offset)), partWires);
        }
    },
    unitary: (matrix, wires) => applyTo(result, n, matrix, wires),
    phase(angle) {
      const value = evaluate(angle);
      scale(result, Math.cos(value), Math.sin(value));
    },
  });
  return result;
}

function scale(matrix: Complex, re: number, im: number): void {
  for (let i = 0; i < matrix.length; i += 2) {
    const [a, b] = [matrix[i], matrix[i + 1]];
    matrix[i] = a * re - b * im;
    matrix[i + 1] = a * im + b * re;
  }
}

/** Multiplies from the left by a gate on some of the qubits. */
function applyTo(result: Complex, n: number, gate: Complex, wires: readonly number[]): void {
  const size = order(gate);
  const rows = Array.from({ length: size }, (_, k) =>
    wires.reduce((index, wire, bit) => index | (((k >> bit) & 1) << wire), 0),
  );
  const mask = rows[size - 1];
  for (let base = 0; base < n; base++) {
    if (base & mask) continue;
    for (let column = 0; column < n; column++) {
      const old = rows.map((row) => {
        const at = 2 * ((base | row) * n + column);
        return [result[at], result[at + 1]];
      });
      rows.forEach((row, r) => {
        let re = 0;
        let im = 0;
        old.forEach(([a, b], c) => {
          const at = 2 * (r * size + c);
          re += gate[at] * a - gate[at + 1] * b;
          im += gate[at] * b + gate[at + 1] * a;
        });
        const to = 2 * ((base | row) * n + column);
        result[to] = re;
        result[to + 1] = im;
      });
    }
  }
}

/** Phases this close to −π are rounding of π, which is where the branch has them. */
const branchTolerance = 1e-9;

/**
 * U^k = Σ e^{ikφ} z z†. The Hermitian C + μS, C and S the parts of U = C + iS, has the eigenvectors of U; as a real
 * symmetric matrix of twice the order it has each twice, hence the half.
 */
function principalPower(U: Complex, k: number, place: Place): Complex {
  for (const mu of [Math.SQRT2 / 3, Math.E / 5, -Math.PI / 7]) {
    const vectors = eigenvectors(U, mu);
    const power = (exponent: number) => functionOf(U, vectors, exponent);
    if (largestDifference(power(1), U) < 1e-12) return power(k);
  }
  throw problem(
    place,
    'a power of a gate whose eigenvalues are too close to one another to tell apart',
    'a whole power',
  );
}

function eigenvectors(U: Complex, mu: number): Float64Array[] {
  const n = order(U);
  const dagger = adjoint(U);
  const real = new Float64Array(4 * n * n);
  for (let r = 0; r < n; r++)
    for (let c = 0; c < n; c++) {
      const at = 2 * (r * n + c);
      // (U + U†)/2 + μ(U − U†)/2i
      const re = (U[at] + dagger[at]) / 2 + (mu * (U[at + 1] - dagger[at + 1])) / 2;
      const im = (U[at + 1] + dagger[at + 1]) / 2 - (mu * (U[at] - dagger[at])) / 2;
      real[r * 2 * n + c] = re;
      real[(r + n) * 2 * n + c + n] = re;
      real[r * 2 * n + c + n] = -im;
      real[(r + n) * 2 * n + c] = im;
    }
  const { vectors } = symmetricEigen(real, 2 * n);
  return Array.from({ length: 2 * n }, (_, j) =>
    Float64Array.from({ length: 2 * n }, (__, i) => vectors[i * 2 * n + j]),
  );
}

function functionOf(U: Complex, vectors: readonly Float64Array[], k: number): Complex {
  const n = order(U);
  const result = new Float64Array(U.length);
  for (const z of vectors) {
    const phase = phaseOf(U, z);
    const angle = phase < branchTolerance - Math.PI ? k * Math.PI : k * phase;
    const [re, im] = [Math.cos(angle) / 2, Math.sin(angle) / 2];
    for (let r = 0; r < n; r++)
      for (let c = 0; c < n; c++) {
        const a = z[r] * z[c] + z[r + n] * z[c + n];
        const b = z[r + n] * z[c] - z[r] * z[c + n];
        const at = 2 * (r * n + c);
        result[at] += re * a - im * b;
        result[at + 1] += re * b + im * a;
      }
  }
  return result;
}

/** The phase of z†Uz. */
function phaseOf(U: Complex, z: Float64Array): number {
  const n = order(U);
  let re = 0;
  let im = 0;
  for (let r = 0; r < n; r++)
    for (let c = 0; c < n; c++) {
      const at = 2 * (r * n + c);
      const a = z[r] * z[c] + z[r + n] * z[c + n];
      const b = z[r] * z[c + n] - z[r + n] * z[c];
      re += U[at] * a - U[at + 1] * b;
      im += U[at] * b + U[at + 1] * a;
    }
  return Math.atan2(im, re);
}

/** The matrix where all controls, the least significant bits, are 1, and nothing elsewhere. */
function controlledBy(controls: number, matrix: Complex): Complex {
  const small = order(matrix);
  const step = 2 ** controls;
  const n = small * step;
  const result = identity(n);
  const place = (k: number) => k * step + step - 1;
  for (let r = 0; r < small; r++)
    for (let c = 0; c < small; c++) {
      const [to, from] = [2 * (place(r) * n + place(c)), 2 * (r * small + c)];
      result[to] = matrix[from];
      result[to + 1] = matrix[from + 1];
    }
  return result;
}
