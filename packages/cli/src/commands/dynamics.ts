import type { Command } from '../command.ts';
import { positiveNumber, seedCount, spec, stepCount, tolerance } from './arguments.ts';
import { curves, out, outWithFigures, parameters, problemOptions, seedOptions, time } from './dynamics-options.ts';

const asymptotic: Command = {
  name: 'dynamics asymptotic',
  summary: 'follow the limit of infinitely many parameters, in any dimension',
  positional: [],
  options: [...problemOptions, time, ...seedOptions, curves, outWithFigures],
  example: 'dynamics asymptotic --d 2^50 --m 4 --gamma 2 --seeds 40',
  load: () => import('../work/dynamics/asymptotic.ts'),
};

const finite: Command = {
  name: 'dynamics finite',
  summary: 'train periodic networks of p parameters, and say how far they are from their limit',
  positional: [],
  options: [
    ...problemOptions,
    parameters,
    { flags: '--flow', summary: 'gradient flow (the default)' },
    time,
    {
      flags: '--steps <N>',
      summary: 'instead of the flow: steps of gradient descent (10000 if left out, with --rate)',
      read: stepCount,
    },
    {
      flags: '--rate <η>',
      summary: 'instead of the flow: learning rate of gradient descent (0.001/p if left out, with --steps)',
      read: positiveNumber,
    },
    ...seedOptions,
    curves,
    outWithFigures,
  ],
  example: 'dynamics finite --d 8 --m 2 --gamma 2 --p 80 --seeds 3',
  load: () => import('../work/dynamics/finite.ts'),
};

const bounds: Command = {
  name: 'dynamics bounds',
  summary: 'hold the theorems of You et al. 2023 against runs: 3.2, 4.2, 4.3 and 4.4, with how tight they are',
  positional: [],
  options: [
    ...problemOptions,
    { ...parameters, summary: 'number of parameters; the limit p → ∞ if left out', required: false },
    time,
    ...seedOptions,
    out,
  ],
  example: 'dynamics bounds --d 16 --m 2 --gamma 1 --p 40 --seeds 5',
  load: () => import('../work/dynamics/bounds.ts'),
};

const regime: Command = {
  name: 'dynamics regime',
  summary:
    'say whether a model converges exponentially on your labels, as 1/t² or not at all, and which scale would do',
  positional: [spec],
  options: [
    { flags: '--seeds <N>', summary: 'number of initialisations (SPEC: initial.seeds)', read: seedCount },
    {
      flags: '--tolerance <X>',
      summary: 'follow the gradient flow this closely (0.01 if left out)',
      read: tolerance,
    },
    out,
  ],
  example: 'dynamics regime examples/sinusoid.yaml --seeds 2',
  load: () => import('../work/dynamics/regime.ts'),
};

/** You et al.'s toolkit. */
export const dynamics: readonly Command[] = [asymptotic, finite, bounds, regime];
