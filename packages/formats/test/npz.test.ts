import { readFileSync } from 'node:fs';
import { InputError } from '@qntk/core';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, test, vi } from 'vitest';
import { writeNpy } from '../src/npy.ts';
import { readNpz, writeNpz } from '../src/npz.ts';

const fixture = (name: string) => new Uint8Array(readFileSync(new URL(`fixtures/${name}`, import.meta.url)));
const f64 = (...values: number[]) => Float64Array.from(values);
const pair = { shape: [2], data: f64(1, -1) };

/** The archive with the unpacked size in its directory changed. */
function declaring(archive: Uint8Array, size: number): Uint8Array {
  const bytes = Buffer.from(archive);
  bytes.writeUInt32LE(size, bytes.indexOf('PK\x01\x02', 'latin1') + 24);
  return bytes;
}

describe('files made by numpy', () => {
  test('savez', () => {
    const arrays = readNpz(fixture('stored.npz'), 'data.npz');
    expect([...arrays.keys()]).toEqual(['X', 'y']);
    expect(arrays.get('X')).toEqual({ shape: [2, 3], data: f64(0, 0.25, 0.5, 0.75, 1, 1.25) });
    expect(arrays.get('y')).toEqual(pair);
  });

  test('savez_compressed', () => {
    const arrays = readNpz(fixture('deflated.npz'), 'data.npz');
    expect(arrays.get('zeros')).toEqual({ shape: [100, 100], data: new Float64Array(10_000) });
    expect(arrays.get('y')).toEqual(pair);
  });

  test('an error in an array names file and array', () => {
    expect(() => readNpz(fixture('with-text.npz'), 'data.npz')).toThrow("data.npz:names: found dtype '<U1' (text)");
  });
});

describe('writing', () => {
  test('what is written is read again, in order', () => {
    const name = fc.stringMatching(/^[A-Za-z_]\w{0,8}$/);
    const array = fc.float64Array({ maxLength: 9 }).map((data) => ({ shape: [data.length], data }));
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(name, array), { selector: ([key]) => key, minLength: 1 }), (entries) => {
        expect([...readNpz(writeNpz(Object.fromEntries(entries)), 'x')]).toEqual(entries);
      }),
    );
  });

  test.each(['Asia/Tokyo', 'America/Lima', 'UTC'])(
    'the same arrays give the same bytes at any time in %s',
    async (zone) => {
      vi.stubEnv('TZ', zone);
      vi.resetModules();
      const fresh = await import('../src/npz.ts');
      const bytes = Buffer.from(fresh.writeNpz({ y: pair }));
      vi.unstubAllEnvs();
      // The time of the entry: the first of January 1980, midnight.
      expect(bytes.readUInt32LE(10)).toBe((1 << 21) | (1 << 16));
      expect(bytes).toEqual(Buffer.from(writeNpz({ y: pair })));
    },
  );

  test('arrays beyond 2 GiB are refused', () => {
    const data = new Float64Array(2 ** 27 + 2 ** 20);
    const big = { shape: [data.length], data };
    expect(() => writeNpz({ J: big, K: big })).toThrow(
      new InputError('arrays J, K together take 2.02 GiB, expected at most 2 GiB'),
    );
  });
});

describe('broken archives', () => {
  test.each([
    [Buffer.from('x,y\n'), 'not a zip archive, expected a .npz file'],
    [Buffer.from(''), 'not a zip archive but an empty file, expected a .npz file'],
    [writeNpy(pair), 'not a zip archive but a single array (.npy), expected a .npz file'],
    [fixture('stored.npz').subarray(0, 200), 'damaged zip archive (invalid zip data), expected a .npz file'],
    [Buffer.from('PK'), 'damaged zip archive (invalid zip data), expected a .npz file'],
  ])('case %#', (bytes, message) => {
    expect(() => readNpz(bytes, 'data.npz')).toThrow(new InputError(`data.npz: ${message}`));
  });

  test('a way of packing that is unknown', () => {
    const bytes = Buffer.from(fixture('stored.npz'));
    bytes.writeUInt16LE(12, bytes.indexOf('PK\x01\x02', 'latin1') + 10);
    expect(() => readNpz(bytes, 'data.npz')).toThrow(
      new InputError('data.npz: damaged zip archive (unknown compression type 12), expected a .npz file'),
    );
  });

  test('a zip archive without arrays', () => {
    expect(() => readNpz(zipSync({ 'readme.txt': Buffer.from('hello') }), 'data.npz')).toThrow(
      new InputError('data.npz: found a zip archive without any .npy array, expected a .npz'),
    );
  });

  test('other files beside the arrays are passed over', () => {
    const archive = zipSync({ 'readme.txt': Buffer.from('hello'), 'y.npy': writeNpy(pair) });
    expect([...readNpz(archive, 'data.npz').keys()]).toEqual(['y']);
  });

  test('two entries of one name', () => {
    const archive = Buffer.from(writeNpz({ y: pair, z: pair }));
    archive.write('y.npy', archive.lastIndexOf('z.npy'));
    expect(() => readNpz(archive, 'data.npz')).toThrow(
      new InputError('data.npz: found two entries named "y.npy" in the archive, expected each name once'),
    );
  });

  test('a bomb that declares what it unpacks to', () => {
    expect(() => readNpz(declaring(fixture('deflated.npz'), 3 * 2 ** 30), 'data.npz')).toThrow(
      new InputError('data.npz: too large arrays: up to "zeros.npy" they take 3 GiB, expected at most 2 GiB unpacked'),
    );
  });

  test('a bomb that declares less than it unpacks to is cut off there', () => {
    const body = 'found 80 bytes of data, expected 80000 (shape (100, 100) of <f8 takes 80000 bytes)';
    expect(() => readNpz(declaring(fixture('deflated.npz'), 128 + 80), 'data.npz')).toThrow(
      new InputError(`data.npz:zeros: truncated: ${body}`),
    );
  });
});
