import { random } from '../random/random.ts';
import type { Model } from './model.ts';

/** Initialisation number `index` of a seed: P parameters, uniform in [0, 2π). */
export function initialTheta(model: Pick<Model, 'parameters'>, seed: number, index: number): Float64Array {
  const draw = random(seed, index);
  return Float64Array.from({ length: model.parameters }, () => draw.uniform(0, 2 * Math.PI));
}
