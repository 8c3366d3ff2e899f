import { InputError } from '@qntk/core';
import { unzipSync, zipSync } from 'fflate';
import { type NpyArray, readNpy, writeNpy } from './npy.ts';
import { checkSize, gibibytes, sizeLimit } from './size.ts';

const EXTENSION = '.npy';

// The zip format's first moment. It stores local time, so a local time gives the same bytes in every time zone.
const FIXED_TIME = new Date(1980, 0, 1);

/** Reads every array of a .npz archive, by name without .npy; `where` names the file in errors. */
export function readNpz(bytes: Uint8Array, where: string): Map<string, NpyArray> {
  const arrays = new Map<string, NpyArray>();
  for (const [entry, content] of Object.entries(unpack(bytes, where))) {
    const name = entry.slice(0, -EXTENSION.length);
    arrays.set(name, readNpy(content, `${where}:${name}`));
  }
  if (arrays.size === 0) throw new InputError(`${where}: found a zip archive without any .npy array, expected a .npz`);
  return arrays;
}

/** A .npz archive, stored as numpy's savez does; the same arrays give the same bytes. */
export function writeNpz(arrays: Record<string, NpyArray>): Uint8Array {
  const entries = Object.entries(arrays);
  checkSize(entries.map(([name, { data }]) => [name, data.byteLength]));
  const files = Object.fromEntries(entries.map(([name, array]) => [name + EXTENSION, writeNpy(array)]));
  return zipSync(files, { level: 0, mtime: FIXED_TIME });
}

function unpack(bytes: Uint8Array, where: string): Record<string, Uint8Array> {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) {
    throw new InputError(`${where}: not a zip archive${startHint(bytes)}, expected a .npz file`);
  }
  try {
    return unzipSync(bytes, { filter: entryGuard(where) });
  } catch (error) {
    if (error instanceof InputError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError(`${where}: damaged zip archive (${reason}), expected a .npz file`, { cause: error });
  }
}

function startHint(bytes: Uint8Array): string {
  if (bytes.length === 0) return ' but an empty file';
  return bytes[0] === 0x93 ? ' but a single array (.npy)' : '';
}

/**
 * Lets the .npy entries through and stops the unpacking before a zip bomb fills the memory. Packed size counts as
 * well as unpacked: the entries of a hostile archive may all share the same packed bytes.
 */
function entryGuard(where: string): (entry: { name: string; size: number; originalSize: number }) => boolean {
  const seen = new Set<string>();
  let total = 0;
  return ({ name, size, originalSize }) => {
    if (seen.has(name)) {
      throw new InputError(`${where}: found two entries named "${name}" in the archive, expected each name once`);
    }
    seen.add(name);
    if (!name.endsWith(EXTENSION)) return false;
    total += Math.max(size, originalSize);
    if (total > sizeLimit) {
      const found = `up to "${name}" they take ${gibibytes(total)}`;
      throw new InputError(`${where}: too large arrays: ${found}, expected at most ${gibibytes(sizeLimit)} unpacked`);
    }
    return true;
  };
}
