import fs from 'node:fs';
import path from 'node:path';
import { InputError } from '@qntk/core';
import type { Outcome } from '../command.ts';

/**
 * An input is never overwritten, and no output by another.
 *
 * @param isInput - whether a file, by where links lead, was read.
 * @throws InputError naming the output.
 */
export function checkCollisions(output: Outcome['output'], isInput: (realPath: string) => boolean): void {
  const seen = new Map<string, string>();
  for (const file of namesOf(output)) {
    const place = realPlace(file);
    if (isInput(place))
      throw new InputError({ where: file, found: 'a file that is read here', expected: 'another name for the output' });
    const other = seen.get(place);
    if (other !== undefined)
      throw new InputError({
        where: file,
        found: other === file ? 'the same name for two outputs' : `the same file as ${other}`,
        expected: 'a name for each output',
      });
    // Into a device, such as /dev/null, any number may go.
    if (!isDevice(place)) seen.set(place, file);
  }
}

function isDevice(place: string): boolean {
  try {
    return !fs.statSync(place).isFile();
  } catch {
    // What does not exist yet, or cannot: writing it says so.
    return false;
  }
}

function namesOf(output: Outcome['output']): string[] {
  if (!output) return [];
  if ('file' in output) return [output.file];
  if (Array.isArray(output)) return output.map(({ file }) => file);
  return Object.keys(output.files).map((name) => path.join(output.folder, name));
}

/** Where writing to a name ends up; for a name that is free, in the folder that will hold it. */
function realPlace(file: string): string {
  for (const name of [path.resolve(file), path.dirname(path.resolve(file))]) {
    try {
      const real = fs.realpathSync(name);
      return name === path.resolve(file) ? real : path.join(real, path.basename(file));
    } catch {
      // There is no such file, or no such folder: writing it says so.
    }
  }
  return path.resolve(file);
}
