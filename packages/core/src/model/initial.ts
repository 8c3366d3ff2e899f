import { z } from 'zod';
import { InputError } from '../errors.ts';
import { random } from '../random/random.ts';
import { positive } from '../schema/numbers.ts';
import { shown } from '../wording.ts';
import type { Model } from './model.ts';

/** How the angles of an initialisation are drawn, by name; each gives one angle in radians. */
const distributions = {
  uniform: (draw) => draw.uniform(0, 2 * Math.PI),
  normal: (draw, deviation) => deviation * draw.normal(),
  zeros: () => 0,
  // The angles of one layer of each pair; those of the other are their negatives.
  'block-identity': (draw) => draw.uniform(0, 2 * Math.PI),
} as const satisfies Record<string, (draw: ReturnType<typeof random>, deviation: number) => number>;

type DistributionName = keyof typeof distributions;

/** The keys of a SPEC that say how parameters are drawn. */
export const distributionKeys = {
  distribution: z
    .enum(Object.keys(distributions) as [DistributionName])
    .default('uniform')
    .describe(
      'of the initial angles: uniform in [0, 2π), normal around 0, zeros, or block-identity: pairs of layers that cancel (model.ansatz.mirrored)',
    ),
  deviation: positive.optional().describe('standard deviation of normal, in radians; 0.1 where left out'),
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
 * @throws InputError where `seed` or `index` is no whole number from 0, the distribution is not known, or layers should cancel that cannot.
 */
export function initialTheta(
  { parameters, starts, opposites }: Pick<Model, 'parameters'> & Partial<Pick<Model, 'starts' | 'opposites'>>,
  seed: number,
  index: number,
  { distribution, deviation = 0.1 }: Distribution = { distribution: 'uniform' },
): Float64Array {
  checkWhole('parameters', parameters);
  checkWhole('seed', seed);
  checkWhole('index', index);
  if (!Object.hasOwn(distributions, distribution))
    throw new InputError({
      where: 'initial.distribution',
      found: shown(distribution),
      expected: `one of ${Object.keys(distributions).join(', ')}`,
    });
  if (!(deviation > 0 && deviation < Number.POSITIVE_INFINITY))
    throw new InputError({ where: 'initial.deviation', found: shown(deviation), expected: 'a finite number above 0' });
  const draw = random(seed, index);
  const theta = Float64Array.from({ length: parameters }, () => distributions[distribution](draw, deviation));
  if (distribution === 'block-identity') cancelPairs(theta, opposites);
  for (const [parameter, value] of starts ?? []) theta[parameter] = value;
  return theta;
}

/** Sets the angles of the second layer of every pair to what undoes the first (Grant et al. 2019). */
function cancelPairs(theta: Float64Array, opposites: Model['opposites'] = new Map()): void {
  if (opposites.size === 0)
    throw new InputError({
      where: 'initial.distribution',
      found: '"block-identity"',
      expected: 'a model in which pairs of layers can cancel',
      advice: 'set model.ansatz.mirrored: true, without model.encoding.reupload',
    });
  for (const [parameter, opposite] of opposites) theta[parameter] = -theta[opposite];
}

function checkWhole(where: string, value: number): void {
  if (!(Number.isSafeInteger(value) && value >= 0))
    throw new InputError({ where, found: shown(value), expected: 'a whole number from 0' });
}
