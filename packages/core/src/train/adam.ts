import type { FirstOrderRule } from './descend.ts';

/** Decay of the two running means, and what keeps the quotient finite: Kingma and Ba's values. */
const beta1 = 0.9;
const beta2 = 0.999;
const epsilon = 1e-8;

interface AdamState {
  /** Steps made. */
  readonly step: number;
  /** Running means of ∇L and of its square. */
  readonly mean: Float64Array;
  readonly square: Float64Array;
}

/**
 * Adam (Kingma and Ba 2015, Algorithm 1): θ ← θ − η·m̂/(√v̂ + ε), with m̂ and v̂ the running means of ∇L and of its
 * square, corrected for their start at 0. No angle moves by much more than η a step, whatever the gradient's size.
 */
export function adam({ rate }: { readonly rate: number }): FirstOrderRule<AdamState> {
  return {
    start: (parameters) => ({ step: 0, mean: new Float64Array(parameters), square: new Float64Array(parameters) }),
    move(before, gradient) {
      const step = before.step + 1;
      const mean = before.mean.map((value, i) => beta1 * value + (1 - beta1) * gradient[i]);
      const square = before.square.map((value, i) => beta2 * value + (1 - beta2) * gradient[i] * gradient[i]);
      const weight1 = 1 - beta1 ** step;
      const weight2 = 1 - beta2 ** step;
      const change = mean.map((value, i) => (-rate * (value / weight1)) / (Math.sqrt(square[i] / weight2) + epsilon));
      return { change, state: { step, mean, square } };
    },
  };
}
