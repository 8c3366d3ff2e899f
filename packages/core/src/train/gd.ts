import { addScaled, scaled } from '../linalg/vector.ts';
import type { FirstOrderRule } from './descend.ts';

export interface DescentSettings {
  /** Learning rate η. */
  readonly rate: number;
  /** β of the heavy ball, from 0 up to but not including 1; 0, no momentum, where left out. */
  readonly momentum?: number | undefined;
}

/** Gradient descent with Polyak's (1964) heavy ball: v ← βv − η∇L, θ ← θ + v; for β = 0 that is θ ← θ − η∇L. */
export function gradientDescent({ rate, momentum = 0 }: DescentSettings): FirstOrderRule<Float64Array> {
  return {
    start: (parameters) => new Float64Array(parameters),
    move(velocity, gradient) {
      const change = scaled(gradient, -rate);
      if (momentum > 0) addScaled(change, momentum, velocity);
      return { change, state: change };
    },
  };
}
