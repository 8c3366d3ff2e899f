import type { Command } from '../command.ts';

export const init: Command = {
  name: 'init',
  summary: 'write a commented SPEC for a data file, ready to run; an example without one',
  positional: [
    {
      name: 'DATA',
      summary: 'CSV, Parquet, .npz with X and y, or X.npy with y.npy beside it; packed with gzip or not',
      optional: true,
    },
  ],
  options: [
    {
      flags: '--target <COLUMN>',
      summary:
        'the column to learn; one with a name such as target, label or y if left out, else the last that can be it',
    },
    {
      flags: '--out <FILE.yaml>',
      writes: { kind: 'file' },
      summary: 'the SPEC; the name of the data with .yaml if left out, in this folder',
    },
  ],
  example: 'init examples/iris.csv',
  load: () => import('../work/init.ts'),
};
