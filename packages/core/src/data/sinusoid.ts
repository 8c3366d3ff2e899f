import { z } from 'zod';
import { random } from '../random/random.ts';
import { positive } from '../schema/numbers.ts';
import { common, evenlySpaced, generated, mostNoise, mostPoints } from './source.ts';
import { streams } from './streams.ts';

/** y = sin(ωx) + noise at evenly spaced x from −π/2 to π/2; at ω = 2 that is one period. */
export const sinusoid = generated({
  summary: 'sin(frequency·x) with noise on the labels, x in [−π/2, π/2]',
  schema: z.strictObject({
    source: z.literal('sinusoid'),
    points: z.int().min(2).max(mostPoints).default(20),
    noise: z
      .number()
      .min(0)
      .max(mostNoise)
      .default(0.1)
      .describe('standard deviation of the normal noise on the labels'),
    frequency: positive.default(2),
    ...common,
  }),
  generate({ points, noise, frequency, seed }) {
    const draw = random(seed, streams.noise);
    const x = evenlySpaced(-Math.PI / 2, Math.PI / 2, points);
    return {
      features: [{ name: 'x', values: x }],
      targetName: 'y',
      target: x.map((value) => Math.sin(frequency * value) + noise * draw.normal()),
    };
  },
});
