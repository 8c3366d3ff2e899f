import type { Command } from '../command.ts';

export const completion: Command = {
  name: 'completion',
  summary: 'print a script that completes commands, options and files of qntk in your shell',
  positional: [
    {
      name: 'SHELL',
      summary:
        'bash: source <(qntk completion bash) in ~/.bashrc; zsh: the same in ~/.zshrc; fish: qntk completion fish | source in config.fish',
      choices: ['bash', 'zsh', 'fish'],
    },
  ],
  options: [],
  example: 'completion bash',
  load: () => import('../work/completion.ts'),
};
