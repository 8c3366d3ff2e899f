/** Where a flow has come to. */
export interface FlowState {
  readonly theta: Float64Array;
  /** Outputs on all rows. */
  readonly f: Float64Array;
}

/** How far a path has moved, split by the Jacobians it moved with: Δθ = a + b changes the outputs by J_a·a + J_b·b. */
export interface Displacement {
  readonly a: Float64Array;
  readonly b: Float64Array;
}

/** θ after a displacement. */
export function displaced(theta: Float64Array, { a, b }: Displacement): Float64Array {
  return theta.map((value, k) => value + a[k] + b[k]);
}
