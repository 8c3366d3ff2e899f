import type { Command } from '../command.ts';
import { spec, stepCount, tolerance, wholeNumber } from './arguments.ts';

export const train: Command = {
  name: 'train',
  summary: 'really train, and show the loss curve',
  positional: [spec],
  options: [
    { flags: '--optimizer <NAME>', summary: 'another optimiser than the one of the SPEC (training.optimizer)' },
    { flags: '--steps <N>', summary: 'most iterations (SPEC: training.steps)', read: stepCount },
    { flags: '--seed <N>', summary: 'seed of the initial parameters (SPEC: initial.seed)', read: wholeNumber(0) },
    {
      flags: '--tolerance <X>',
      summary: 'flow: follow the true flow this closely (1e-5 if left out); larger takes fewer Jacobians',
      read: tolerance,
    },
    { flags: '--kernel-along', summary: 'also the spectrum of the tangent kernel and its change along the way' },
    { flags: '--outputs-along', summary: 'with --json: also the outputs on all points along the way' },
    {
      flags: '--out <DIR>',
      writes: { kind: 'folder' },
      summary: 'write theta.npy and theta.json (for kernel --theta), curve.csv and predictions.csv to this folder',
    },
  ],
  example: 'train examples/sinusoid.yaml --optimizer lbfgs',
  load: () => import('../work/train.ts'),
};
