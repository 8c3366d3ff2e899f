/** Largest difference of two empirical distribution functions. */
export function kolmogorovDistance(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [a, b].map((values) => [...values].sort((p, q) => p - q));
  let [i, j, largest] = [0, 0, 0];
  while (i < x.length && j < y.length) {
    const at = Math.min(x[i], y[j]);
    while (x[i] <= at) i++;
    while (y[j] <= at) j++;
    largest = Math.max(largest, Math.abs(i / x.length - j / y.length));
  }
  return largest;
}

/** The distance that two samples of one law exceed with this probability at most (Massart's constant, each side). */
export function kolmogorovBound(first: number, second: number, falseAlarm: number): number {
  return Math.sqrt((-Math.log(falseAlarm / 2) / 2) * (1 / first + 1 / second));
}
