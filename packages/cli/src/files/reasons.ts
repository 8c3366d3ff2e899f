import { InputError } from '@qntk/core';

/** What the file system found, by its code. */
const findings: Record<string, string> = {
  ENOENT: 'no such file or folder',
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'a file system that is read-only',
  EISDIR: 'a folder',
  ENOTDIR: 'a part of the path that is a file',
  ENOSPC: 'no space left on the device',
  EDQUOT: 'no space left for this user',
  EFBIG: 'more bytes than the file system takes',
  EIO: 'a device that fails',
  ENAMETOOLONG: 'a name that is too long',
  ELOOP: 'links that lead in a circle',
};

/** What was to be done with a file or folder. */
export interface Attempt {
  /** Its name. */
  readonly where: string;
  readonly expected: string;
  /** What a code means here, where it says more than in general. */
  readonly findings?: Record<string, string>;
}

/** The file system's error as one of the user's input; any other error is a defect of ours and stays as it is. */
export function explained(attempt: Attempt, error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  const code = String(error.code);
  const known = attempt.findings?.[code] ?? findings[code];
  // What is not known by its code has words of the system.
  const found = known ?? ('errno' in error ? wordsOf(error) : undefined);
  if (found === undefined) return error;
  const problem = { where: shortened(attempt.where), found: `${found} (${code})`, expected: attempt.expected };
  return new InputError(problem, { cause: error });
}

/** `no such device` of "ENODEV: no such device, open '/x'": what was called, and with what, is ours to say. */
const wordsOf = ({ message }: Error): string => message.replace(/^\w+: /, '').replace(/, \w+(?: '.*)?$/s, '');

/** A path of thousands of characters says no more than its beginning. */
function shortened(where: string): string {
  return where.length > 300 ? `${where.slice(0, 300)}…` : where;
}
