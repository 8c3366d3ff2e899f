/**
 * Small dense complex matrices, square and row-major, real and imaginary parts interleaved:
 * entry (r, c) of an n × n matrix has its real part at 2(rn + c) and its imaginary part right behind.
 */
export type Complex = Float64Array;

/** Matrix from rows whose entries are a real number or a pair [re, im]. */
export function complexMatrix(rows: readonly (readonly (number | readonly [number, number])[])[]): Complex {
  const entries = rows.flat().map((entry) => (typeof entry === 'number' ? [entry, 0] : entry));
  return Float64Array.from(entries.flat());
}

/** Number of rows. */
export const order = (a: Complex): number => Math.sqrt(a.length / 2);

/** Identity of n rows. */
export function identity(n: number): Complex {
  const result = new Float64Array(2 * n * n);
  for (let i = 0; i < n; i++) result[2 * (i * n + i)] = 1;
  return result;
}

/** A·B. */
export function product(a: Complex, b: Complex): Complex {
  const n = order(a);
  const result = new Float64Array(a.length);
  for (let i = 0; i < n; i++)
    for (let k = 0; k < n; k++) {
      const re = a[2 * (i * n + k)];
      const im = a[2 * (i * n + k) + 1];
      for (let j = 0; j < n; j++) {
        const at = 2 * (i * n + j);
        const from = 2 * (k * n + j);
        result[at] += re * b[from] - im * b[from + 1];
        result[at + 1] += re * b[from + 1] + im * b[from];
      }
    }
  return result;
}

/** A times a vector. */
export function times(a: Complex, vector: Float64Array): Float64Array {
  const d = vector.length / 2;
  const out = new Float64Array(2 * d);
  for (let r = 0; r < d; r++)
    for (let c = 0; c < d; c++) {
      const at = 2 * (r * d + c);
      out[2 * r] += a[at] * vector[2 * c] - a[at + 1] * vector[2 * c + 1];
      out[2 * r + 1] += a[at] * vector[2 * c + 1] + a[at + 1] * vector[2 * c];
    }
  return out;
}

/** Conjugate transpose. */
export function adjoint(a: Complex): Complex {
  const n = order(a);
  const result = new Float64Array(a.length);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      result[2 * (j * n + i)] = a[2 * (i * n + j)];
      result[2 * (j * n + i) + 1] = -a[2 * (i * n + j) + 1];
    }
  return result;
}

/**
 * Kronecker product with `low` in the less significant bits: entry (h·n + l, h′·n + l′) is high(h, h′)·low(l, l′),
 * n the order of `low`.
 */
export function kronecker(high: Complex, low: Complex): Complex {
  const m = order(high);
  const n = order(low);
  const result = new Float64Array(2 * (m * n) ** 2);
  for (let i = 0; i < m * n; i++)
    for (let j = 0; j < m * n; j++) {
      const h = 2 * (Math.floor(i / n) * m + Math.floor(j / n));
      const l = 2 * ((i % n) * n + (j % n));
      const at = 2 * (i * m * n + j);
      result[at] = high[h] * low[l] - high[h + 1] * low[l + 1];
      result[at + 1] = high[h] * low[l + 1] + high[h + 1] * low[l];
    }
  return result;
}

/** Largest absolute difference between two matrices' real and imaginary parts. */
export function largestDifference(a: Complex, b: Complex): number {
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i] - b[i]));
  return largest;
}
