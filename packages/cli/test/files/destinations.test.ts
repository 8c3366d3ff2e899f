import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { table } from '../../src/commands/index.ts';
import { checkDestination, type Destination } from '../../src/files/destinations.ts';
import { bin, qntk } from '../qntk.ts';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'qntk-destinations-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  fs.rmSync(folder, { recursive: true, force: true });
});

const npz: Destination = { kind: 'file', endings: ['.npz', '.parquet'] };
const anyFile: Destination = { kind: 'file' };
const anyFolder: Destination = { kind: 'folder' };

/** What is said of a name in the folder; nothing where it can be written. Nothing may stay behind. */
function saidOf(name: string, destination: Destination): string | undefined {
  const before = fs.readdirSync(folder).sort();
  try {
    checkDestination('--out', name.startsWith('/') || name === '' ? name : path.join(folder, name), destination);
    return undefined;
  } catch (error) {
    return (error as Error).message.replaceAll(folder, 'HERE');
  } finally {
    expect(fs.readdirSync(folder).sort()).toEqual(before);
  }
}

beforeEach(() => {
  fs.writeFileSync(path.join(folder, 'file.npz'), '');
  fs.mkdirSync(path.join(folder, 'folder'));
  fs.symlinkSync('nowhere', path.join(folder, 'link'));
  fs.symlinkSync('circle', path.join(folder, 'circle'));
});

describe('what can be written', () => {
  test.each<[string, Destination]>([
    ['new.npz', npz],
    ['new.PARQUET', npz],
    ['file.npz', npz],
    ['/dev/null', npz],
    ['anything', anyFile],
    ['folder', anyFolder],
    ['folder/', anyFolder],
    ['folder/new/below', anyFolder],
  ])('%s', (name, destination) => {
    expect(saidOf(name, destination)).toBeUndefined();
  });
});

describe('what cannot', () => {
  const file = 'expected a file that can be written';
  const made = 'expected a folder that can be written to, or a name for a new one';
  test.each<[string, Destination, string]>([
    ['', anyFile, '--out: found nothing, expected the name of a file'],
    ['', anyFolder, '--out: found nothing, expected the name of a folder'],
    [
      'k.txt',
      npz,
      '--out: found the ending .txt, expected a name that ends with .npz or .parquet, which says what is written',
    ],
    [
      'k.npz.gz',
      npz,
      '--out: found the ending .gz, expected a name that ends with .npz or .parquet, which says what is written',
    ],
    [
      'k',
      npz,
      '--out: found a name without an ending, expected a name that ends with .npz or .parquet, which says what is written',
    ],
    ['folder', anyFile, `--out: found a folder (EISDIR), ${file}`],
    ['new/', anyFile, `--out: found a folder (EISDIR), ${file}`],
    ['none/new.npz', npz, `--out: found no folder HERE/none (ENOENT), ${file}`],
    ['file.npz/new.npz', npz, `--out: found a part of the path that is a file (ENOTDIR), ${file}`],
    ['file.npz', anyFolder, `--out: found a file of that name (EEXIST), ${made}`],
    ['file.npz/new', anyFolder, `--out: found a part of the path that is a file (ENOTDIR), ${made}`],
    [
      'link',
      anyFolder,
      '--out: found a link to nowhere, which is not there, expected another name, or a link to what is there',
    ],
    [
      'link',
      anyFile,
      '--out: found a link to nowhere, which is not there, expected another name, or a link to what is there',
    ],
    [
      'link/below',
      anyFolder,
      '--out: found a link to nowhere, which is not there, expected another name, or a link to what is there',
    ],
    ['circle', anyFolder, `--out: found links that lead in a circle (ELOOP), ${made}`],
    ['n'.repeat(300), anyFile, `--out: found a name that is too long (ENAMETOOLONG), ${file}`],
    ['n'.repeat(300), anyFolder, `--out: found a name that is too long (ENAMETOOLONG), ${made}`],
  ])('%s %#', (name, destination, said) => {
    expect(saidOf(name, destination)).toBe(said);
  });

  test.skipIf(!fs.existsSync('/proc/self'))('a place that takes nothing new', () => {
    expect(saidOf('/proc/x', anyFolder)).toBe(`--out: found a place that takes nothing new (ENOENT), ${made}`);
    expect(saidOf('/proc/x.npz', npz)).toBe(`--out: found a place that takes nothing new (ENOENT), ${file}`);
  });

  // Root may do everything: the system's answer is played.
  test('a folder without rights', () => {
    for (const [destination, expected] of [
      [npz, file],
      [anyFolder, made],
    ] as const) {
      vi.spyOn(fs, 'openSync').mockImplementationOnce(() => {
        throw Object.assign(new Error('as the system says'), { code: 'EACCES', errno: -13 });
      });
      expect(saidOf('folder/new.npz', destination)).toBe(`--out: found no permission (EACCES), ${expected}`);
    }
  });
});

describe('every option that names an output', () => {
  const outputs = table.commands.flatMap(({ name, options }) =>
    options.filter(({ flags }) => /^--(?:out|svg|qasm)\b/.test(flags)).map((option) => ({ name, option })),
  );
  const required: Record<string, string[]> = {
    predict: ['--labels', 'y.npy'],
    'dynamics asymptotic': ['--d', '4', '--m', '1'],
    'dynamics finite': ['--d', '4', '--m', '1', '--p', '4'],
    'dynamics bounds': ['--d', '4', '--m', '1'],
  };

  test.each(outputs)('$name $option.flags is checked before any work', ({ name, option }) => {
    expect(option.writes).toBeDefined();
    const flag = option.flags.split(' ')[0]!;
    const positional = table.commands.find((each) => each.name === name)!.positional.length > 0 ? ['none.yaml'] : [];
    const call = [...name.split(' '), ...positional, ...(required[name] ?? []), flag, 'file.npz/x'];
    const { code, stdout, stderr } = qntk(call, folder);
    // The SPEC is not there either, which would be said next.
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(new RegExp(`^qntk: ${flag} file.npz/x: found a part of the path that is a file .ENOTDIR.,`));
  });
});

const setpriv = '/usr/bin/setpriv';

// As somebody who may not do everything, where this is run by root.
test.skipIf(process.getuid?.() !== 0 || !fs.existsSync(setpriv))('a folder of somebody else', () => {
  fs.chmodSync(folder, 0o755);
  const call = ['--reuid=65534', '--clear-groups', process.execPath, bin, 'init', '--out', path.join(folder, 's.yaml')];
  const run = () => execFileSync(setpriv, call, { cwd: '/', stdio: 'pipe', encoding: 'utf8' });
  expect(run).toThrow(/found no permission \(EACCES\), expected a file that can be written/);
});
