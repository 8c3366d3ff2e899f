import { adjoint, type Complex, order, product } from '../../linalg/complex.ts';
import type { Machine } from '../../wasm/machine.ts';
import { type CosineSine, cosineSines } from './cosine-sine.ts';
import { type DenseCircuit, generatorPerLayer } from './dense.ts';

/** A dense circuit as the fast engine computes it: U_l is the blocks `matrices[l]` behind the rotations `rotations[l]`. */
export interface BlockCircuit {
  /** The circuit's levels of each block, in the engine's order. */
  readonly levels: readonly (readonly number[])[];
  readonly matrices: readonly (readonly Complex[])[];
  /** Cosine and sine of Θ, then of Φ, of each layer; none where there is one block. */
  readonly rotations: readonly Float64Array[];
  /** What the blocks of the starting states are multiplied with first. */
  readonly opening: readonly Complex[];
}

/** Smaller dimensions than this gain nothing. */
const worthwhile = 8;

/**
 * Two blocks where the H of all layers has two eigenvalues of equal multiplicity, as in You et al. 2023: bases may be
 * chosen freely within each, and a choice exists in which every U is half as much work.
 */
export function blocksOf(circuit: DenseCircuit, machine: Machine): BlockCircuit {
  const { dimension, unitaries, generator } = circuit;
  const all = Array.from({ length: dimension }, (_, k) => k);
  const upper = all.filter((k) => generator[k] === generator[0]);
  const lower = all.filter((k) => generator[k] !== generator[0]);
  const twoValues = lower.every((k) => generator[k] === generator[lower[0]]);
  const halves = upper.length === lower.length && twoValues && !generatorPerLayer(circuit);
  if (!halves || dimension < worthwhile || unitaries.length === 0)
    return { levels: [all], matrices: unitaries.map((unitary) => [unitary]), rotations: [], opening: [] };
  const order = [...upper, ...lower];
  const matrices: Complex[][] = [];
  const rotations: Float64Array[] = [];
  let opening: readonly Complex[] = [];
  let before: CosineSine | undefined;
  // One after the other: all at once would take several times the memory of the circuit.
  for (const layer of cosineSines(unitaries.length, (l) => permuted(unitaries[l], order), upper.length, machine)) {
    rotations.push(joined(layer.theta, layer.phi));
    // Q† of this layer times P of the one before.
    if (before) matrices.push(before.left.map((inverse, b) => product(layer.right[b], adjoint(inverse))));
    else opening = layer.right;
    before = layer;
  }
  matrices.push(before!.left.map((inverse) => adjoint(inverse)));
  return { levels: [upper, lower], matrices, rotations, opening };
}

function joined(a: Float64Array, b: Float64Array): Float64Array {
  const result = new Float64Array(a.length + b.length);
  result.set(a);
  result.set(b, a.length);
  return result;
}

function permuted(u: Complex, levels: readonly number[]): Complex {
  const d = order(u);
  const result = new Float64Array(u.length);
  for (let r = 0; r < d; r++)
    for (let c = 0; c < d; c++) {
      const at = 2 * (levels[r] * d + levels[c]);
      result[2 * (r * d + c)] = u[at];
      result[2 * (r * d + c) + 1] = u[at + 1];
    }
  return result;
}
