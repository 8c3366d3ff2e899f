import { z } from 'zod';
import { common, type Source } from './source.ts';

const share = common.train.unwrap();
const file = z.string().min(1);

/** A file of named columns: the target and every other one a feature. Read by whoever has files; see datasetFromTable. */
function columnsOf<Name extends string>(name: Name, summary: string) {
  return {
    summary,
    schema: z
      .strictObject({
        source: z.literal(name),
        file,
        target: z.string().min(1).describe('the column of labels; text is classes'),
        ...common,
        // No default here: with `split` there is no share.
        train: share.optional().describe(`${common.train.description}; 0.5 where neither it nor split is given`),
        split: z.string().min(1).optional().describe('a column that says train or test for each row'),
      })
      .refine(({ train, split }) => train === undefined || split === undefined, {
        message: 'either train or split',
        path: ['split'],
        params: { found: 'train beside it' },
      })
      .describe(summary),
  } satisfies Source;
}

export const csv = columnsOf(
  'csv',
  'a table of text with a header row, tabs between the cells where the name ends with .tsv or .tab; every column but the target and the split is a feature',
);

export const parquet = columnsOf(
  'parquet',
  'a Parquet file of numbers and text; every column but the target, the split and an index of pandas is a feature',
);

const arrays =
  'X (points × features; complex numbers are the amplitudes of states) and y (points, or points × outputs)';

/** Arrays X (M × F, or complex M × 2ⁿ) and y (M, or M × outputs). Read by whoever has files; see datasetFromTable. */
export const npz = {
  summary: `arrays ${arrays} of a .npz file`,
  schema: z.strictObject({ source: z.literal('npz'), file, ...common }).describe(`arrays ${arrays} of a .npz file`),
} satisfies Source;

/** The same as two files. */
export const npy = {
  summary: `${arrays}, a .npy file each`,
  schema: z
    .strictObject({
      source: z.literal('npy'),
      file: file.describe('X'),
      labels: file.describe('y'),
      ...common,
    })
    .describe(`${arrays}, a .npy file each`),
} satisfies Source;
