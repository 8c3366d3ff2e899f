import type { CommandTable, Listener, Outcome } from '../command.ts';
import { bash } from './completion/bash.ts';
import { fish } from './completion/fish.ts';
import { completedCommands } from './completion/words.ts';
import { zsh } from './completion/zsh.ts';

const shells = { bash, zsh, fish } as const;

export function run({ shell }: { shell: keyof typeof shells }, _: Listener, table: CommandTable): Outcome {
  const script = shells[shell](completedCommands(table));
  return { text: script, document: { schema: 'qntk/completion/1', shell, script } };
}
