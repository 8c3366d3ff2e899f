import type { Command } from '../command.ts';
import { positiveNumber, spec, wholeNumber } from './arguments.ts';

const regime: Command = {
  name: 'dynamics regime',
  summary:
    'say whether a model converges exponentially on your labels, as 1/t² or not at all, and which scale would do',
  positional: [spec],
  options: [
    { flags: '--seeds <N>', summary: 'number of initialisations (SPEC: initial.seeds)', read: wholeNumber(1) },
    {
      flags: '--tolerance <X>',
      summary: 'follow the gradient flow this closely (0.01 if left out)',
      read: positiveNumber,
    },
  ],
  example: 'dynamics regime examples/sinusoid.yaml --seeds 2',
  load: () => import('../work/dynamics/regime.ts'),
};

/** Paper C's toolkit. */
export const dynamics: readonly Command[] = [regime];
