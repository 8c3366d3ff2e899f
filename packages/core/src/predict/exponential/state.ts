/** Where a flow has come to. */
export interface FlowState {
  readonly theta: Float64Array;
  /** Outputs on all rows. */
  readonly f: Float64Array;
}

/** How far a path has moved. What it does to parameters and outputs is linear in these sums over its substeps. */
export interface Displacement {
  /** Sums of x, the step in the smaller side's space, with each of the weights of the `Side`. */
  readonly sums: readonly Float64Array[];
  /** Sum of what each step takes off the driving term while J is frozen. */
  readonly learned: Float64Array;
}
