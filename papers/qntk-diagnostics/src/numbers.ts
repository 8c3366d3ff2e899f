/** A quantity over initialisations. */
export interface Spread {
  readonly mean: number;
  /** Sample standard deviation. */
  readonly std: number;
  readonly values: readonly number[];
}

export function spreadOf(values: readonly number[]): Spread {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, std: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0, values };
}

/** Two standard errors of the mean. */
const twoErrors = ({ std, values }: Spread): number => (2 * std) / Math.sqrt(values.length);

/** Rank correlation by Spearman, ties at their mean rank; 0 where one of the lists is constant. */
export function rankCorrelation(xs: readonly number[], ys: readonly number[]): number {
  const [a, b] = [spreadOf(ranks(xs)), spreadOf(ranks(ys))];
  if (a.std === 0 || b.std === 0) return 0;
  const products = a.values.reduce((sum, x, i) => sum + (x - a.mean) * (b.values[i]! - b.mean), 0);
  return products / ((xs.length - 1) * a.std * b.std);
}

function ranks(values: readonly number[]): number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return below + (equal + 1) / 2;
  });
}

/** Least squares slope of y against x; 0 where x is constant. */
export function slopeOf(xs: readonly number[], ys: readonly number[]): number {
  const x = spreadOf(xs);
  const y = spreadOf(ys);
  const square = xs.reduce((sum, value) => sum + (value - x.mean) ** 2, 0);
  return square === 0 ? 0 : xs.reduce((sum, value, i) => sum + (value - x.mean) * (ys[i]! - y.mean), 0) / square;
}

/** Two significant digits, as powers of ten outside of 10⁻³ … 10⁵. */
export function digits(value: number, count = 2): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e5) return String(Number(value.toPrecision(count))).replace('-', '−');
  const [mantissa, exponent] = value.toExponential(count - 1).split('e');
  return `${Number(mantissa)}·10^${Number(exponent)}`.replaceAll('-', '−');
}

/** `0.18 ± 0.02`: a mean over initialisations and two standard errors of it. */
export const meanText = (spread: Spread): string => `${digits(spread.mean)} ± ${digits(twoErrors(spread), 1)}`;

export const rangeText = (values: readonly number[]): string =>
  values.length === 0 ? '–' : `${digits(Math.min(...values))} … ${digits(Math.max(...values))}`;
