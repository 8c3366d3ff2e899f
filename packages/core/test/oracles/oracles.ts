import { readdirSync, readFileSync } from 'node:fs';
import type { Angle } from '../../src/circuit/angle.ts';
import type { CircuitSource } from '../../src/circuit/circuit.ts';
import { apply, constant, type Expression, input } from '../../src/circuit/expression.ts';
import { complexMatrix } from '../../src/linalg/complex.ts';

type Polynomial = { coeff: number; inputs: number[] }[];

interface OracleAngle {
  const: number;
  params: Record<string, number>;
  poly: Polynomial | null;
  scaled?: { param: number; poly: Polynomial }[];
}

/** One circuit as PennyLane and Qiskit computed it; README.md beside the files says how. */
export interface Oracle {
  name: string;
  qubits: number;
  features: number;
  parameters: number;
  spec: Record<string, unknown> | null;
  amplitudes: boolean;
  gates: { gate: string; wires: number[]; angle: OracleAngle[]; matrix?: [number, number][][] }[];
  observables: { text: string }[];
  scale: number;
  X: number[][];
  theta: number[];
  f: number[][];
  J: number[][][];
  K: number[][];
}

const folder = new URL('.', import.meta.url);

/** Every stored circuit. */
export const oracles: Oracle[] = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')));

/** The gate list of an oracle as a circuit of ours. */
export function circuitOf(oracle: Oracle): CircuitSource {
  return {
    qubits: oracle.qubits,
    inputs: oracle.features,
    parameters: Array.from({ length: oracle.parameters }, (_, k) => `theta_${k}`),
    start: oracle.amplitudes ? 'amplitudes' : 'zero',
    operations: oracle.gates.map(({ gate, wires, angle, matrix }) => ({
      gate,
      wires,
      angles: angle.map(angleOf),
      ...(matrix && { matrix: complexMatrix(matrix) }),
    })),
  };
}

function angleOf(angle: OracleAngle): Angle {
  return {
    offset: apply('+', angle.const, polynomial(angle.poly ?? [])),
    terms: [
      ...Object.entries(angle.params).map(([k, factor]) => ({ parameter: Number(k), factor: constant(factor) })),
      ...(angle.scaled ?? []).map(({ param, poly }) => ({ parameter: param, factor: polynomial(poly) })),
    ],
  };
}

function polynomial(terms: Polynomial): Expression {
  const products = terms.map(({ coeff, inputs }) =>
    inputs.reduce<Expression>((product, index) => apply('*', product, input(index)), constant(coeff)),
  );
  return products.reduce((sum, product) => apply('+', sum, product), constant(0));
}
