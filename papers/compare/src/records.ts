/** One candidate on one data set from one initialisation, trained in full on every fold and on all training rows. */
export interface TruthRun {
  readonly set: string;
  readonly candidate: number;
  readonly seed: number;
  /** R² on the rows that were kept out by one Jacobian: Eq. 4 of Scala et al. 2025 at the budget, and at t = ∞. */
  readonly frozen: number;
  readonly infinity: number;
  /** Of each fold, after each of the stops. */
  readonly folds: readonly {
    /** Σ(y − f)² on the rows that were kept out, over that of all training labels around their mean: R² is 1 − the sum over all folds. */
    readonly left: readonly number[];
    /** The same of the change by the last quarter of the iterations. */
    readonly moved: readonly number[];
    readonly gradients: readonly number[];
  }[];
  /** On the test rows, of the training on all training rows, after each of the stops. */
  readonly test: {
    readonly r2: readonly number[];
    readonly accuracy?: readonly number[];
    /** That the whole training took. */
    readonly gradients: number;
  };
}
