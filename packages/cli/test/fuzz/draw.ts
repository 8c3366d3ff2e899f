import { random } from '@qntk/core';

/** Random choices of one call, fixed by the fuzz's seed and the call's number. */
export interface Draw {
  pick<T>(from: readonly T[]): T;
  chance(probability: number): boolean;
  /** From 0, below `below`. */
  integer(below: number): number;
  normal(): number;
}

export function drawFrom(...words: number[]): Draw {
  const stream = random(...words);
  return {
    pick: (from) => from[stream.integer(from.length)]!,
    chance: (probability) => stream.uniform() < probability,
    integer: stream.integer,
    normal: stream.normal,
  };
}
