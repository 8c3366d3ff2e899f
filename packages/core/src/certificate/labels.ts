/**
 * What no function of the inputs with values from `low` to `high` can do: points with the same features get the same
 * output, and labels out of range are missed. Least mean squared error of one output.
 *
 * @param X points × features, row-major.
 */
export function leastErrorOfAnyFunction(
  X: Float64Array,
  y: Float64Array,
  features: number,
  { low, high }: { readonly low: number; readonly high: number },
): number {
  const groups = new Map<string, number[]>();
  y.forEach((label, i) => {
    const key = X.subarray(i * features, (i + 1) * features).join();
    groups.set(key, [...(groups.get(key) ?? []), label]);
  });
  let sum = 0;
  for (const labels of groups.values()) {
    const mean = labels.reduce((total, label) => total + label, 0) / labels.length;
    const output = Math.min(high, Math.max(low, mean));
    for (const label of labels) sum += (label - output) ** 2;
  }
  return sum / y.length;
}
