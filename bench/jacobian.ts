import { readFileSync } from 'node:fs';
import { data, parameter } from '../packages/core/src/circuit/angle.ts';
import { compile, type Operation } from '../packages/core/src/circuit/circuit.ts';
import { input } from '../packages/core/src/circuit/expression.ts';
import { parseObservable } from '../packages/core/src/circuit/observable.ts';
import { jacobian } from '../packages/core/src/kernel/jacobian.ts';
import { bind, createModel } from '../packages/core/src/model/model.ts';
import { wasm } from '../packages/core/src/simulate/wasm.ts';
import type { Case } from './main.ts';

/** The workload of the peers' scripts, drawn by numpy: X and θ (layer, qubit, RY then RZ), and the trace of K = JJᵀ. */
interface Work {
  readonly qubits: number;
  readonly layers: number;
  readonly points: number;
  readonly traceK: number;
  readonly x: number[];
  readonly theta: number[];
}

const workload = JSON.parse(readFileSync('bench/workload.json', 'utf8')) as Work[];

/**
 * M × P Jacobians: RX(x) on every qubit, layers of RY and RZ on every qubit and a CZ ring. The readout is Z on qubit 0 as
 * in the peers' scripts, of which a light cone reaches back, and the mean of all Z, which needs every gate.
 */
export const jacobianCases: readonly Case[] = [
  ...workload.map((work) => jacobianCase(work, 'jacobian', 'Z0')),
  ...workload.map((work) => jacobianCase(work, 'mean-z', 'mean-Z')),
];

function jacobianCase(work: Work, prefix: string, readout: string): Case {
  const { qubits, layers, points } = work;
  return {
    name: `${prefix}-${qubits}-${layers}-${points}`,
    prepare() {
      const circuit = compile({
        qubits,
        inputs: 1,
        parameters: work.theta.map((_, k) => `theta_${k}`),
        start: 'zero',
        operations: operations(qubits, layers),
      });
      const model = createModel(circuit, [parseObservable(readout, qubits)], 1, wasm);
      const inputs = bind(model, Float64Array.from(work.x));
      const theta = Float64Array.from(work.theta);
      const { J } = jacobian(model, theta, inputs);
      const trace = J.reduce((sum, entry) => sum + entry * entry, 0);
      if (readout === 'Z0' && !(Math.abs(trace - work.traceK) < 1e-11 * work.traceK))
        throw new Error(`${prefix}-${qubits}-${layers}-${points}: trace of K is ${trace}, expected ${work.traceK}`);
      return () => jacobian(model, theta, inputs);
    },
  };
}

function operations(qubits: number, layers: number): Operation[] {
  const all = Array.from({ length: qubits }, (_, q) => q);
  const encoding = all.map((q) => ({ gate: 'rx', wires: [q], angles: [data(input(0))] }));
  const layer = (l: number): Operation[] => [
    ...all.map((q) => ({ gate: 'ry', wires: [q], angles: [parameter(2 * (l * qubits + q))] })),
    ...all.map((q) => ({ gate: 'rz', wires: [q], angles: [parameter(2 * (l * qubits + q) + 1)] })),
    ...all.map((q) => ({ gate: 'cz', wires: [q, (q + 1) % qubits] })),
  ];
  return [...encoding, ...Array.from({ length: layers }, (_, l) => layer(l)).flat()];
}
