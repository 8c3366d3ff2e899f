import { InputError } from '../errors.ts';

/** The steps have become too short to be seen: the solution ends in a pole, or is far too fast for the time asked for. */
export function cannotFollow(t: number, end: number): InputError {
  return new InputError({
    where: 'times',
    found: `an end at t = ${end}`,
    expected: `an earlier one: the solution cannot be followed beyond t = ${t} of ${end}`,
  });
}
