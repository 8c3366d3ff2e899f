import { z } from 'zod';
import { common, type Source } from './source.ts';
import { labelScalings } from './standardise.ts';

const share = common.train.unwrap();
const file = z.string().min(1);

const names = z
  .array(z.string().min(1))
  .min(1)
  .refine((list) => new Set(list).size === list.length, 'every name once')
  .optional();

/** Which columns of a file are features. */
const chosen = {
  features: names.describe(
    'the columns to learn from, in this order; text is one-hot encoded. All others where left out',
  ),
  drop: names.describe('columns to leave out'),
};

/** A file of named columns: the target and every other one a feature. Read by whoever has files; see datasetFromTable. */
const columns = {
  file,
  target: z.string().min(1).describe('the column of labels; text and truth values are classes'),
  ...chosen,
  ...common,
  // No default here: with `split` there is no share.
  train: share.optional().describe(`${common.train.description}; 0.5 where neither it nor split is given`),
  split: z.string().min(1).optional().describe('a column that says train or test for each row'),
};

const eitherTrainOrSplit = ({ train, split }: { train?: unknown; split?: unknown }) =>
  train === undefined || split === undefined;

const bothGiven = { message: 'either train or split', path: ['split'], params: { found: 'train beside it' } };

const eitherFeaturesOrDrop = ({ features, drop }: { features?: unknown; drop?: unknown }) =>
  features === undefined || drop === undefined;

const bothChosen = { message: 'either features or drop', path: ['drop'], params: { found: 'features beside it' } };

const csvSummary =
  'a table of text with a header row, packed with gzip or not; every column but the target and the split is a feature';

export const csv = {
  summary: csvSummary,
  schema: z
    .strictObject({
      source: z.literal('csv'),
      ...columns,
      encoding: z
        .string()
        .min(1)
        .optional()
        .describe('of the text; UTF-8, or UTF-16 that begins with its mark, where left out'),
      delimiter: z
        .string()
        .refine((text) => /^[^"\r\n\d.+-]$/.test(text), 'one character, no quote, digit, point, sign or line break')
        .optional()
        .describe('the character between the cells; found out from the first lines where left out'),
      decimal: z.enum(['.', ',']).optional().describe('what stands before the decimals; a point where left out'),
    })
    .refine(eitherTrainOrSplit, bothGiven)
    .refine(eitherFeaturesOrDrop, bothChosen)
    .describe(csvSummary),
} satisfies Source;

const parquetSummary =
  'a Parquet file of numbers and text; every column but the target, the split and an index of pandas is a feature';

export const parquet = {
  summary: parquetSummary,
  schema: z
    .strictObject({ source: z.literal('parquet'), ...columns })
    .refine(eitherTrainOrSplit, bothGiven)
    .refine(eitherFeaturesOrDrop, bothChosen)
    .describe(parquetSummary),
} satisfies Source;

const arrays =
  'X (points × features; complex numbers are the amplitudes of states) and y (points, or points × outputs)';

/** Arrays X (M × F, or complex M × 2ⁿ) and y (M, or M × outputs). Read by whoever has files; see datasetFromTable. */
export const npz = {
  summary: `arrays ${arrays} of a .npz file`,
  schema: z
    .strictObject({ source: z.literal('npz'), file, ...chosen, ...common })
    .refine(eitherFeaturesOrDrop, bothChosen)
    .describe(`arrays ${arrays} of a .npz file; the features are called x0, x1, …`),
} satisfies Source;

/** The same as two files. */
export const npy = {
  summary: `${arrays}, a .npy file each`,
  schema: z
    .strictObject({
      source: z.literal('npy'),
      file: file.describe('X'),
      ...chosen,
      ...common,
      labels: z
        .union([file, z.strictObject({ file, as: z.enum(labelScalings) })])
        .describe(`y, a file; or {file: FILE, as: standardize}: ${common.labels.description}`),
    })
    .refine(eitherFeaturesOrDrop, bothChosen)
    .describe(`${arrays}, a .npy file each; the features are called x0, x1, …`),
} satisfies Source;
