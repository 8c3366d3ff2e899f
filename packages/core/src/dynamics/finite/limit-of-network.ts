import type { Complex } from '../../linalg/complex.ts';
import { type LimitProblem, limitProblem, mixtures } from '../limit/problem.ts';
import { type LimitState, stateOfProjections } from '../limit/state.ts';
import type { FiniteProblem } from './run.ts';

/** The limit p → ∞ that starts from the same M(0) and inputs as a finite network. */
export function limitOf({ network, labels, theta0 }: FiniteProblem): { problem: LimitProblem; start: LimitState } {
  const { inputs, readout, simulator } = network;
  const states = simulator.states(theta0);
  let from = 0;
  const projections = readout.eigenspaces.map(({ dimension }) => {
    const part = overlaps(states, inputs.dimension, from, from + dimension);
    from += dimension;
    return part;
  });
  const all = overlaps(states, inputs.dimension, 0, inputs.dimension);
  const problem = limitProblem(readout, mixtures(all, inputs.weights, inputs.sample), labels);
  return { problem, start: stateOfProjections(problem, projections) };
}

/** The largest root mean square difference of two runs' outputs (times × m), over times. */
export function largestGap(outputs: Float64Array, others: Float64Array, m: number): number {
  let largest = 0;
  for (let at = 0; at < outputs.length; at += m) {
    let sum = 0;
    for (let j = at; j < at + m; j++) sum += (outputs[j] - others[j]) ** 2 / m;
    largest = Math.max(largest, Math.sqrt(sum));
  }
  return largest;
}

/** ⟨v_k|Π|v_l⟩ (n × n) of n columns (n × 2d) with Π onto the basis states `from` … `to` − 1. */
function overlaps(states: Float64Array, d: number, from: number, to: number): Complex {
  const n = states.length / (2 * d);
  const out = new Float64Array(2 * n * n);
  for (let k = 0; k < n; k++)
    for (let l = 0; l < n; l++)
      for (let i = from; i < to; i++) {
        const a = 2 * (k * d + i);
        const b = 2 * (l * d + i);
        out[2 * (k * n + l)] += states[a] * states[b] + states[a + 1] * states[b + 1];
        out[2 * (k * n + l) + 1] += states[a] * states[b + 1] - states[a + 1] * states[b];
      }
  return out;
}
