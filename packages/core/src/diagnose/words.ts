/** A number for a sentence: three significant digits, powers of ten where it is very small or large. */
export function times(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 0.001 && size < 1e5) return String(Number(value.toPrecision(3)));
  const [digits, exponent] = value.toExponential(2).split('e');
  return `${Number(digits)}·10${superscript(Number(exponent))}`;
}

/** A count for a sentence: whole above 10, thousands apart. */
export function count(value: number): string {
  if (value < 10) return String(Number(value.toPrecision(2)));
  return value < 1e7 ? Math.round(value).toLocaleString('en').replaceAll(',', ' ') : times(value);
}

function superscript(value: number): string {
  return [...String(value)].map((digit) => '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'['-0123456789'.indexOf(digit)]).join('');
}
