import { parseObservable } from '../packages/core/src/circuit/observable.ts';
import { jacobian } from '../packages/core/src/kernel/jacobian.ts';
import { bind, createModel } from '../packages/core/src/model/model.ts';
import { wasm } from '../packages/core/src/simulate/wasm/engine.ts';
import type { Case, Peers } from './case.ts';
import { layeredCircuit } from './circuits.ts';
import { type Work, workload } from './workload.ts';

/**
 * M × P Jacobians: RX(x) on every qubit, layers of RY and RZ on every qubit and a CZ ring. The readout is Z on qubit 0 as
 * in the peers' scripts, of which a light cone reaches back, and the mean of all Z, which needs every gate.
 */
export const jacobianCases: readonly Case[] = [
  ...workload.map((work) => ({ ...jacobianCase(work, 'jacobian', 'Z0'), peers: peersOf(work) })),
  ...workload.map((work) => jacobianCase(work, 'mean-z', 'mean-Z')),
];

/** The fastest tools at that size. */
function peersOf(work: Work): Peers {
  const { qubits } = work;
  const small = ['qujax_jacobian.py', 'jax_jacobian.py'];
  return {
    scripts: qubits < 10 ? small : qubits < 16 ? ['qulacs_jacobian.py', 'jax_jacobian.py'] : ['lightning_jacobian.py'],
    problem: () => work,
    answer: () => [work.traceK],
  };
}

function jacobianCase(work: Work, prefix: string, readout: string): Case {
  const { qubits, layers, points } = work;
  return {
    name: `${prefix}-${qubits}-${layers}-${points}`,
    prepare() {
      const model = createModel(layeredCircuit(qubits, layers), [parseObservable(readout, qubits)], 1, wasm);
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
