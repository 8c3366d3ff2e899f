import type { FirstOrderRule } from './descend.ts';

/** Decay of the two running means, and what keeps the quotient finite: Kingma and Ba's values. */
const beta1 = 0.9;
const beta2 = 0.999;
const epsilon = 1e-8;

/** Learning rate where none is given. An angle moves by about it in a step: 0.01 rad resolves the loss and crosses a period in some 600. */
export const usualRate = 0.01;

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
      const mean = decayed(before.mean, beta1, gradient);
      const square = decayed(before.square, beta2, squares(gradient));
      return { change: changeOf(mean, square, rate, step), state: { step, mean, square } };
    },
  };
}

/** A running mean with a new value. */
function decayed(mean: Float64Array, beta: number, values: Float64Array): Float64Array {
  const out = new Float64Array(mean.length);
  for (let i = 0; i < out.length; i++) out[i] = beta * mean[i] + (1 - beta) * values[i];
  return out;
}

function squares(a: Float64Array): Float64Array {
  const out = new Float64Array(a.length);
  for (let i = 0; i < out.length; i++) out[i] = a[i] * a[i];
  return out;
}

function changeOf(mean: Float64Array, square: Float64Array, rate: number, step: number): Float64Array {
  const weight1 = 1 - beta1 ** step;
  const weight2 = 1 - beta2 ** step;
  const out = new Float64Array(mean.length);
  for (let i = 0; i < out.length; i++)
    out[i] = (-rate * (mean[i] / weight1)) / (Math.sqrt(square[i] / weight2) + epsilon);
  return out;
}
