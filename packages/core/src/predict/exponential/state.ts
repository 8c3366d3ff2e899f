/** Where a flow has come to. */
export interface FlowState {
  readonly theta: Float64Array;
  /** Outputs on all rows. */
  readonly f: Float64Array;
}

/**
 * How far a path has moved: sums over its substeps of x, the step in the smaller side's space, with the weights of the `Side`. What
 * it does to parameters and outputs is linear in them.
 */
export type Displacement = readonly Float64Array[];
