/** The call as it can be typed again in a shell; words of the command line, those of this process where left out. */
export function commandLine(words: readonly string[] = process.argv.slice(2)): string {
  return ['qntk', ...words].map(quoted).join(' ');
}

export const quoted = (word: string): string =>
  /^[\w./:=,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
