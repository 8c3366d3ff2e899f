import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { Jacobian } from '../../src/kernel/jacobian.ts';
import type { FlowSystem } from '../../src/predict/flow-system.ts';
import { combined, kernelBetween, minus, times } from './brute-force.ts';

/** A frozen Jacobian taken apart: Δθ after a kernel time s from a residual r is Jᵀ·Q·φ_s(Λ)·Qᵀ·r. */
function frozenFlow(system: FlowSystem, jacobian: Jacobian) {
  const { J, columns } = jacobian;
  const training = { ...jacobian, rows: system.trainRows };
  const K = Matrix.from1DArray(training.rows, training.rows, [...kernelBetween(training, training)]);
  const eigen = new EigenvalueDecomposition(K, { assumeSymmetric: true });
  const Q = Float64Array.from(eigen.eigenvectorMatrix.to1DArray());
  const QT = Float64Array.from(eigen.eigenvectorMatrix.transpose().to1DArray());
  return {
    fastest: Math.max(...eigen.realEigenvalues),
    displacement(r: Float64Array, s: number): Float64Array {
      const weights = times(
        Q,
        times(QT, r).map((c, j) => {
          const lambda = Math.max(eigen.realEigenvalues[j], 0);
          return lambda * s < 1e-12 ? c * s : (-c * Math.expm1(-lambda * s)) / lambda;
        }),
      );
      const moved = new Float64Array(columns);
      weights.forEach((weight, i) => {
        for (let k = 0; k < columns; k++) moved[k] += weight * J[i * columns + k];
      });
      return moved;
    },
  };
}

/**
 * The exponential midpoint rule, the method to compare with: half a step with J(θ), the whole one with J there,
 * accepted where the network is within tolerance·‖r‖ of the linear model, f + JΔ as dense output. A refused step costs
 * its middle only: its end is not counted, which flatters it.
 */
export function exponentialMidpoint(system: FlowSystem, wanted: Float64Array, tolerance: number) {
  const { y, trainRows, weight } = system;
  const end = wanted[wanted.length - 1] * weight;
  const outputs: number[] = [];
  let recorded = 0;
  let theta = system.theta0;
  let at = system.jacobian(theta);
  let jacobians = 1;
  let s = 0;
  let h = 0.5 / frozenFlow(system, at).fastest;
  while (recorded < wanted.length) {
    h = Math.min(h, end - s);
    const r = minus(y, at.f.subarray(0, trainRows));
    const half = frozenFlow(system, at).displacement(r, h / 2);
    const middle = system.jacobian(combined(theta, 1, half));
    jacobians++;
    const flow = frozenFlow(system, middle);
    const linear = (time: number) => combined(at.f, 1, times(middle.J, flow.displacement(r, time)));
    const next = combined(theta, 1, flow.displacement(r, h));
    const found = system.outputs(next);
    const off = Math.hypot(...minus(found, linear(h)).subarray(0, trainRows)) / Math.hypot(...r);
    const factor = 0.9 * Math.cbrt(tolerance / Math.max(off, 1e-300));
    if (off > tolerance) {
      h *= Math.max(0.1, factor);
      continue;
    }
    const last = h >= end - s;
    for (; recorded < wanted.length && (last || wanted[recorded] * weight <= s + h); recorded++)
      outputs.push(...linear(wanted[recorded] * weight - s));
    s += h;
    theta = next;
    h *= Math.min(50, factor);
    if (recorded < wanted.length) {
      at = system.jacobian(theta);
      jacobians++;
    }
  }
  return { outputs: Float64Array.from(outputs), jacobians };
}
