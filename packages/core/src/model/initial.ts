import { z } from 'zod';
import { InputError } from '../errors.ts';
import { random } from '../random/random.ts';
import { shown } from '../wording.ts';
import type { Model } from './model.ts';

/** How the angles of an initialisation are drawn, by name; each gives one angle in radians. */
const distributions = {
  uniform: (draw) => draw.uniform(0, 2 * Math.PI),
  normal: (draw, deviation) => deviation * draw.normal(),
  zeros: () => 0,
} as const satisfies Record<string, (draw: ReturnType<typeof random>, deviation: number) => number>;

type DistributionName = keyof typeof distributions;

/** The keys of a SPEC that say how parameters are drawn. */
export const distributionKeys = {
  distribution: z
    .enum(Object.keys(distributions) as [DistributionName])
    .default('uniform')
    .describe('of the initial angles: uniform in [0, 2π), normal around 0, or zeros'),
  deviation: z.number().positive().optional().describe('standard deviation of normal, in radians; 0.1 where left out'),
};

/** How the angles of an initialisation are drawn. */
export interface Distribution {
  readonly distribution: DistributionName;
  /** Standard deviation of `normal`, radians. */
  readonly deviation?: number | undefined;
}

/**
 * Initialisation number `index` of a seed, P parameters: angles in radians, independent, by default uniform in [0, 2π).
 * Parameters that are no angles start where the model says (scaling factors at 1, weights as written).
 *
 * @throws InputError where `seed` or `index` is no whole number from 0.
 */
export function initialTheta(
  { parameters, starts }: Pick<Model, 'parameters'> & Partial<Pick<Model, 'starts'>>,
  seed: number,
  index: number,
  { distribution, deviation = 0.1 }: Distribution = { distribution: 'uniform' },
): Float64Array {
  checkWhole('seed', seed);
  checkWhole('index', index);
  const draw = random(seed, index);
  const theta = Float64Array.from({ length: parameters }, () => distributions[distribution](draw, deviation));
  for (const [parameter, value] of starts ?? []) theta[parameter] = value;
  return theta;
}

function checkWhole(where: string, value: number): void {
  if (!(Number.isSafeInteger(value) && value >= 0))
    throw new InputError({ where, found: shown(value), expected: 'a whole number from 0' });
}
