import { InputError } from '@qntk/core';

/** A key of a SPEC that names a file which cannot be read, and why. */
export function unreadable(key: string, file: string, cause: InputError): InputError {
  const problem = {
    where: key,
    found: JSON.stringify(file),
    expected: 'a file that can be read',
    advice: cause.message,
  };
  return new InputError(problem, { cause });
}
