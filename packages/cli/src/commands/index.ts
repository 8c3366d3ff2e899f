import type { Command } from '../command.ts';
import { diagnose } from './diagnose.ts';
import { kernel } from './kernel.ts';
import { predict } from './predict.ts';
import { schema } from './schema.ts';
import { train } from './train.ts';

/** Every command, in the order the help shows them. */
export const commands: readonly Command[] = [diagnose, train, kernel, predict, schema];
