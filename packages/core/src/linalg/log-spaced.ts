/** `count` numbers from `low` to `high`, evenly on a logarithmic axis; both ends are exact. One number is `low`. */
export function logSpaced(low: number, high: number, count: number): Float64Array {
  const last = count - 1;
  return Float64Array.from({ length: count }, (_, k) =>
    k > 0 && k === last ? high : low * (high / low) ** (k / Math.max(1, last)),
  );
}
