/** A sum of slopes: which, and how much of each. */
export interface Weights {
  readonly of: Int32Array;
  readonly amounts: Float64Array;
}

/**
 * An explicit Runge-Kutta method with error estimates and an interpolant. Slope 0 is at the start x of a step of length h,
 * slopes 1, 2, … those of `stages`, the next one that at the end of the step, and then those of `extraStages`.
 */
export interface Tableau {
  /** A slope is taken at x plus h times each of these sums of the earlier ones. */
  readonly stages: readonly Weights[];
  /** The step: to x plus h times this sum. */
  readonly step: Weights;
  /**
   * Estimates of the error, each times h: the step minus one of lower order. Of two, e₅ and e₃, the error taken is
   * e₅²/√(e₅² + e₃²/100).
   */
  readonly errors: readonly Weights[];
  /** The error of a step goes with this power of h. */
  readonly power: number;
  /** Further slopes that the interpolant needs. */
  readonly extraStages: readonly Weights[];
  /** Coefficients of the interpolant beyond the three that follow from both ends and their slopes. */
  readonly interpolant: readonly Weights[];
  /**
   * Bounds on how much a step may shrink or grow, behind a refused one too, and the share of the largest promising step that
   * is taken.
   */
  readonly growth: {
    readonly least: number;
    readonly most: number;
    readonly afterRefusal: number;
    readonly caution: number;
  };
  /** The first step as a share of that over which x moves by the `power`-th root of the tolerance. */
  readonly firstShare: number;
}

/** Weights of the slopes that have one. */
export const sparse = (...terms: readonly (readonly [number, number])[]): Weights => ({
  of: Int32Array.from(terms, ([slope]) => slope),
  amounts: Float64Array.from(terms, ([, amount]) => amount),
});

/** Weights of slopes 0, 1, 2, …, zeros among them. */
export const row = (...amounts: readonly number[]): Weights =>
  sparse(...amounts.map((amount, s) => [s, amount] as const).filter(([, amount]) => amount !== 0));
