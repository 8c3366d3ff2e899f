import type { Command } from '../command.ts';
import { spec } from './arguments.ts';

export const kernel: Command = {
  name: 'kernel',
  summary: 'write outputs, Jacobian and tangent kernel of all data points to a .npz or Parquet file',
  positional: [spec],
  options: [
    {
      flags: '--theta <FILE>',
      summary:
        'parameters: .npy, .npz, or .json with a list or an object name → value; the first initialisation if left out',
    },
    {
      flags: '--out <FILE>',
      writes: { kind: 'file', endings: ['.npz', '.parquet'] },
      summary:
        '.npz: arrays X, y, theta, f, J, K · .parquet: columns x_…, y, f, J_…, K_…; rows in the order of the data',
      required: true,
    },
  ],
  example: 'kernel examples/sinusoid.yaml --out kernel.npz',
  load: () => import('../work/kernel.ts'),
};
