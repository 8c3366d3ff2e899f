import { readFileSync } from 'node:fs';

/** The workload of the peers' scripts, drawn by numpy: X and θ (layer, qubit, RY then RZ), and the trace of K = JJᵀ. */
export interface Work {
  readonly qubits: number;
  readonly layers: number;
  readonly points: number;
  readonly traceK: number;
  readonly x: number[];
  readonly theta: number[];
}

export const workload = JSON.parse(readFileSync('bench/workload.json', 'utf8')) as Work[];
