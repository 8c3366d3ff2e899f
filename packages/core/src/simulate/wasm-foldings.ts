import { FOLD, TOTAL } from './wasm-codes.ts';

/** The signed sum Σ_k (−1)^|k ∧ mask| w_k goes to a reading. */
export interface SignedSum {
  readonly mask: number;
  readonly reading: number;
}

/**
 * Signed sums of an array of 2^qubits rows at row 0: a Walsh-Hadamard transform of which only the wanted branches are
 * followed. Adding the upper half of an array to its lower half, or subtracting it, settles one qubit of all masks.
 */
export function foldings(sums: readonly SignedSum[], qubits: number): number[] {
  const words: number[] = [];
  const follow = (wanted: readonly SignedSum[], from: number, size: number, free: number) => {
    if (wanted.every(({ mask }) => mask === 0)) {
      for (const { reading } of wanted) words.push(TOTAL, from, size, reading, 0);
      return;
    }
    const top = size - 1;
    const bit = 1 << top;
    const even = wanted.filter(({ mask }) => !(mask & bit));
    const odd = wanted.filter(({ mask }) => mask & bit).map(({ mask, reading }) => ({ mask: mask ^ bit, reading }));
    for (const [branch, sign] of [[even, 1] as const, [odd, -1] as const]) {
      if (branch.length === 0) continue;
      words.push(FOLD, from, top, free, sign);
      follow(branch, free, top, free + 2 ** top);
    }
  };
  follow(sums, 0, qubits, 2 ** qubits);
  return words;
}
