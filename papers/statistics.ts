/** A number with `count` significant digits; as a power of ten outside of 10⁻³ … 10⁵. */
export function significant(value: number, count: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e5) return String(Number(value.toPrecision(count))).replace('-', '−');
  const [mantissa, exponent] = value.toExponential(count - 1).split('e');
  return `${Number(mantissa)}·10^${Number(exponent)}`.replaceAll('-', '−');
}

/** Wilson's interval of a share, 95 %. */
export function shareInterval(hits: number, count: number): [low: number, high: number] {
  const [z, share] = [1.96, hits / count];
  const centre = (share + z ** 2 / (2 * count)) / (1 + z ** 2 / count);
  const half = (z * Math.sqrt((share * (1 - share)) / count + z ** 2 / (4 * count ** 2))) / (1 + z ** 2 / count);
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}

/** Ranks from 0, equal values share the mean of theirs. */
function ranks(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const ranked = new Array<number>(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let k = from; k < to; k++) ranked[order[k]!] = (from + to - 1) / 2;
    from = to;
  }
  return ranked;
}

/** Spearman's rank correlation; 0 where all of one are equal. */
export function rankCorrelation(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [ranks(a), ranks(b)];
  // Ranks of any values have this mean.
  const mean = (a.length - 1) / 2;
  const product = (u: readonly number[], v: readonly number[]) =>
    u.reduce((sum, value, i) => sum + (value - mean) * (v[i]! - mean), 0);
  const size = Math.sqrt(product(x, x) * product(y, y));
  return size > 0 ? product(x, y) / size : 0;
}

/** The middle of some values, of an even number the upper one. */
export const upperMedian = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
