import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A stream of random numbers, fixed by the words it was seeded with. */
export interface Random {
  /** Uniform in [low, high). */
  uniform(low?: number, high?: number): number;
  /** Standard normal. */
  normal(): number;
  /** Uniform integer in [0, below). */
  integer(below: number): number;
  /** The numbers 0 … count−1 in random order. */
  permutation(count: number): Int32Array;
}

/**
 * A generator for a list of integers, such as (seed, index of the initialisation).
 *
 * The words are hashed first: neighbouring raw seeds of xoroshiro128+ give first draws that are correlated, so
 * `random(7, 0)` and `random(7, 1)` must not differ in one bit of the state only.
 */
export function random(...words: number[]): Random {
  const generator = xoroshiro128plus(hash(words));
  let spare: number | undefined;
  const uniform = (low = 0, high = 1) => low + (high - low) * uniformFloat64(generator);
  const integer = (below: number) => Math.floor(uniform() * below);
  return {
    uniform,
    integer,
    normal() {
      if (spare !== undefined) {
        const value = spare;
        spare = undefined;
        return value;
      }
      // Box-Muller; 1 − u lies in (0, 1], so the logarithm is finite.
      const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
      const angle = uniform(0, 2 * Math.PI);
      spare = radius * Math.sin(angle);
      return radius * Math.cos(angle);
    },
    permutation(count) {
      const order = Int32Array.from({ length: count }, (_, i) => i);
      for (let i = count - 1; i > 0; i--) {
        const j = integer(i + 1);
        const swapped = order[i];
        order[i] = order[j];
        order[j] = swapped;
      }
      return order;
    },
  };
}

/** 32-bit hash of a list of integers: the finaliser of MurmurHash3 (Appleby, public domain constants) chained over the words. */
function hash(words: number[]): number {
  let state = 0x9e3779b9;
  for (const word of words) {
    // Seeds above 2³² keep their upper half.
    for (const half of [word | 0, Math.floor(word / 2 ** 32) | 0]) {
      state = Math.imul(state ^ half, 0x85ebca6b);
      state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
      state ^= state >>> 16;
    }
  }
  return state | 0;
}
