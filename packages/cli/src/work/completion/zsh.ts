import type { CompletedCommand, CompletedOption, Values } from './words.ts';

/** A script for zsh: a function for each command, each with the words, options and files that `_arguments` takes. */
export function zsh(commands: readonly CompletedCommand[]): string {
  return `#compdef qntk
# Completion of qntk for zsh: source <(qntk completion zsh), or as _qntk in a folder of $fpath
${commands.map((command) => (command.next.length > 0 ? chooser(command) : leaf(command))).join('\n')}
if [[ $funcstack[1] == _qntk ]]; then _qntk "$@"; else compdef _qntk qntk; fi
`;
}

const functionOf = (path: readonly string[]): string => ['_qntk', ...path].join('_');

/** The next word, and then what its function completes. */
function chooser({ path, next, options }: CompletedCommand): string {
  const described = next.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}`);
  return `${functionOf(path)}() {
  local curcontext=$curcontext state line
  local -a words_next=(
${described.join('\n')}
  )
  _arguments -C ${options.map(specOf).join(' ')} '1: :->next' '*:: :->rest'
  case $state in
    next) _describe command words_next ;;
    rest) (( $+functions[${functionOf(path)}_$words[1]] )) && ${functionOf(path)}_$words[1] ;;
  esac
}`;
}

function leaf({ path, options, positional }: CompletedCommand): string {
  const places = positional.map((values, i) => quoted(`${i + 1}:${actionOf(values)}`));
  return `${functionOf(path)}() {
  _arguments \\
${[...options.map(specOf), ...places].map((spec) => `    ${spec}`).join(' \\\n')}
}`;
}

function specOf({ name, summary, value }: CompletedOption): string {
  const explained = `${value ? `${name}=` : name}[${summary.replace(/[\\[\]:]/g, '\\$&')}]`;
  return quoted(value ? `${explained}:${actionOf(value)}` : explained);
}

/** A message and what completes the value; a space where nothing does. */
function actionOf(values: Values): string {
  if (values.kind === 'words') return `value:(${values.words.join(' ')})`;
  return values.kind === 'file' ? 'file:_files' : 'value: ';
}

const quoted = (text: string): string => `'${text.replace(/'/g, "'\\''")}'`;
