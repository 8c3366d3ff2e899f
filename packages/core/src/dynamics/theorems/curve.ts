/** A loss along a run, of a finite network or of the limit, in the limit's time. */
export interface LossCurve {
  /** Ascending from 0 on. */
  readonly times: Float64Array;
  /** L = 1/(2m)·Σr². */
  readonly loss: Float64Array;
}

/** Whether no loss is above the bound by more than rounding. */
export function staysBelow(loss: Float64Array, bound: Float64Array): boolean {
  return loss.every((value, k) => value <= bound[k] * (1 + slack) + Number.MIN_VALUE);
}

/** An integrator at its usual tolerance is right to less. */
const slack = 1e-6;
