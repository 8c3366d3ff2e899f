import { InputError } from '../../errors.ts';
import { logSpaced } from '../../linalg/log-spaced.ts';

/** Records along a run beside its start. */
export const records = 120;
/** The first of them, as a share of the last: 10⁻⁴ but for one of their equal ratios. */
const first = 1e-4 ** (1 - 1 / records);

/** 0, and 120 times up to `end`, evenly on a logarithmic axis: fast and slow decays alike have records where they end. */
export function timesTo(end: number): number[] {
  return [0, ...logSpaced(first * end, end, records)];
}

/** 0, and up to 120 whole numbers of steps up to `last`, evenly on a logarithmic axis as far as whole numbers are. */
export function stepsTo(last: number): number[] {
  return [...new Set(timesTo(last).map(Math.ceil))];
}

/** Bytes that the kernels of a run may take. */
const room = 2 ** 30;

/** @throws InputError where the m × m kernels along a run do not fit into memory. */
export function requireRecords(m: number): void {
  const most = Math.floor(Math.sqrt(room / (8 * records)));
  if (m > most)
    throw new InputError({
      where: 'm',
      found: String(m),
      expected: `at most ${most}: an m × m kernel is kept at ${records} times on the way`,
    });
}
