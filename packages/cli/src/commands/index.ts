import type { Command } from '../command.ts';
import { circuit } from './circuit.ts';
import { diagnose } from './diagnose.ts';
import { dynamics } from './dynamics.ts';
import { kernel } from './kernel.ts';
import { predict } from './predict.ts';
import { schema } from './schema.ts';
import { train } from './train.ts';

/** Every command, in the order the help shows them. */
export const commands: readonly Command[] = [diagnose, train, kernel, predict, circuit, ...dynamics, schema];

/** What the commands with a common first word are about. */
export const groups: Readonly<Record<string, string>> = {
  dynamics: 'how networks with many parameters really converge, finite or in the limit p → ∞',
};
