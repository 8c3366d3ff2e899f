import type { Complex } from '../../linalg/complex.ts';
import * as code from '../../wasm/codes.ts';
import { defaultMachine, type Machine } from '../../wasm/machine.ts';

/**
 * U = (P₁ ⊕ P₂)·Θ·Φ·(Q₁ ⊕ Q₂)† for a unitary of two equal blocks of n levels, a cosine-sine decomposition that ends after
 * n steps (after Sutton, Numerical Algorithms 50, 33, 2009). Θ turns levels (i, n + i) by real rotations [[c, −s], [s, c]],
 * Φ levels (i + 1, n + i). Where phases commute with the blocks, the Ps and Qs of neighbouring layers merge, which leaves
 * half the work of U.
 *
 * Step i: reflections of the rows of each block leave column i two entries, cos θ and sin θ. Turned by θ it has one, and so
 * has its row, U being unitary. Row n + i is then brought to two entries by reflections of the columns, and to one by φ.
 */
export interface CosineSine {
  /** P† and Q† of each block, n × n. */
  readonly left: readonly [Complex, Complex];
  readonly right: readonly [Complex, Complex];
  /** Cosine and sine of each rotation of Θ and Φ, 2n; the last of Φ is none. */
  readonly theta: Float64Array;
  readonly phi: Float64Array;
}

/** Unitaries that are in memory together, in bytes. */
const together = 2 ** 25;

/**
 * The decompositions of unitaries of 2n levels, from reflections and rotations alone: as exact as the Us are unitary. Each
 * is asked for when its turn comes, and again never.
 */
export function* cosineSines(
  count: number,
  unitary: (l: number) => Complex,
  n: number,
  machine: Machine = defaultMachine,
): Generator<CosineSine, void> {
  // U, P† and Q†, Θ and Φ (assembly/cosine-sine.ts).
  const numbers = 8 * n * n + 8 * n * n + 4 * n;
  const atOnce = Math.max(1, Math.floor(together / (8 * numbers)));
  for (let from = 0; from < count; from += atOnce) {
    const unitaries = Array.from({ length: Math.min(atOnce, count - from) }, (_, k) => unitary(from + k));
    yield* decomposeTogether(unitaries, n, numbers, machine);
  }
}

function decomposeTogether(unitaries: readonly Complex[], n: number, numbers: number, machine: Machine): CosineSine[] {
  machine.owner = undefined;
  const scratch = 64 * Math.ceil(code.COSINE_SINE_HEADER / 16);
  const scratchBytes = 64 * n;
  const first = scratch + machine.threads * scratchBytes;
  const itemBytes = 8 * numbers;
  const buffer = machine.reserve(
    first + unitaries.length * itemBytes,
    () => `${unitaries.length} unitaries of ${2 * n} levels`,
  );
  const header = new Uint32Array(buffer, 0, code.COSINE_SINE_HEADER);
  header[code.JOB_KIND] = code.COSINE_SINE;
  header[code.JOB_THREAD_BYTES] = scratchBytes;
  header[code.JOB_ITEM] = first;
  header[code.JOB_ITEM_BYTES] = itemBytes;
  header[code.COSINE_SINE_ORDER] = n;
  header[code.COSINE_SINE_SCRATCH] = scratch;
  header[code.COSINE_SINE_UNITARY] = first;
  unitaries.forEach((unitary, i) => {
    new Float64Array(buffer, first + i * itemBytes, unitary.length).set(unitary);
  });
  machine.perform(0, unitaries.length, unitaries.length > 1);
  return unitaries.map((_, i) => readDecomposition(new Float64Array(buffer, first + i * itemBytes, numbers), n));
}

function readDecomposition(numbers: Float64Array, n: number): CosineSine {
  let at = 8 * n * n;
  const next = (count: number) => {
    at += count;
    return numbers.slice(at - count, at);
  };
  const matrix = () => next(2 * n * n);
  return {
    left: [matrix(), matrix()],
    right: [matrix(), matrix()],
    theta: next(2 * n),
    phi: next(2 * n),
  };
}
