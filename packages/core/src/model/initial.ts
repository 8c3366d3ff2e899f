import { InputError } from '../errors.ts';
import { random } from '../random/random.ts';
import { shown } from '../wording.ts';
import type { Model } from './model.ts';

/**
 * Initialisation number `index` of a seed: P parameters in radians, independent and uniform in [0, 2π).
 *
 * @throws InputError where `seed` or `index` is no whole number from 0.
 */
export function initialTheta(model: Pick<Model, 'parameters'>, seed: number, index: number): Float64Array {
  checkWhole('seed', seed);
  checkWhole('index', index);
  const draw = random(seed, index);
  return Float64Array.from({ length: model.parameters }, () => draw.uniform(0, 2 * Math.PI));
}

function checkWhole(where: string, value: number): void {
  if (!(Number.isSafeInteger(value) && value >= 0))
    throw new InputError({ where, found: shown(value), expected: 'a whole number from 0' });
}
