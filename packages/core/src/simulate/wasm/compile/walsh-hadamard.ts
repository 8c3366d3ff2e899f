import { BUTTERFLY, SPLIT3, TOTAL } from '../../../wasm/codes.ts';

/** The signed sum Σ_k (−1)^|k ∧ mask| w_k goes to a reading. */
export interface SignedSum {
  readonly mask: number;
  readonly reading: number;
}

/** Arrays of fewer rows than 2^this are summed one qubit at a time. */
const smallestSplit = 4;

/**
 * Signed sums of an array of 2^qubits rows at row 0: a Walsh-Hadamard transform of which only the wanted branches are
 * followed. Adding the upper half of an array to its lower half, or subtracting it, settles one qubit of all masks;
 * where only single qubits are wanted, three are settled at a time. `unused` is a reading for sums nobody wants.
 */
export function walshHadamard(sums: readonly SignedSum[], qubits: number, unused: number): number[] {
  const words: number[] = [];
  const follow = (wanted: readonly SignedSum[], from: number, size: number, free: number) => {
    if (wanted.every(({ mask }) => mask === 0)) {
      for (const { reading } of wanted) words.push(TOTAL, from, size, 0, reading, 0, 0);
      return;
    }
    if (size >= smallestSplit && wanted.every(({ mask }) => isSingle(mask))) {
      const rest = size - 3;
      const signed = [rest, rest + 1, rest + 2].map((qubit) => wanted.find(({ mask }) => mask === 1 << qubit)?.reading);
      words.push(SPLIT3, from, rest, free, ...signed.map((reading) => reading ?? unused));
      const others = wanted.filter(({ mask }) => mask < 1 << rest);
      if (others.length > 0) follow(others, free, rest, free + 2 ** rest);
      return;
    }
    const top = size - 1;
    const bit = 1 << top;
    const even = wanted.filter(({ mask }) => !(mask & bit));
    const odd = wanted.filter(({ mask }) => mask & bit).map(({ mask, reading }) => ({ mask: mask ^ bit, reading }));
    for (const [branch, sign] of [[even, 1] as const, [odd, -1] as const]) {
      if (branch.length === 0) continue;
      words.push(BUTTERFLY, from, top, free, sign, 0, 0);
      follow(branch, free, top, free + 2 ** top);
    }
  };
  follow(sums, 0, qubits, 2 ** qubits);
  return words;
}

const isSingle = (mask: number): boolean => (mask & (mask - 1)) === 0;
