import { z } from 'zod';
import { random } from '../random/random.ts';
import { common, evenlySpaced, generated, mostNoise, mostPoints } from './source.ts';
import { streams } from './streams.ts';

/**
 * scikit-learn's make_moons: two interleaved half circles, evenly spaced points. Outer (cos t, sin t), labelled −1, then
 * inner (1 − cos t, ½ − sin t), labelled +1, t from 0 to π; of an odd number the inner one has one more.
 */
export const moons = generated({
  summary: 'two interleaved half circles with noise, two features, labels ±1',
  schema: z.strictObject({
    source: z.literal('moons'),
    points: z.int().min(2).max(mostPoints).default(100),
    noise: z
      .number()
      .min(0)
      .max(mostNoise)
      .default(0.1)
      .describe('standard deviation of the normal noise on both features'),
    ...common,
  }),
  generate({ points, noise, seed }) {
    const draw = random(seed, streams.noise);
    const outer = evenlySpaced(0, Math.PI, Math.floor(points / 2));
    const inner = evenlySpaced(0, Math.PI, Math.ceil(points / 2));
    const noisy = (values: number[]) => Float64Array.from(values, (value) => value + noise * draw.normal());
    const x0 = noisy([...Array.from(outer, Math.cos), ...Array.from(inner, (t) => 1 - Math.cos(t))]);
    const x1 = noisy([...Array.from(outer, Math.sin), ...Array.from(inner, (t) => 0.5 - Math.sin(t))]);
    return {
      features: [
        { name: 'x0', values: x0 },
        { name: 'x1', values: x1 },
      ],
      targetName: 'moon',
      task: 'classes',
      target: Float64Array.from(x0, (_, i) => (i < outer.length ? -1 : 1)),
    };
  },
});
