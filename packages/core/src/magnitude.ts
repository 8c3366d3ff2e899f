import { InputError } from './errors.ts';
import { shown } from './wording.ts';

/**
 * Sizes that labels, readouts and rates may have. Squared norms of kernels are of fourth order in them: within these
 * bounds nothing overflows, and nothing vanishes that is not 0.
 */
export const magnitudes = { least: 1e-60, most: 1e60 } as const;

/** Whether a number is 0, or of a size that can be computed with. */
export function isComputable(value: number): boolean {
  const size = Math.abs(value);
  return size === 0 || (size >= magnitudes.least && size <= magnitudes.most);
}

/** @throws InputError where a number is too large or too small to be computed with; `what` names it in the message. */
export function checkComputable(where: string, value: number, what = ''): void {
  if (isComputable(value)) return;
  throw new InputError({
    where,
    found: `${what}${what && ' '}${value}`,
    expected: `0 or a size from ${magnitudes.least} to ${magnitudes.most}`,
    advice: 'choose other units',
  });
}

/** @throws InputError where values are not finite; `where` names them in the message. */
export function checkFinite(where: string, values: Float64Array): void {
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    throw new InputError({ where: `${where}[${bad}]`, found: shown(values[bad]), expected: 'a finite number' });
}
