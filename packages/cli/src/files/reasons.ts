import { InputError } from '@qntk/core';

const REASONS: Record<string, string> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  EISDIR: 'it is a folder, expected a file',
  ENOTDIR: 'a part of the path is a file, expected a folder',
  ENOSPC: 'no space left on the device',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'its links lead in a circle',
};

/** The file system's error in words for the user; any other error is a defect of ours and stays as it is. */
export function explained(what: string, error: unknown, reasons: Record<string, string> = {}): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  const code = String(error.code);
  const reason = reasons[code] ?? REASONS[code] ?? ('errno' in error ? error.message : undefined);
  return reason === undefined ? error : new InputError(`${shortened(what)}: ${reason} (${code})`, { cause: error });
}

/** A path of thousands of characters says no more than its beginning. */
function shortened(what: string): string {
  return what.length > 300 ? `${what.slice(0, 300)}…` : what;
}
