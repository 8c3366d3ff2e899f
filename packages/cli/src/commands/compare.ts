import type { Command } from '../command.ts';
import { raceBudget, wholeNumber } from './arguments.ts';

export const compare: Command = {
  name: 'compare',
  summary: 'find the best of many models for your data, for a part of what training them all costs',
  positional: [
    { name: 'GRID', summary: 'SPEC in which any value may be {each: [v, v, …]}, and candidates one by one' },
  ],
  options: [
    {
      flags: '--verify <N>',
      summary: 'train the first N in full, beside the winner, and score them on the test rows',
      read: wholeNumber(1, 100_000),
    },
    {
      flags: '--budget <SECONDS|SHARE>',
      summary: 'stop the race then, with the best so far; 5% is so much of the gradients that training all would take',
      read: raceBudget,
    },
    {
      flags: '--out <DIR>',
      writes: { kind: 'folder' },
      summary:
        'write compare.html, .json, .csv and .parquet and a record of every task to this folder; tasks found there are not done again',
    },
    { flags: '--yes', summary: 'go on where it will take more than ten minutes' },
  ],
  example: 'compare examples/grids/moons.yaml',
  load: () => import('../work/compare.ts'),
};
