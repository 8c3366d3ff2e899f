/**
 * Positions of numbers, descending; equal ones stay in their order. By insertion, as what is sorted here is
 * nearly in one order or the other already, for which a comparing sort asks a function many times.
 */
export function descendingOrder(values: Float64Array): Uint32Array {
  const n = values.length;
  const order = new Uint32Array(n);
  const reversed = n > 1 && values[0] < values[n - 1];
  for (let k = 0; k < n; k++) {
    const at = reversed ? n - 1 - k : k;
    let to = k;
    for (; to > 0 && isBefore(values, at, order[to - 1]); to--) order[to] = order[to - 1];
    order[to] = at;
  }
  return order;
}

function isBefore(values: Float64Array, a: number, b: number): boolean {
  return values[a] > values[b] || (values[a] === values[b] && a < b);
}
