import type { Command } from '../command.ts';
import { seedCount, spec, tolerance } from './arguments.ts';

export const diagnose: Command = {
  name: 'diagnose',
  summary: 'say how a model will train on your data, before training it',
  positional: [spec],
  options: [
    { flags: '--verify', summary: 'also train, and put the truth beside the forecast' },
    { flags: '--seeds <N>', summary: 'number of initialisations (SPEC: initial.seeds)', read: seedCount },
    {
      flags: '--tolerance <X>',
      summary: 'follow the true flow this closely, at the price of more Jacobians; 0.1 is close, 0.001 nearly exact',
      read: tolerance,
    },
    {
      flags: '--out <DIR>',
      summary:
        'write report.html, report.json, kernel.npz and a record of every initialisation to this folder; those found there are not computed again',
    },
  ],
  example: 'diagnose examples/sinusoid.yaml --seeds 3',
  load: () => import('../work/diagnose.ts'),
};
