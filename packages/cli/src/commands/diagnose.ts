import type { Command } from '../command.ts';
import { seedCount, spec, tolerance, wholeNumber } from './arguments.ts';

export const diagnose: Command = {
  name: 'diagnose',
  summary: 'say how a model will train on your data, before training it',
  positional: [spec],
  options: [
    { flags: '--verify', summary: 'also train, and put the truth beside the forecast' },
    { flags: '--seeds <N>', summary: 'number of initialisations (SPEC: initial.seeds)', read: seedCount },
    {
      flags: '--jacobians <N>',
      summary:
        'most Jacobians for the forecast of each initialisation, at least 1 (L-BFGS: 2); if left out about 20, or the training itself, whole or stopped early, where that costs no more',
      read: wholeNumber(1, 10_000),
    },
    {
      flags: '--tolerance <X>',
      summary: 'forecast the true flow instead of the optimiser, this closely; 0.1 is close, 0.001 nearly exact',
      read: tolerance,
    },
    {
      flags: '--out <DIR>',
      writes: { kind: 'folder' },
      summary:
        'write report.html, report.json, kernel.npz and a record of every initialisation to this folder; those found there are not computed again',
    },
  ],
  example: 'diagnose examples/sinusoid.yaml --seeds 3',
  load: () => import('../work/diagnose.ts'),
};
