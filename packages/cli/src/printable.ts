/** Controls of a terminal, C0 but tab and line break, DEL and C1, and what turns the direction of text round. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Text as a terminal may get it: what files, names and arguments hold is shown, and never obeyed. */
export function printable(text: string): string {
  return text.replace(controls, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The same for a message, where a name of hundreds of characters says by its beginning which it is. */
export function printableMessage(text: string): string {
  return printable(text).replace(/([^\s:'",]{100})[^\s:'",]{300,}/g, '$1…');
}
