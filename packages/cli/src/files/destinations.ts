import fs from 'node:fs';
import path from 'node:path';
import { InputError } from '@qntk/core';
import { explained } from './reasons.ts';

/** What an option of a command names: a file that is written, or a folder of files. */
export interface Destination {
  readonly kind: 'file' | 'folder';
  /** How the name of a file must end, where that says what is in it. */
  readonly endings?: readonly string[];
}

/** What is expected of a name that is written to. */
export const writable = {
  file: 'a file that can be written',
  folder: 'a folder that can be written to, or a name for a new one',
} as const;

/**
 * Says before any work what would otherwise be said after it: that an output cannot be written where it is wanted.
 *
 * @param where - the option and the name that was given for it, for errors.
 * @throws InputError
 */
export function checkDestination(where: string, name: string, { kind, endings }: Destination): void {
  if (name === '') throw new InputError({ where, found: 'nothing', expected: `the name of a ${kind}` });
  try {
    const there = statsOf(name, where);
    if (there === undefined) checkFree(name, where, kind);
    else if (kind === 'folder') checkFolder(name, there);
    else if (there.isDirectory()) throw failure('EISDIR');
    else if (there.isFile()) fs.accessSync(name, fs.constants.W_OK);
    // A device or a pipe takes anything, whatever its name.
    if (endings && (there === undefined || there.isFile())) checkEnding(where, name, endings);
  } catch (error) {
    throw explained({ where, expected: writable[kind], findings: unwritableFindings(name, kind) }, error);
  }
}

/**
 * What a name leads to; undefined where it is free.
 *
 * @throws InputError where it is a link to what is not there, and the file system's error.
 */
export function statsOf(name: string, where: string): fs.Stats | undefined {
  const stats = fs.statSync(name, { throwIfNoEntry: false });
  if (stats === undefined && fs.lstatSync(name, { throwIfNoEntry: false })?.isSymbolicLink())
    throw new InputError({
      where,
      found: `a link to ${fs.readlinkSync(name)}, which is not there`,
      expected: 'another name, or a link to what is there',
    });
  return stats;
}

/** What codes of the file system mean where something is to be written. */
export function unwritableFindings(name: string, kind: Destination['kind']): Record<string, string> {
  const above = path.dirname(name);
  return {
    EEXIST: 'a file of that name',
    ENOENT: kind === 'folder' || fs.existsSync(above) ? 'a place that takes nothing new' : `no folder ${above}`,
    ENXIO: 'a pipe that nobody reads from',
  };
}

/** The folder of a new file has to be there; of a new folder, those above it are made too. */
function checkFree(name: string, where: string, kind: Destination['kind']): void {
  if (kind === 'file' && /[/\\]$/.test(name)) throw failure('EISDIR');
  const above = path.dirname(path.resolve(name));
  const stats = statsOf(above, where);
  if (stats) checkFolder(above, stats);
  else if (kind === 'file') throw failure('ENOENT');
  else checkFree(above, where, kind);
}

/** Tries it: what a folder takes is not told by its rights alone, as in /proc or where the disk is full. */
function checkFolder(folder: string, stats: fs.Stats): void {
  if (!stats.isDirectory()) throw failure('EEXIST');
  const probe = path.join(folder, `.qntk-${crypto.randomUUID()}.tmp`);
  fs.closeSync(fs.openSync(probe, 'wx'));
  fs.rmSync(probe);
}

function checkEnding(where: string, name: string, endings: readonly string[]): void {
  if (endings.some((ending) => name.toLowerCase().endsWith(ending))) return;
  const ending = path.extname(name);
  throw new InputError({
    where,
    found: ending === '' ? 'a name without an ending' : `the ending ${ending}`,
    expected: `a name that ends with ${endings.join(' or ')}, which says what is written`,
  });
}

/** As the file system would say it. */
const failure = (code: string): Error => Object.assign(new Error(code), { code });
