/** An instruction: its code, its length in words, its words. */
export const instruction = (operation: number, ...words: number[]): number[] => [operation, words.length + 2, ...words];
