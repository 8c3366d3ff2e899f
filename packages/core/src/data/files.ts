import { z } from 'zod';
import { common, type Source } from './source.ts';

const share = common.train.unwrap();

/** A table of text: the target column and every other one a feature. Read by whoever has files; see datasetFromTable. */
export const csv = {
  summary: 'a table with a header row; every column but the target and the split is a feature',
  schema: z
    .strictObject({
      source: z.literal('csv'),
      file: z.string().min(1),
      target: z.string().min(1).describe('the column of labels; text is classes'),
      ...common,
      // No default here: with `split` there is no share.
      train: share.optional().describe(`${common.train.description}; 0.5 where neither it nor split is given`),
      split: z.string().min(1).optional().describe('a column that says train or test for each row'),
    })
    .refine(({ train, split }) => train === undefined || split === undefined, {
      message: 'expected either train or split, found both',
      path: ['split'],
    }),
} satisfies Source;

/** Arrays X (M × F) and y (M, or M × outputs). Read by whoever has files; see datasetFromTable. */
export const npz = {
  summary: 'arrays X (points × features) and y (points, or points × outputs) of a .npz file',
  schema: z.strictObject({ source: z.literal('npz'), file: z.string().min(1), ...common }),
} satisfies Source;
