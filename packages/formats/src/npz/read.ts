import { InputError } from '@qntk/core';
import type { NpyArray, StoredArray } from '../npy/array.ts';
import { readNpy } from '../npy/read.ts';
import { gibibytes, sizeLimit } from '../size.ts';
import { unzip, type ZipEntry, zipEntries } from './zip.ts';

/** The arrays of a file by name, unpacked when they are asked for. */
export interface NamedArrays {
  readonly names: readonly string[];
  /** @throws InputError where there is no such array, or it cannot be read. */
  get(name: string): StoredArray;
}

const extension = '.npy';

/**
 * All arrays of a .npz archive, by name without .npy; `where` names the file in errors.
 *
 * @throws InputError where the archive is damaged, or an array holds anything but numbers and truth values.
 */
export function readNpz(bytes: Uint8Array, where: string): Map<string, NpyArray> {
  const arrays = openNpz(bytes, where);
  return new Map(arrays.names.map((name) => [name, numeric(arrays.get(name), `${where}:${name}`)]));
}

function numeric(array: StoredArray, where: string): NpyArray {
  if ('data' in array) return array;
  throw new InputError({ where, found: 'text', expected: 'numbers' });
}

/** The arrays of a .npz archive, one by one. */
export function openNpz(bytes: Uint8Array, where: string): NamedArrays {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b)
    throw new InputError({ where, found: startOf(bytes), expected: 'a .npz file (a zip archive)' });
  const entries = decoding(where, () => zipEntries(bytes));
  const arrays = new Map(
    entries
      .filter(({ name }) => name.endsWith(extension))
      .map((entry) => [entry.name.slice(0, -extension.length), entry]),
  );
  checkEntries(entries, where);
  if (arrays.size === 0)
    throw new InputError({ where, found: 'a zip archive without any .npy array', expected: 'a .npz file' });
  return {
    names: [...arrays.keys()],
    get(name) {
      const entry = arrays.get(name);
      const place = `${where}:${name}`;
      if (entry)
        return readNpy(
          decoding(place, () => unzip(bytes, entry)),
          place,
        );
      throw new InputError({
        where,
        found: `no array ${name}, only ${[...arrays.keys()].join(', ')}`,
        expected: 'an array of that name',
      });
    },
  };
}

/**
 * Refuses two entries of one name, and stops a zip bomb before it fills the memory. Packed size counts as well as
 * unpacked: the entries of a hostile archive may all share the same packed bytes.
 */
function checkEntries(entries: readonly ZipEntry[], where: string): void {
  const seen = new Set<string>();
  let total = 0;
  for (const { name, packed, size } of entries) {
    if (seen.has(name))
      throw new InputError({ where, found: `two entries named "${name}" in the archive`, expected: 'each name once' });
    seen.add(name);
    if (name.endsWith(extension)) total += Math.max(packed, size);
    if (total <= sizeLimit) continue;
    const found = `arrays that take ${gibibytes(total)} up to "${name}"`;
    throw new InputError({ where, found, expected: `at most ${gibibytes(sizeLimit)} unpacked` });
  }
}

function startOf(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'an empty file';
  return bytes[0] === 0x93 ? 'a single array (.npy)' : 'a file that is no zip archive';
}

function decoding<Result>(where: string, work: () => Result): Result {
  try {
    return work();
  } catch (cause) {
    const reason = cause instanceof RangeError || !(cause instanceof Error) ? 'it is cut off' : cause.message;
    throw new InputError({ where, found: `a damaged zip archive (${reason})`, expected: 'a .npz file' }, { cause });
  }
}
