import type { CommandTable } from '../command.ts';
import { circuit } from './circuit.ts';
import { compare } from './compare.ts';
import { completion } from './completion.ts';
import { diagnose } from './diagnose.ts';
import { dynamics } from './dynamics.ts';
import { init } from './init.ts';
import { kernel } from './kernel.ts';
import { predict } from './predict.ts';
import { reproduce } from './reproduce.ts';
import { schema } from './schema.ts';
import { suggest } from './suggest.ts';
import { train } from './train.ts';

/** Every command, in the order the help shows them, and the groups that some are in. */
export const table: CommandTable = {
  commands: [
    init,
    suggest,
    diagnose,
    compare,
    train,
    kernel,
    predict,
    circuit,
    ...dynamics,
    reproduce,
    schema,
    completion,
  ],
  groups: {
    dynamics: 'how networks with many parameters really converge, finite or in the limit p → ∞',
  },
};
