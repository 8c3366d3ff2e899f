import { Matrix, solve } from 'ml-matrix';
import type { Jacobian } from '../../src/kernel/jacobian.ts';
import type { FlowSystem } from '../../src/predict/flow-system.ts';

/** J_a·J_bᵀ, entry by entry. */
export function kernelBetween(a: Jacobian, b: Jacobian): Float64Array {
  const K = new Float64Array(a.rows * b.rows);
  for (let i = 0; i < a.rows; i++)
    for (let j = 0; j < b.rows; j++)
      for (let k = 0; k < a.columns; k++) K[i * b.rows + j] += a.J[i * a.columns + k] * b.J[j * b.columns + k];
  return K;
}

export function times(K: Float64Array, x: Float64Array): Float64Array {
  return Float64Array.from({ length: K.length / x.length }, (_, i) =>
    x.reduce((sum, value, j) => sum + K[i * x.length + j] * value, 0),
  );
}

export function combined(a: Float64Array, factor: number, b: Float64Array): Float64Array {
  return a.map((value, i) => value + factor * b[i]);
}

export function minus(a: Float64Array, b: Float64Array): Float64Array {
  return combined(a, -1, b);
}

/** Classical Runge-Kutta for dx/dt = F(x) in so many equal steps. */
export function rk4(F: (x: Float64Array) => Float64Array, x0: Float64Array, t: number, steps: number): Float64Array {
  const h = t / steps;
  let x = x0;
  for (let n = 0; n < steps; n++) {
    const a = F(x);
    const b = F(combined(x, h / 2, a));
    const c = F(combined(x, h / 2, b));
    const d = F(combined(x, h, c));
    x = x.map((value, i) => value + (h / 6) * (a[i] + 2 * b[i] + 2 * c[i] + d[i]));
  }
  return x;
}

/** The gradient flow dθ/dt = w·Jᵀr itself, as a plain ODE: θ at each of the times (ascending), steps of length `h`. */
export function flowByRk4(system: FlowSystem, wanted: ArrayLike<number>, h: number): Float64Array[] {
  const { y, weight, trainRows } = system;
  const force = (theta: Float64Array) => {
    const { J, f, columns } = system.jacobian(theta);
    const change = new Float64Array(columns);
    for (let i = 0; i < trainRows; i++)
      for (let k = 0; k < columns; k++) change[k] += weight * J[i * columns + k] * (y[i] - f[i]);
    return change;
  };
  let theta = system.theta0;
  let t = 0;
  return Array.from(wanted, (next) => {
    if (next > t) theta = rk4(force, theta, next - t, Math.ceil((next - t) / h));
    t = next;
    return theta;
  });
}

/** x of A·x = b (rows × columns), in the least-squares sense of smallest norm where A is singular, by ml-matrix. */
export function solved(A: Float64Array, b: Float64Array, singular = false): Float64Array {
  const matrix = Matrix.from1DArray(b.length, A.length / b.length, A as unknown as number[]);
  return Float64Array.from(solve(matrix, Matrix.columnVector(b as unknown as number[]), singular).to1DArray());
}

/** What of `r` is in no combination of the columns of J: its distance from their span, by Gram-Schmidt run twice. */
export function outsideColumns({ J, rows, columns }: Jacobian, r: Float64Array): Float64Array {
  const inner = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * b[i], 0);
  const basis: Float64Array[] = [];
  const without = (x: Float64Array) =>
    [...basis, ...basis].reduce((rest, direction) => combined(rest, -inner(rest, direction), direction), x);
  for (let k = 0; k < columns; k++) {
    const column = Float64Array.from({ length: rows }, (_, i) => J[i * columns + k]);
    const rest = without(column);
    const size = Math.hypot(...rest);
    if (size > 1e-9 * Math.hypot(...column)) basis.push(rest.map((value) => value / size));
  }
  return without(r);
}
