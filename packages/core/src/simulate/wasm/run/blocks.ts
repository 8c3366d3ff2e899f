import { stateBytes } from '../states.ts';

/** States of a block up to this size stay in the first cache while passes go over them. */
const blockBytes = 10240;

/** Blocks of one point each. */
export const singles = (points: number): number[] => Array<number>(points).fill(1);

/**
 * Points of each block: 1, or even numbers that hardly differ. The last block may reach beyond the last point. Every thread
 * has as many blocks as the others, where there are enough points.
 */
export function blockWidths(qubits: number, points: number, threads: number): number[] {
  if (points === 1) return singles(points);
  const pairs = Math.ceil(points / 2);
  const least = Math.ceil(pairs / Math.max(1, blockBytes / stateBytes(qubits, 2)));
  const blocks = Math.min(pairs, Math.ceil(least / threads) * threads);
  return Array.from(
    { length: blocks },
    (_, block) => 2 * (Math.floor(((block + 1) * pairs) / blocks) - Math.floor((block * pairs) / blocks)),
  );
}

/** First point of each block. */
export function firstPoints(widths: readonly number[]): number[] {
  let next = 0;
  return widths.map((width) => {
    next += width;
    return next - width;
  });
}

/** The larger of two numbers. */
export const larger = (a: number, b: number): number => Math.max(a, b);
