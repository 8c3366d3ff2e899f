import type { Command } from '../command.ts';

export const reproduce: Command = {
  name: 'reproduce',
  summary: "make the papers' figures again, and hold their claims against what comes out",
  positional: [
    {
      name: 'FIGURE',
      summary: 'names of figures; all of them are listed where there is none, with how far each is',
      optional: true,
      many: true,
    },
  ],
  options: [
    {
      flags: '--full',
      summary: "compute the paper's size, which takes minutes; without it a slice that takes seconds",
    },
    {
      flags: '--out <DIR>',
      writes: { kind: 'folder' },
      summary:
        'folder for pictures (SVG and PNG), numbers, claims and a record of every task (qntk-reproduce if left out); a run that was stopped goes on from the records there',
    },
  ],
  example: 'reproduce d-fig1-tfim',
  load: () => import('../work/reproduce.ts'),
};
