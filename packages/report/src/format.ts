import { nounFor } from '@qntk/core';
import type { Quantity } from './quantities.ts';

/** Stands where there is no number. */
const absent = '–';

const superscripts: Record<string, string> = {
  '-': '⁻',
  0: '⁰',
  1: '¹',
  2: '²',
  3: '³',
  4: '⁴',
  5: '⁵',
  6: '⁶',
  7: '⁷',
  8: '⁸',
  9: '⁹',
};

/** At most three significant digits: 0.0123, 1.2·10⁻⁵, 60 000 (integers up to 10⁶ are shown whole). */
export function formatNumber(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return absent;
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e6) return grouped(value);
  const rounded = Number(value.toPrecision(3));
  if (Math.abs(rounded) >= 1e5 || Math.abs(rounded) < 1e-3) return powerOfTen(rounded);
  return size >= 1000 ? grouped(rounded) : withMinus(String(rounded));
}

/** R²: what is 0 to three decimals is 0. */
export function formatR2(value: number | null): string {
  return formatNumber(value !== null && Math.abs(value) < 5e-4 ? 0 : value);
}

/** The spread of a score over the initialisations in a sentence, with a space before it; nothing where all are alike. */
export function spreadText(std: number | null): string {
  return std === null || std < 5e-4
    ? ''
    : `±\u00a0${formatNumber(Number(std.toPrecision(2)))} over the initialisations`;
}

/** A count or a mean of counts: whole from 10, with two digits below. */
export function formatCount(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return absent;
  return formatNumber(Math.abs(value) < 10 ? Number(value.toPrecision(2)) : Math.round(value));
}

/** A share as a percentage; one of rounding is none. */
export function formatShare(share: number): string {
  return Number.isFinite(share) ? `${formatNumber(Math.abs(share) < rounding ? 0 : 100 * share)} %` : absent;
}

/** Label of a tick: as short as it can be without loss. */
export function formatTick(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e4 || size < 1e-3)) return powerOfTen(value);
  return withMinus(String(Number(value.toPrecision(6))));
}

/** A sentence for a page: a number does not part from its % or from the R² before it. */
export const unparted = (sentence: string): string => sentence.replace(/ (?=%)|(?<=R²) (?=[−\d])/g, '\u00a0');

/** A value of a quantity, `–` where there is none. */
export function formatQuantity({ format }: Quantity, value: number | null): string {
  if (value === null || !Number.isFinite(value)) return absent;
  return { number: formatNumber, score: formatR2, count: formatCount, share: formatShare }[format](value);
}

/** The spread over the initialisations in the format of the quantity: two digits, 0 where only rounding tells values apart. */
export function formatDeviation(quantity: Quantity, mean: number, std: number): string {
  return formatQuantity(quantity, std > rounding * Math.abs(mean) ? Number(std.toPrecision(2)) : 0);
}

/** Relative spread below which values are equal but for rounding. */
const rounding = 1e-9;

/** Stands for a number that does not exist, and says why. */
export function undefinedBecause(reason: string | undefined): string {
  return reason === undefined ? 'undefined' : `undefined (${reason})`;
}

/** `1 point`, `20 points`. */
export function counted(count: number, noun: string): string {
  return `${formatCount(count)} ${nounFor(count, noun)}`;
}

function powerOfTen(value: number): string {
  const [mantissa, exponent] = value.toExponential().split('e');
  const power = `10${[...String(Number(exponent))].map((digit) => superscripts[digit]).join('')}`;
  return mantissa === '1' ? power : `${withMinus(mantissa)}·${power}`;
}

/** Narrow spaces between thousands, at which no line breaks. */
function grouped(value: number): string {
  return withMinus(String(value)).replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

function withMinus(digits: string): string {
  return digits.replace('-', '−');
}
