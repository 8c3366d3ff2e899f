/** What a quantity is over the seeds. */
export interface Statistics {
  readonly mean: number;
  /** With n − 1; 0 for one seed. */
  readonly std: number;
  /** Interpolated between the sorted values. */
  readonly quantiles: { readonly [share in (typeof shares)[number]]: number };
}

const shares = ['0.05', '0.25', '0.5', '0.75', '0.95'] as const;

export function statistics(values: readonly number[]): Statistics {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const sorted = Float64Array.from(values).sort();
  const quantiles = Object.fromEntries(shares.map((share) => [share, quantile(sorted, Number(share))]));
  return {
    mean,
    std: Math.sqrt(squares / Math.max(1, values.length - 1)),
    quantiles: quantiles as Statistics['quantiles'],
  };
}

function quantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const next = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (at - below) * (sorted[next]! - sorted[below]!);
}
