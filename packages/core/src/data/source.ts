import { z } from 'zod';
import type { Engine } from '../simulate/engine.ts';
import { defaultShare } from './split.ts';
import { labelScalings } from './standardise.ts';
import type { Column, Table } from './table.ts';

/** Points that a source makes at most; a file may have more. */
export const mostPoints = 100_000;

/** Deviation of noise at most: beyond it nothing is left of what the noise is added to, which is of the size of 1. */
export const mostNoise = 1e9;

/** An end of the range that features are scaled to: an angle, of which beyond this only rounding is left. */
const rangeEnd = z.number().min(-1e9).max(1e9);

/** Keys that every source has. */
export const common = {
  train: z
    .number()
    .positive()
    .max(1)
    .default(defaultShare)
    .describe('share of the points to train on, chosen at random, of each class alike; the rest is the test set'),
  range: z
    .tuple([rangeEnd, rangeEnd])
    .refine(([low, high]) => low < high, '[low, high] with low below high')
    .optional()
    .describe('every feature is scaled to this range, fitted on the training part; as is where left out'),
  components: z
    .int()
    .min(1)
    .optional()
    .describe(
      'number of principal components of the standardised features to take instead, fitted on the training part',
    ),
  task: z
    .enum(['classes', 'regression'])
    .optional()
    .describe(
      'what the labels are; text and truth values are classes where left out, numbers are not, unless two integers',
    ),
  labels: z
    .enum(labelScalings)
    .optional()
    .describe(
      'standardize: labels that are numbers to mean 0 and deviation 1, fitted on the training part; figures stay in their own units. As is where left out',
    ),
  seed: z.int().min(0).default(1).describe('of everything random about the data'),
};

/** Where data comes from, as one entry of the table. The schema's literal `source` is its name in a SPEC. */
export interface Source<Schema extends z.ZodObject = z.ZodObject> {
  readonly summary: string;
  readonly schema: Schema;
}

/** A source that makes its data. `engine` runs the circuits of those that need any. */
export interface GeneratedSource<Schema extends z.ZodObject = z.ZodObject> extends Source<Schema> {
  readonly generate: (options: z.infer<Schema>, engine: Engine) => Table<Column>;
}

/** Makes a table entry, with the type of its options known to `generate`. */
export function generated<Schema extends z.ZodObject>(entry: GeneratedSource<Schema>): GeneratedSource<Schema> {
  return entry;
}

/** `count` evenly spaced numbers, both ends included; the first end alone where count is 1. */
export function evenlySpaced(low: number, high: number, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => (count === 1 ? low : low + ((high - low) * i) / (count - 1)));
}
