import { InputError } from '../../errors.ts';
import { limitTimes } from '../limit/run.ts';
import { readoutFrom } from '../readout.ts';
import type { DynamicsProblem } from './problem.ts';

/** Decay times of the fastest direction that a run may last: an explicit integrator takes about a step for each. */
const longest = 1e6;

/**
 * The end of a run: 20/γ² where nothing else is asked for.
 *
 * @throws InputError where the run would take far too many steps.
 */
export function timeOf(given: number | undefined, { spectrum, labels }: DynamicsProblem): number {
  const readout = readoutFrom(spectrum);
  const time = given ?? limitTimes(readout).at(-1)!;
  // dM/dt = Σ r[M, [M, ρ]]: a commutator with M is at most as large as what M spans, a residual as label and output.
  const outputs = spectrum.map(({ value }) => value);
  const residual = largest(labels) + largest(outputs);
  const steps = (time * residual * (Math.max(...outputs) - Math.min(...outputs))) / 2;
  if (steps > longest)
    throw new InputError({
      where: given === undefined ? 'gamma' : 'time',
      found: `a run to t = ${rounded(time)}, about ${rounded(steps)} decay times of its fastest direction`,
      expected: `at most ${rounded(longest)} of them`,
      advice:
        given === undefined
          ? 'labels far beyond the readout are approached without end; a time ends a run'
          : 'end it earlier',
    });
  return time;
}

function largest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

const rounded = (value: number): string =>
  value < 1e6 ? String(Number(value.toPrecision(3))) : value.toExponential(1).replace('.0e', 'e').replace('+', '');
