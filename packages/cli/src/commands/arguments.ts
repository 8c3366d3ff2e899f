import { InvalidArgumentError } from 'commander';

/** The positional argument of most commands. */
export const spec = { name: 'SPEC', summary: 'YAML or JSON file that names data and model (see qntk schema)' };

/** A whole number from `least`. */
export const wholeNumber = (least: number) => (text: string) => {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(Number.isSafeInteger(value) && value >= least))
    throw new InvalidArgumentError(`Expected a whole number from ${least}.`);
  return value;
};

/** A number above 0. */
export function positiveNumber(text: string): number {
  const value = finite(text);
  if (!(value > 0)) throw new InvalidArgumentError('Expected a number above 0.');
  return value;
}

/** Whole numbers with commas between, ascending or not. */
export function wholeNumbers(text: string): number[] {
  return text.split(',').map((part) => wholeNumber(0)(part.trim()));
}

/** The number a text stands for, NaN where it stands for none. */
export function finite(text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : Number.NaN;
}

/** One of some words. */
export const oneOf = (words: readonly string[]) => (text: string) => {
  if (!words.includes(text)) throw new InvalidArgumentError(`Expected one of ${words.join(', ')}.`);
  return text;
};

/** Names with commas between; none in an empty text. */
export function names(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
