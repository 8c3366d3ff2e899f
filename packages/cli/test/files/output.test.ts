import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { InputError } from '@qntk/core';
import { build } from 'tsdown';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { readInput } from '../../src/files/input.ts';
import { writeOutput, writeOutputs } from '../../src/files/output.ts';

let folder: string;
const inFolder = (...names: string[]) => path.join(folder, ...names);
const text = (...names: string[]) => fs.readFileSync(inFolder(...names), 'utf8');

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'qntk-output-'));
});

afterEach(() => {
  vi.restoreAllMocks();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** Makes a function of the file system fail like the system does, so that root can run these tests too. */
function failing(method: 'openSync' | 'renameSync' | 'mkdirSync' | 'accessSync', code: string): void {
  vi.spyOn(fs, method).mockImplementationOnce(() => {
    throw Object.assign(new Error(`${code}: as the system says`), { code, errno: -1 });
  });
}

const signalListeners = () =>
  process.listenerCount('SIGINT') + process.listenerCount('SIGTERM') + process.listenerCount('exit');

describe('one file', () => {
  test('bytes and text are written, and replace what was there', async () => {
    await writeOutput(inFolder('a.bin'), Uint8Array.of(1, 2, 255));
    expect([...fs.readFileSync(inFolder('a.bin'))]).toEqual([1, 2, 255]);
    await writeOutput(inFolder('a.bin'), 'é');
    expect(text('a.bin')).toBe('é');
    expect(fs.readdirSync(folder)).toEqual(['a.bin']);
  });

  test('the old file stays whole until the new one is', async () => {
    await writeOutput(inFolder('a.txt'), 'old');
    const rename = fs.renameSync;
    const spy = vi.spyOn(fs, 'renameSync').mockImplementationOnce((from, to) => {
      expect(text('a.txt')).toBe('old');
      expect(path.dirname(String(from))).toBe(fs.realpathSync(folder));
      expect(fs.readFileSync(from, 'utf8')).toBe('new');
      rename(from, to);
    });
    await writeOutput(inFolder('a.txt'), 'new');
    expect(spy).toHaveBeenCalledOnce();
    expect(text('a.txt')).toBe('new');
  });

  test('the content is on the disk before the name is', async () => {
    const spy = vi.spyOn(fs.promises, 'writeFile');
    await writeOutput(inFolder('a.txt'), 'new');
    expect(spy.mock.calls[0]![2]).toMatchObject({ flush: true });
  });

  test('a link stays a link, and an existing file keeps its permissions', async () => {
    fs.writeFileSync(inFolder('real.txt'), 'old');
    fs.chmodSync(inFolder('real.txt'), 0o640);
    fs.symlinkSync('real.txt', inFolder('link.txt'));
    await writeOutput(inFolder('link.txt'), 'new');
    expect(fs.lstatSync(inFolder('link.txt')).isSymbolicLink()).toBe(true);
    expect(text('real.txt')).toBe('new');
    expect(fs.statSync(inFolder('real.txt')).mode & 0o777).toBe(0o640);
  });

  // A pipe of our own stands for /dev/null and /dev/stdout: run by root, a broken guard would replace the real ones.
  test.skipIf(process.platform === 'win32')('what is no file is written to, never replaced', async () => {
    execFileSync('mkfifo', [inFolder('pipe')]);
    const reader = fs.openSync(inFolder('pipe'), fs.constants.O_RDWR | fs.constants.O_NONBLOCK);
    await writeOutput(inFolder('pipe'), 'passed on');
    expect(fs.statSync(inFolder('pipe')).isFIFO()).toBe(true);
    const bytes = Buffer.alloc(20);
    expect(bytes.toString('utf8', 0, fs.readSync(reader, bytes))).toBe('passed on');
    fs.closeSync(reader);
  });

  test('no listeners stay behind', async () => {
    const before = signalListeners();
    await writeOutput(inFolder('a.txt'), 'new');
    await expect(writeOutput(inFolder('none', 'a.txt'), 'new')).rejects.toThrow();
    expect(signalListeners()).toBe(before);
  });
});

/** What an error says of a file or folder that cannot be written. */
const refusal = (where: string, found: string, expected = 'a file that can be written') =>
  new InputError({ where, found, expected });
const folderOrNew = 'a folder that can be written to, or a name for a new one';

describe('a file that cannot be written', () => {
  test('the folder is missing', async () => {
    const file = inFolder('none', 'a.txt');
    const error = refusal(file, `no folder ${inFolder('none')} (ENOENT)`);
    await expect(writeOutput(file, 'x')).rejects.toThrow(error);
  });

  test('the name is that of a folder', async () => {
    await expect(writeOutput(folder, 'x')).rejects.toThrow(refusal(folder, 'a folder (EISDIR)'));
  });

  test('a part of the path is a file', async () => {
    fs.writeFileSync(inFolder('file'), '');
    const file = inFolder('file', 'a.txt');
    const error = refusal(file, 'a part of the path that is a file (ENOTDIR)');
    await expect(writeOutput(file, 'x')).rejects.toThrow(error);
  });

  test.each([
    ['EACCES', 'no permission'],
    ['EPERM', 'no permission'],
    ['EROFS', 'a file system that is read-only'],
    ['ENOSPC', 'no space left on the device'],
    ['ESTALE', 'as the system says'],
  ])('%s', async (code, reason) => {
    failing('openSync', code);
    const error = refusal(inFolder('a.txt'), `${reason} (${code})`);
    await expect(writeOutput(inFolder('a.txt'), 'x')).rejects.toThrow(error);
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  test('a write-protected file is not replaced', async () => {
    fs.writeFileSync(inFolder('a.txt'), 'old');
    failing('accessSync', 'EACCES');
    await expect(writeOutput(inFolder('a.txt'), 'x')).rejects.toThrow('a.txt: found no permission (EACCES)');
    expect(text('a.txt')).toBe('old');
  });

  test.each(['write', 'rename'])('the disk fills at the %s: the old file stays and nothing else', async (moment) => {
    fs.writeFileSync(inFolder('a.txt'), 'old');
    if (moment === 'rename') failing('renameSync', 'ENOSPC');
    else {
      const full = Object.assign(new Error('full'), { code: 'ENOSPC', errno: -28 });
      vi.spyOn(fs.promises, 'writeFile').mockRejectedValueOnce(full);
    }
    const error = refusal(inFolder('a.txt'), 'no space left on the device (ENOSPC)');
    await expect(writeOutput(inFolder('a.txt'), 'new')).rejects.toThrow(error);
    expect(fs.readdirSync(folder)).toEqual(['a.txt']);
    expect(text('a.txt')).toBe('old');
  });

  test('a defect of ours is not blamed on the user', async () => {
    const written = writeOutput(inFolder('a.txt'), undefined as unknown as string);
    await expect(written).rejects.toThrow(TypeError);
    expect(fs.readdirSync(folder)).toEqual([]);
  });
});

describe('several files', () => {
  const files = { 'report.json': '{}', 'kernel.npz': Uint8Array.of(1) };

  test('are written into a folder, which is made when missing', async () => {
    await writeOutputs(inFolder('new', 'out'), files);
    expect(fs.readdirSync(inFolder('new', 'out'))).toEqual(['kernel.npz', 'report.json']);
    await writeOutputs(inFolder('new', 'out'), { 'report.json': '[]' });
    expect(text('new', 'out', 'report.json')).toBe('[]');
  });

  test('all or none: the second cannot be written', async () => {
    fs.mkdirSync(inFolder('kernel.npz'));
    const error = refusal(inFolder('kernel.npz'), 'a folder (EISDIR)');
    await expect(writeOutputs(folder, files)).rejects.toThrow(error);
    expect(fs.readdirSync(folder)).toEqual(['kernel.npz']);
  });

  test('a folder made for them is removed when they cannot be written', async () => {
    failing('openSync', 'ENOSPC');
    await expect(writeOutputs(inFolder('new', 'out'), files)).rejects.toThrow(InputError);
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  test('a folder made for them stays when somebody else uses it', async () => {
    vi.spyOn(fs.promises, 'writeFile').mockImplementationOnce(async () => {
      fs.writeFileSync(inFolder('new', 'other'), '');
      throw Object.assign(new Error('full'), { code: 'ENOSPC', errno: -28 });
    });
    await expect(writeOutputs(inFolder('new', 'out'), files)).rejects.toThrow(InputError);
    expect(fs.readdirSync(inFolder('new'))).toEqual(['other']);
  });

  test('the folder cannot be made', async () => {
    fs.writeFileSync(inFolder('file'), '');
    const taken = refusal(inFolder('file'), 'a file of that name (EEXIST)', folderOrNew);
    await expect(writeOutputs(inFolder('file'), files)).rejects.toThrow(taken);
    failing('mkdirSync', 'EACCES');
    const denied = refusal(inFolder('new'), 'no permission (EACCES)', folderOrNew);
    await expect(writeOutputs(inFolder('new'), files)).rejects.toThrow(denied);
  });

  // Node's own recursive mkdir never returns there.
  test.skipIf(!fs.existsSync('/proc/self'))('a parent that takes no folders is refused', async () => {
    const nowhere = refusal('/proc/nope', 'a place that takes nothing new (ENOENT)', folderOrNew);
    await expect(writeOutputs('/proc/nope', files)).rejects.toThrow(nowhere);
  });
});

describe('interrupted', () => {
  let bundles: string;

  beforeAll(async () => {
    bundles = fs.mkdtempSync(path.join(os.tmpdir(), 'qntk-bundle-'));
    await build({
      config: false,
      entry: [path.join(import.meta.dirname, 'interrupted-write.ts')],
      outDir: bundles,
      platform: 'node',
      dts: false,
      logLevel: 'silent',
      noExternal: [/.*/],
      inputOptions: { resolve: { conditionNames: ['qntk-source', 'import', 'node', 'default'] } },
    });
    return () => fs.rmSync(bundles, { recursive: true });
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s in the middle leaves nothing and ends with %i', async (signal, status) => {
    const script = path.join(bundles, 'interrupted-write.mjs');
    const child = spawn(process.execPath, [script, inFolder('new', 'out')], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(child, 'exit');
    await once(child.stdout, 'data');
    expect(fs.readdirSync(inFolder('new', 'out'))).toHaveLength(2);
    child.kill(signal);
    expect(await ended).toEqual([status, null]);
    expect(fs.readdirSync(folder)).toEqual([]);
  });
});

describe('reading', () => {
  const most = 2 ** 20;
  const readable = 'a file that can be read';

  test('the bytes of a file', () => {
    fs.writeFileSync(inFolder('a'), Uint8Array.of(0, 255));
    expect([...readInput(inFolder('a'), most)]).toEqual([0, 255]);
  });

  test('a missing file', () => {
    const error = refusal(inFolder('none'), 'no such file (ENOENT)', readable);
    expect(() => readInput(inFolder('none'), most)).toThrow(error);
  });

  test('a folder', () => {
    expect(() => readInput(folder, most)).toThrow(refusal(folder, 'a folder (EISDIR)', readable));
  });

  test('a file that may not be read', () => {
    failing('openSync', 'EACCES');
    expect(() => readInput('secret.csv', most)).toThrow(refusal('secret.csv', 'no permission (EACCES)', readable));
  });

  test('a file too large to hold', () => {
    fs.writeFileSync(inFolder('big'), '');
    fs.truncateSync(inFolder('big'), 2 ** 31 + 1);
    const problem = { where: inFolder('big'), found: '2 GiB', expected: 'at most 256 MiB' };
    expect(() => readInput(inFolder('big'), 2 ** 28)).toThrow(new InputError(problem));
  });

  test('a device, and a pipe that nobody writes to', () => {
    expect(() => readInput('/dev/zero', most)).toThrow(
      new InputError({ where: '/dev/zero', found: 'a device', expected: 'a file' }),
    );
    execFileSync('mkfifo', [inFolder('pipe')]);
    expect(() => readInput(inFolder('pipe'), most)).toThrow(/found a pipe that nobody writes to, expected a file/);
  });

  test('a pipe, to its end, and no further than allowed', async () => {
    execFileSync('mkfifo', [inFolder('pipe')]);
    const write = async (script: string) => {
      const child = spawn('sh', ['-c', script], { cwd: folder, stdio: ['pipe', 'pipe', 'ignore'] });
      // The shell opens both ends, so that it does not wait for a reader.
      await once(child.stdout, 'data');
      return child;
    };
    await write('exec 3<>pipe; printf ab >&3; echo; sleep 0.2; printf c >&3; sleep 0.2');
    expect(readInput(inFolder('pipe'), most).toString()).toBe('abc');
    const endless = await write('exec 3<>pipe; echo; exec yes >&3');
    expect(() => readInput(inFolder('pipe'), most)).toThrow(/found more than 1 MiB, expected at most 1 MiB/);
    endless.kill();
  });

  test('a name from a SPEC with a zero byte', () => {
    const found = 'a zero byte in its name (ERR_INVALID_ARG_VALUE)';
    expect(() => readInput('a\0b', most)).toThrow(refusal('a\0b', found, readable));
  });
});
