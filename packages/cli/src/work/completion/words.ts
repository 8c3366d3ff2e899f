import { type Command, type CommandTable, commonOptions } from '../../command.ts';

/** What can stand in a place: one of some words, a file, or what no shell can guess. */
export type Values =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'file' | 'other' };

export interface CompletedOption {
  /** With its dashes. */
  readonly name: string;
  readonly summary: string;
  /** What follows it, undefined where nothing does. */
  readonly value?: Values;
}

/** A command, or a word that others begin with: what may come after it. */
export interface CompletedCommand {
  /** Its words; none for the program itself. */
  readonly path: readonly string[];
  /** Next words of longer commands. */
  readonly next: readonly { readonly name: string; readonly summary: string }[];
  readonly positional: readonly Values[];
  readonly options: readonly CompletedOption[];
}

const help: CompletedOption = { name: '--help', summary: 'what it does, its options and an example' };
const version: CompletedOption = { name: '--version', summary: 'the version of qntk' };

/** The program, every group and every command, the shorter names first. */
export function completedCommands({ commands, groups }: CommandTable): CompletedCommand[] {
  const named = commands.map(({ name, summary }) => ({ path: name.split(' '), summary }));
  const inGroup = (group: string) =>
    named
      .filter(({ path }) => path.length > 1 && path[0] === group)
      .map(({ path, summary }) => ({ name: path[1]!, summary }));
  const single = named
    .filter(({ path }) => path.length === 1)
    .map(({ path, summary }) => ({ name: path[0]!, summary }));
  const grouped = Object.entries(groups).map(([name, summary]) => ({ name, summary }));
  return [
    { path: [], next: [...single, ...grouped], positional: [], options: [help, version] },
    ...grouped.map(({ name }) => ({ path: [name], next: inGroup(name), positional: [], options: [help] })),
    ...commands.map(completed),
  ];
}

function completed({ name, positional, options }: Command): CompletedCommand {
  return {
    path: name.split(' '),
    next: [],
    positional: positional.map(({ choices }) => (choices ? { kind: 'words', words: choices } : { kind: 'file' })),
    options: [...[...options, ...commonOptions].map(completedOption), help],
  };
}

function completedOption({ flags, summary, choices }: Command['options'][number]): CompletedOption {
  const [name = '', placeholder] = flags.split(' ');
  if (placeholder === undefined) return { name, summary };
  if (choices) return { name, summary, value: { kind: 'words', words: choices } };
  return { name, summary, value: { kind: /FILE|DIR|\.np[yz]/.test(placeholder) ? 'file' : 'other' } };
}
