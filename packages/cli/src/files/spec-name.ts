import fs from 'node:fs';
import path from 'node:path';
import { InputError } from '@qntk/core';

/**
 * The name of a SPEC that is written for data: what is asked for, else the data's own name, in this folder.
 *
 * @throws InputError where a file has that name already.
 */
export function specName(data: string, out: string | undefined): string {
  const file = out ?? `${stem(data)}.yaml`;
  // A device, such as /dev/stdout, takes any number of SPECs; a name that cannot be is told of when it is written.
  if (!(fs.existsSync(file) && fs.statSync(file).isFile())) return file;
  throw new InputError({
    where: file,
    found: 'a file of that name',
    expected: 'a name that is free',
    advice: out === undefined ? '--out FILE.yaml gives the SPEC another name' : 'give the SPEC another name',
  });
}

/** The name of a file without what tells its format. */
function stem(data: string): string {
  const name = path.basename(data).replace(/\.gz$/i, '');
  return name.slice(0, name.length - path.extname(name).length) || name;
}
