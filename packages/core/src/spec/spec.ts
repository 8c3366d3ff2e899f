import { z } from 'zod';
import { dataSchema } from '../data/schema.ts';
import { distributionKeys } from '../model/initial.ts';
import { lossKinds } from '../model/loss.ts';
import { modelSchema } from '../model/schema.ts';
import { checked } from '../schema/check.ts';
import { schemaAt } from '../schema/expected.ts';
import { positive } from '../schema/numbers.ts';
import { optimizerNamed, optimizers } from '../train/optimizers.ts';

/** `initial` in a SPEC. */
const initialSchema = z
  .strictObject({
    seeds: z.int().min(1).max(100_000).default(10).describe('number of initialisations'),
    seed: z.int().min(0).default(7).describe('of the initial parameters'),
    ...distributionKeys,
  })
  .refine(({ distribution, deviation }) => distribution === 'normal' || deviation === undefined, {
    message: 'none, as only normal has one',
    path: ['deviation'],
  });

/** `training` in a SPEC. */
const trainingSchema = z
  .strictObject({
    loss: z.enum(lossKinds).default('mean').describe('mean: 1/(2m) Σ r² · sum: ½ Σ r², over m training points'),
    optimizer: z
      .enum(optimizers.map(({ name }) => name))
      .default('lbfgs')
      .describe(optimizers.map(({ name, summary }) => `${name}: ${summary}`).join(' · ')),
    steps: z.int().min(1).max(1_000_000_000).default(500).describe('most iterations'),
    rate: positive.optional().describe('learning rate; half the largest stable one where left out'),
    batch: z
      .int()
      .min(1)
      .optional()
      .describe(`points of a minibatch, of ${takers('batch')}; all where left out`),
    momentum: z
      .number()
      .min(0)
      .lt(1)
      .optional()
      .describe(`of the heavy ball, of ${takers('momentum')}; none where left out`),
  })
  .check(({ value, issues }) => {
    for (const key of ['batch', 'momentum'] as const) {
      if (value[key] === undefined || optimizerNamed(value.optimizer)?.takes.includes(key)) continue;
      const message = `none with the optimizer ${value.optimizer}, as only ${takers(key)} takes one`;
      issues.push({ code: 'custom', input: value[key], path: [key], message });
    }
  });

/** Names of the optimisers that take an option. */
function takers(option: 'batch' | 'momentum'): string {
  return optimizers
    .filter(({ takes }) => takes.includes(option))
    .map(({ name }) => name)
    .join(' or ');
}

/** A SPEC: one model on one data set, and how it is started and trained. */
export const specSchema = z.strictObject({
  data: dataSchema,
  model: modelSchema,
  initial: initialSchema.prefault({}),
  training: trainingSchema.prefault({}),
});

/** A SPEC as its author writes it: keys with a default may be left out. */
export type SpecInput = z.input<typeof specSchema>;
/** A checked SPEC. */
export type Spec = z.infer<typeof specSchema>;
/** A checked `training`. */
export type TrainingSpec = Spec['training'];

/**
 * Checks a SPEC as it was written, a plain value such as YAML or JSON gives, and fills in what was left out.
 *
 * @throws InputError with a problem for each thing that is wrong. `where` is the path of keys, such as
 * `model.ansatz.kind`, or `SPEC` where the value as a whole is wrong.
 */
export function parseSpec(value: SpecInput): Spec;
export function parseSpec(value: unknown): Spec;
export function parseSpec(value: unknown): Spec {
  return checked(value, specSchema, 'SPEC');
}

/** Whether `where` of a problem is a key that a SPEC can have, rather than an argument or a place in another file. */
export function isSpecKey(where: string, spec: unknown): boolean {
  return schemaAt(specSchema, spec, where.split('.')) !== undefined;
}
