import { isComputable } from '@qntk/core';
import { OptionError } from '../command.ts';

/** The positional argument of most commands. */
export const spec = { name: 'SPEC', summary: 'YAML or JSON file that names data and model (see qntk schema)' };

/** A whole number from `least` to `most`. */
export const wholeNumber =
  (least: number, most = Number.MAX_SAFE_INTEGER) =>
  (text: string) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    const range = most === Number.MAX_SAFE_INTEGER ? `from ${least}` : `from ${least} to ${most}`;
    if (!(Number.isSafeInteger(value) && value >= least && value <= most))
      throw new OptionError(`Expected a whole number ${range}.`);
    return value;
  };

/** Number of initialisations: the results of each are kept until the end. */
export const seedCount = wholeNumber(1, 100_000);

/** Number of steps: so many take days with the smallest of models. */
export const stepCount = wholeNumber(1, 1_000_000_000);

/** A number above 0 that can be computed with. */
export function positiveNumber(text: string): number {
  const value = finite(text);
  if (!(value > 0 && isComputable(value))) throw new OptionError('Expected a number above 0, from 1e-60 to 1e60.');
  return value;
}

/** Seconds, or a share of what training all takes. */
export function raceBudget(text: string): { readonly seconds: number } | { readonly share: number } {
  if (!text.trim().endsWith('%')) return { seconds: positiveNumber(text) };
  const percent = finite(text.trim().slice(0, -1));
  if (!(percent > 0 && percent <= 100))
    throw new OptionError('Expected seconds, or a share above 0 % and up to 100 %.');
  return { share: percent / 100 };
}

/** Of an integrator: below the least only rounding is left to follow. */
export function tolerance(text: string): number {
  const value = finite(text);
  if (!(value >= 1e-9 && value <= 1e9)) throw new OptionError('Expected a number above 0, from 1e-9 to 1e9.');
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

/** Names with commas between; none in an empty text. */
export function names(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
