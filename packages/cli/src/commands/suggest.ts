import type { Command } from '../command.ts';
import { positiveNumber } from './arguments.ts';

export const suggest: Command = {
  name: 'suggest',
  summary: 'the best of some hundred models for a data file, as a commented SPEC ready to run',
  positional: [
    {
      name: 'DATA',
      summary: 'CSV, Parquet, .npz with X and y, or X.npy with y.npy beside it; packed with gzip or not',
    },
  ],
  options: [
    {
      flags: '--target <COLUMN>',
      summary:
        'the column to learn; one with a name such as target, label or y if left out, else the last that can be it',
    },
    {
      flags: '--budget <SECONDS>',
      summary: 'be done then, with the best so far; 55 if left out',
      read: positiveNumber,
    },
    {
      flags: '--out <FILE.yaml>',
      writes: { kind: 'file' },
      summary: 'the SPEC; the name of the data with .yaml if left out, in this folder',
    },
  ],
  example: 'suggest examples/iris.csv --target species --budget 2',
  load: () => import('../work/suggest.ts'),
};
