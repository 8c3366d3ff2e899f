import fs from 'node:fs';
import { counted, InputError } from '@qntk/core';
import { explained } from './reasons.ts';

/** Bytes a file may have, by what is made of it: arrays take little more than the file itself, text several times as much. */
export const largest = {
  array: 2 ** 31,
  table: 2 ** 28,
  circuit: 2 ** 25,
  spec: 2 ** 20,
  parameters: 2 ** 22,
} as const;

/** Bytes that are asked for at once where nobody says how many there are. */
const piece = 2 ** 16;
/** Milliseconds between two looks into a pipe that is empty as yet. */
const pause = 5;

const read = new Set<string>();

/** Whether this process has read a file: no output may take its place. By where links lead. */
export const wasRead = (realPath: string): boolean => read.has(realPath);

/** As {@link readContent}, of a file that no output may take the place of. */
export function readInput(file: string, most: number): Buffer {
  const content = readContent(file, most);
  // Whoever has removed it meanwhile has nothing to lose.
  if (fs.statSync(file, { throwIfNoEntry: false })?.isFile()) read.add(fs.realpathSync(file));
  return content;
}

/**
 * The whole content of a file, or of a pipe as in `qntk diagnose /dev/stdin`.
 *
 * @throws InputError naming the file where it cannot be read, has more than `most` bytes, or is a device: these never end.
 */
export function readContent(file: string, most: number): Buffer {
  let open: number | undefined;
  try {
    // Without it, opening a pipe that nobody writes to would wait forever.
    open = fs.openSync(file, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0));
    const stats = fs.fstatSync(open);
    if (stats.isCharacterDevice() || stats.isBlockDevice())
      throw new InputError({ where: file, found: 'a device', expected: 'a file' });
    if (stats.size > most) throw tooLarge(file, sizeText(stats.size, most), most);
    const content = readPieces(open, file, most);
    if (!stats.isFile() && content.length === 0)
      throw new InputError({ where: file, found: 'a pipe that nobody writes to', expected: 'a file' });
    return content;
  } catch (error) {
    throw explained(
      {
        where: file === '' ? 'the name of a file' : file,
        expected: 'a file that can be read',
        findings: {
          ENOENT: file === '' ? 'nothing' : 'no such file',
          ERR_INVALID_ARG_VALUE: 'a zero byte in its name',
        },
      },
      error,
    );
  } finally {
    if (open !== undefined) fs.closeSync(open);
  }
}

/** Not by the size that the file system names: that of a file in /proc is 0, and a pipe has none. */
function readPieces(open: number, file: string, most: number): Buffer {
  const { size } = fs.fstatSync(open);
  const pieces: Buffer[] = [];
  for (let length = 0; ; ) {
    const next = Buffer.allocUnsafe(Math.max(piece, Math.min(size - length + 1, most)));
    const count = readSome(open, next);
    if (count === 0) return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
    pieces.push(next.subarray(0, count));
    length += count;
    if (length > most) throw tooLarge(file, `more than ${bytes(most)}`, most);
  }
}

/** Waits where a pipe is empty and its writer is still there. */
function readSome(open: number, into: Buffer): number {
  const clock = new Int32Array(new SharedArrayBuffer(4));
  for (;;) {
    try {
      return fs.readSync(open, into);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
      Atomics.wait(clock, 0, 0, pause);
    }
  }
}

function tooLarge(file: string, found: string, most: number): InputError {
  return new InputError({ where: file, found, expected: `at most ${bytes(most)}` });
}

/** In full where it is little more than the limit, which rounding would hide. */
const sizeText = (size: number, most: number): string =>
  bytes(size) === bytes(most) ? `${bytes(most)} and ${counted(size - most, 'byte')}` : bytes(size);

function bytes(count: number): string {
  if (count < 1024) return counted(count, 'byte');
  const units = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];
  const power = Math.min(Math.floor(Math.log2(count) / 10), units.length);
  return `${Math.round((count / 1024 ** power) * 10) / 10} ${units[power - 1]}`;
}
