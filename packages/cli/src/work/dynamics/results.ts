import fs from 'node:fs';
import path from 'node:path';
import { InputError } from '@qntk/core';
import { largest, readContent } from '../../files/input.ts';

/** The file in a folder of results that joins the seeds last asked for. */
export const documentFile = 'dynamics.json';

/**
 * A file of this name that no call of ours has written is not written over.
 *
 * @throws InputError naming it.
 */
export function refuseForeign(folder: string): void {
  const file = path.join(folder, documentFile);
  if (!fs.existsSync(file) || isResult(readContent(file, largest.array).toString('utf8'))) return;
  throw new InputError({
    where: file,
    found: 'something else than results of qntk dynamics, or damaged ones',
    expected: 'no such file, or one that it wrote itself',
    advice: 'move it away, or name another folder; records of seeds are kept apart from it and are found again',
  });
}

function isResult(text: string): boolean {
  try {
    const schema = JSON.parse(text)?.schema;
    return typeof schema === 'string' && schema.startsWith('qntk/dynamics-');
  } catch {
    return false;
  }
}
