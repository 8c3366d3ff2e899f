import type { DenseCircuit } from '../packages/core/src/dynamics/dense/dense.ts';
import { denseLoss } from '../packages/core/src/dynamics/dense/loss.ts';
import { denseWasm } from '../packages/core/src/dynamics/dense/wasm.ts';
import { solve } from '../packages/core/src/integrate/solve.ts';
import { lossOf, residual } from '../packages/core/src/model/loss.ts';
import { haarUnitary } from '../packages/core/src/random/haar.ts';
import { random } from '../packages/core/src/random/random.ts';
import type { Case, Peers } from './case.ts';

/** You et al.'s training problem: p parameters, m orthonormal inputs, labels ±1. */
interface DenseProblem {
  readonly circuit: DenseCircuit;
  /** m × 2d. */
  readonly states: Float64Array;
  readonly y: Float64Array;
  readonly theta0: Float64Array;
}

const shapes = [
  [32, 4, 10],
  [32, 4, 80],
  [64, 4, 80],
  [32, 1, 320],
];

/** One gradient of 1/(2m)·Σ(y − ŷ)², as You et al.'s gradient descent takes 10 000. */
export const stepCases: readonly Case[] = shapes.map(([d, m, p]) => ({
  name: `step-c-${d}-${m}-${p}`,
  prepare() {
    const { circuit, states, y, theta0 } = denseProblem(d, m, p);
    const simulator = denseWasm.prepare(circuit, states);
    return () => denseLoss(simulator.jacobian(theta0), y, 'mean');
  },
  peers: peersOf(d, m, p, 1, 1),
}));

/** You et al.'s learning rate is 10⁻³/p, and a curve 10 000 steps. */
const curve = { rate: 1e-3, steps: 10_000, records: 101 };

/** A whole loss curve by adaptive gradient flow. */
export const curveCases: readonly Case[] = shapes.map(([d, m, p]) => ({
  name: `curve-c-${d}-${m}-${p}`,
  prepare() {
    const { circuit, states, y, theta0 } = denseProblem(d, m, p);
    const simulator = denseWasm.prepare(circuit, states);
    const flow = (theta: Float64Array) =>
      denseLoss(simulator.jacobian(theta), y, 'mean').gradient.map((slope) => -slope);
    const times = Float64Array.from(
      { length: curve.records },
      (_, k) => ((curve.rate / p) * curve.steps * k) / (curve.records - 1),
    );
    return () =>
      solve(flow, theta0, times, 1e-5).states.map((theta) => lossOf('mean', residual(y, simulator.outputs(theta)), m));
  },
  // A hundredth of the curve is run.
  peers: peersOf(d, m, p, curve.steps / 100, 100),
}));

/** Eigenvalues of H are ±√(d − 1/d), half of each, as in the paper's step size; those of M₀ ±1. */
function denseProblem(d: number, m: number, p: number): DenseProblem {
  const draw = random(1, d, m, p);
  const signs = Float64Array.from({ length: d }, (_, k) => (k < d / 2 ? 1 : -1));
  return {
    circuit: {
      dimension: d,
      unitaries: Array.from({ length: p }, () => haarUnitary(d, draw)),
      generator: signs.map((sign) => sign * Math.sqrt(d - 1 / d)),
      readout: signs,
    },
    states: haarUnitary(d, draw).slice(0, 2 * d * m),
    y: Float64Array.from({ length: m }, (_, j) => (j < m / 2 ? 1 : -1)),
    theta0: Float64Array.from({ length: p }, () => draw.uniform(0, 2 * Math.PI)),
  };
}

/** PyTorch at so many steps a run, each to be counted `scale` times. */
function peersOf(d: number, m: number, p: number, steps: number, scale: number): Peers {
  return {
    scripts: ['torch_step.py'],
    scale,
    problem() {
      const { circuit, states, y, theta0 } = denseProblem(d, m, p);
      return {
        unitaries: circuit.unitaries.flatMap((unitary) => [...unitary]),
        generator: [...circuit.generator],
        readout: [...circuit.readout],
        states: [...states],
        y: [...y],
        theta: [...theta0],
        rate: curve.rate / p,
        steps,
      };
    },
    answer() {
      const { circuit, states, y, theta0 } = denseProblem(d, m, p);
      const { loss, gradient } = denseLoss(denseWasm.prepare(circuit, states).jacobian(theta0), y, 'mean');
      return [loss, ...gradient];
    },
  };
}
