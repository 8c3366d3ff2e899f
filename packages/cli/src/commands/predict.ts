import type { Command } from '../command.ts';
import { positiveNumber, wholeNumbers } from './arguments.ts';

export const predict: Command = {
  name: 'predict',
  summary: 'forecast training from a kernel or a Jacobian made by any tool',
  positional: [],
  options: [
    {
      flags: '--kernel <K.npy>',
      summary:
        'tangent kernel of the training points, M × M (M·O × M·O with O outputs); this file and all others here .npy, .npz, FILE.npz:NAME, .parquet or .csv, numbers without a header row',
    },
    { flags: '--jacobian <J.npy>', summary: 'instead: Jacobian of the training points, M × P (M × O × P)' },
    { flags: '--labels <y.npy>', summary: 'labels of the training points, M (M × O)', required: true },
    { flags: '--test-kernel <Kx.npy>', summary: 'kernel of test with training points, M′ × M' },
    { flags: '--test-jacobian <Jx.npy>', summary: 'instead: Jacobian of the test points, M′ × P' },
    { flags: '--test-labels <yx.npy>', summary: 'labels of the test points, M′ (M′ × O): R² and accuracy there' },
    { flags: '--f0 <FILE|NUMBER>', summary: 'outputs on the training points before training; 0 if left out' },
    { flags: '--f0-test <FILE|NUMBER>', summary: 'the same on the test points' },
    { flags: '--rate <η>', summary: 'learning rate; half the stability limit if left out', read: positiveNumber },
    { flags: '--steps <N,N,…>', summary: 'steps of gradient descent; t = ∞ if left out', read: wholeNumbers },
    { flags: '--loss <KIND>', summary: 'mean: 1/(2M) Σ r² (the default) · sum: ½ Σ r²', choices: ['mean', 'sum'] },
    {
      flags: '--out <DIR>',
      writes: { kind: 'folder' },
      summary: 'write prediction.json, and prediction.npz with the outputs after all steps, to this folder',
    },
  ],
  example:
    'predict --kernel examples/kernel/K.npy --labels examples/kernel/y.npy --f0 examples/kernel/f.npy --steps 10,100,1000',
  load: () => import('../work/predict.ts'),
};
