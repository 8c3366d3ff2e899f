import { InputError } from '@qntk/core';

/** A key of a SPEC that names a file which cannot be read, and why. */
export function unreadable(key: string, file: string, cause: InputError): InputError {
  const problems = cause.problems.map((problem) => ({
    ...problem,
    where: key,
    found: `${JSON.stringify(file)}: ${problem.found}`,
  }));
  return new InputError(problems, { cause });
}
