import type { CompletedCommand } from './words.ts';

/**
 * A script for bash. What is typed is only compared with words, never run; where there is no word to give, bash itself completes
 * names of files, unless that is switched off.
 */
export function bash(commands: readonly CompletedCommand[]): string {
  // A command of two words before the group that its first one names.
  const longestFirst = [...commands].sort((a, b) => b.path.length - a.path.length);
  return `# Completion of qntk for bash: source <(qntk completion bash)
_qntk() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} command= options= words= files=no
  # Bash takes the sign in --option=value for a word of its own.
  if [[ $current == "=" ]]; then current=
  elif [[ $previous == "=" ]]; then previous=\${COMP_WORDS[COMP_CWORD - 2]}; fi
  local typed=("\${COMP_WORDS[@]:1:COMP_CWORD - 1}")
  case "\${typed[*]}" in
${longestFirst.map(settings).join('\n')}
  esac
  case "$command $previous" in
${commands.flatMap(values).join('\n')}
    *) if [[ $current == -* ]]; then words=$options files=no; fi ;;
  esac
  if [[ $files == no ]]; then compopt +o default +o bashdefault 2>/dev/null; fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o bashdefault -o default -F _qntk qntk
`;
}

/** What may follow a command: the words of longer ones, its options, its first argument. */
function settings({ path, next, options, positional: [first] }: CompletedCommand): string {
  const name = path.join(' ');
  const pattern = path.length === 0 ? "''" : `'${name}'|'${name} '*`;
  const words = first?.kind === 'words' ? first.words : next.map((each) => each.name);
  const files = first?.kind === 'file' ? 'yes' : 'no';
  return `    ${pattern}) command='${name}' options='${options.map((each) => each.name).join(' ')}' words='${words.join(' ')}' files=${files} ;;`;
}

/** What may follow the options of a command that take a value. */
function values({ path, options }: CompletedCommand): string[] {
  return options.flatMap(({ name, value }) => {
    if (!value) return [];
    const words = value.kind === 'words' ? value.words.join(' ') : '';
    return [`    '${[...path, name].join(' ')}') words='${words}' files=${value.kind === 'file' ? 'yes' : 'no'} ;;`];
  });
}
