import { z } from 'zod';
import { dataSchema } from '../data/schema.ts';
import { lossKinds } from '../model/loss.ts';
import { modelSchema } from '../model/schema.ts';
import { optimizers } from '../train/index.ts';

/** `initial` in a SPEC. */
const initialSchema = z.strictObject({
  seeds: z.int().min(1).default(10).describe('number of initialisations'),
  seed: z.int().min(0).default(7).describe('of the initial parameters, uniform in [0, 2π)'),
});

/** `training` in a SPEC. */
const trainingSchema = z.strictObject({
  loss: z.enum(lossKinds).default('mean').describe('mean: 1/(2m) Σ r² · sum: ½ Σ r², over m training points'),
  optimizer: z
    .enum(optimizers.map(({ name }) => name))
    .default('lbfgs')
    .describe(optimizers.map(({ name, summary }) => `${name}: ${summary}`).join(' · ')),
  steps: z.int().min(1).default(500).describe('most iterations'),
  rate: z.number().positive().optional().describe('learning rate; half the largest stable one where left out'),
});

/** A SPEC: one model on one data set, and how it is started and trained. */
export const specSchema = z.strictObject({
  data: dataSchema,
  model: modelSchema,
  initial: initialSchema.prefault({}),
  training: trainingSchema.prefault({}),
});

/** A checked SPEC. */
export type Spec = z.infer<typeof specSchema>;
/** A checked `training`. */
export type TrainingSpec = Spec['training'];
