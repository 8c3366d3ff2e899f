import type { CompletedCommand, CompletedOption, Values } from './words.ts';

/** A script for fish: a line for each word, option and argument, with the words that must stand before it. */
export function fish(commands: readonly CompletedCommand[]): string {
  return `# Completion of qntk for fish: qntk completion fish | source
function __qntk_is -d 'Whether these are all words so far'
    set -l words (commandline -opc)
    test "$words[2..]" = "$argv"
end
function __qntk_in -d 'Whether the words so far begin with these'
    set -l words (commandline -opc)
    test "$words[2..$(math 1 + (count $argv))]" = "$argv"
end
complete -c qntk -f
${commands.flatMap(lines).join('\n')}
`;
}

function lines({ path, next, options, positional: [first] }: CompletedCommand): string[] {
  const at = (test: string) => `complete -c qntk -n '${[test, ...path].join(' ')}'`;
  // A group has no options but those asked for before its next word.
  const within = at(next.length > 0 ? '__qntk_is' : '__qntk_in');
  return [
    ...next.map(({ name, summary }) => `${within} -a ${name} -d ${quoted(summary)}`),
    ...(first ? [`${within} ${argument(first)}`] : []),
    ...options.map((option) => `${within} ${optionOf(option)}`),
  ];
}

function argument(values: Values): string {
  return values.kind === 'words' ? `-a '${values.words.join(' ')}'` : '-F';
}

function optionOf({ name, summary, value }: CompletedOption): string {
  const takes = value === undefined ? '' : ` ${{ words: '-x', file: '-r -F', other: '-x' }[value.kind]}`;
  const words = value?.kind === 'words' ? ` -a '${value.words.join(' ')}'` : '';
  return `-l ${name.slice(2)}${takes}${words} -d ${quoted(summary)}`;
}

const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;
