/** An instruction: its code, its length in words, its words. */
export const instruction = (operation: number, ...words: number[]): number[] => [operation, words.length + 2, ...words];

/** Puts words behind others: of long circuits they are too many to be arguments of one call. */
export function append(words: number[], more: readonly number[]): void {
  for (const word of more) words.push(word);
}
