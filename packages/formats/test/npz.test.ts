import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, test, vi } from 'vitest';
import { readNpy } from '../src/npy/read.ts';
import { writeNpy } from '../src/npy/write.ts';
import { openNpz, readNpz } from '../src/npz/read.ts';
import { writeNpz } from '../src/npz/write.ts';

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
    expect(() => readNpz(fixture('with-text.npz'), 'data.npz')).toThrow('data.npz:names: found text, expected numbers');
  });

  test('text is read by whoever asks for it', () => {
    const names = openNpz(fixture('with-text.npz'), 'data.npz').get('names');
    expect(names).toEqual({ shape: [2], texts: ['a', 'b'] });
  });

  test('sizes of 64 bits, as numpy writes large archives', () => {
    expect(readNpz(fixture('zip64.npz'), 'data.npz').get('y')).toEqual(pair);
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
      const fresh = await import('../src/npz/write.ts');
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
    expect(() => writeNpz({ J: big, K: big })).toThrow('arrays J, K: found 2.02 GiB together, expected at most 2 GiB');
  });
});

describe('broken archives', () => {
  const cut = 'a damaged zip archive (no directory at the end)';
  test.each([
    [Buffer.from('x,y\n'), 'a file that is no zip archive, expected a .npz file (a zip archive)'],
    [Buffer.from(''), 'an empty file, expected a .npz file (a zip archive)'],
    [writeNpy(pair), 'a single array (.npy), expected a .npz file (a zip archive)'],
    [fixture('stored.npz').subarray(0, 200), `${cut}, expected a .npz file`],
    [Buffer.from('PK'), `${cut}, expected a .npz file`],
  ])('case %#', (bytes, message) => {
    expect(() => readNpz(bytes, 'data.npz')).toThrow(`data.npz: found ${message}`);
  });

  test('a way of packing that is unknown', () => {
    const bytes = Buffer.from(fixture('stored.npz'));
    bytes.writeUInt16LE(12, bytes.indexOf('PK\x01\x02', 'latin1') + 10);
    expect(() => readNpz(bytes, 'data.npz')).toThrow(
      'data.npz:X: found a damaged zip archive (the way of packing 12), expected a .npz file',
    );
  });

  test('any byte of the data that is changed', () => {
    for (const name of ['stored.npz', 'deflated.npz']) {
      const bytes = Buffer.from(fixture(name));
      const data = bytes.indexOf('y.npy') + 5;
      bytes[data + 140]! ^= 1;
      if (name === 'deflated.npz') bytes[data + 30]! ^= 1;
      expect(() => readNpz(bytes, 'data.npz')).toThrow(/^data\.npz:y: found a damaged zip archive/);
    }
  });

  test('a zip archive without arrays', () => {
    expect(() => readNpz(zipSync({ 'readme.txt': Buffer.from('hello') }), 'data.npz')).toThrow(
      'data.npz: found a zip archive without any .npy array, expected a .npz file',
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
      'data.npz: found two entries named "y.npy" in the archive, expected each name once',
    );
  });

  test('a bomb that declares what it unpacks to', () => {
    expect(() => readNpz(declaring(fixture('deflated.npz'), 3 * 2 ** 30), 'data.npz')).toThrow(
      'data.npz: found arrays that take 3 GiB up to "zeros.npy", expected at most 2 GiB unpacked',
    );
  });

  test('bytes that grow to eight times as many in memory', () => {
    const header = "{'descr': '|u1', 'fortran_order': False, 'shape': (400000000,), }";
    const npy = new Uint8Array(10 + header.length + 400_000_000);
    npy.set(Buffer.from(`\x93NUMPY\x01\x00${String.fromCharCode(header.length)}\x00${header}`, 'latin1'));
    expect(() => readNpy(npy, 'K.npy')).toThrow('found 400000000 elements, which take 2.98 GiB in memory');
  });

  test('a bomb that declares less than it unpacks to is cut off there', () => {
    expect(() => readNpz(declaring(fixture('deflated.npz'), 128 + 80), 'data.npz')).toThrow(
      'data.npz:zeros: found a damaged zip archive (more than the 208 bytes that were packed), expected a .npz file',
    );
  });
});

/** Fields in the directory of an archive, counted from the start of an entry. */
const field = { packed: 20, size: 24, offset: 42 };

/** The archive with a number of 32 bits changed in the directory's entry of that number. */
function changed(archive: Uint8Array, entry: number, at: number, value: number): Buffer {
  const bytes = Buffer.from(archive);
  let start = bytes.indexOf('PK\x01\x02', 0, 'latin1');
  for (let k = 0; k < entry; k++) start = bytes.indexOf('PK\x01\x02', start + 4, 'latin1');
  bytes.writeUInt32LE(value, start + at);
  return bytes;
}

describe('archives that lie', () => {
  const two = writeNpz({ X: pair, y: pair });

  test.each<[string, Uint8Array, RegExp]>([
    ['more bytes than there are', changed(two, 1, field.packed, 2 ** 20), /y: found a damaged zip archive/],
    ['packed bytes of another length', changed(two, 1, field.packed, 100), /y: found a damaged zip archive/],
    ['a larger size', changed(two, 1, field.size, 2 ** 20), /y: found a damaged zip archive \(144 bytes where 1048576/],
    ['a smaller size', changed(two, 1, field.size, 100), /y: found a damaged zip archive \(144 bytes where 100 were/],
    ['a place outside', changed(two, 1, field.offset, 2 ** 30), /y: found a damaged zip archive \(it is cut off\)/],
    ['a place that is none', changed(two, 1, field.offset, 1), /y: found a damaged zip archive \(a file that is not/],
    ['a size of 64 bits that is not there', changed(two, 1, field.size, 0xffffffff), /found arrays that take 4 GiB/],
  ])('%s', (_, bytes, message) => {
    expect(() => readNpz(bytes, 'data.npz')).toThrow(message);
  });

  test('entries that share their bytes: each has the same, and they are counted each', () => {
    const shared = changed(two, 1, field.offset, 0);
    expect(readNpz(shared, 'data.npz').get('y')).toEqual(pair);
    // 26 entries that all lie at the same place, of 128 MiB each.
    const zeros = Buffer.from(zipSync({ 'a.npy': new Uint8Array(2 ** 27) }));
    const directory = zeros.indexOf('PK\x01\x02', 0, 'latin1');
    const end = zeros.indexOf('PK\x05\x06', 0, 'latin1');
    const entries = [...'abcdefghijklmnopqrstuvwxyz'].map((letter) => {
      const entry = Buffer.from(zeros.subarray(directory, end));
      entry.write(letter, 46);
      return entry;
    });
    const last = Buffer.from(zeros.subarray(end));
    last.writeUInt16LE(entries.length, 10);
    const bomb = Buffer.concat([zeros.subarray(0, directory), ...entries, last]);
    expect(bomb.length).toBeLessThan(2 ** 18);
    expect(() => readNpz(bomb, 'data.npz')).toThrow('found arrays that take 2.13 GiB up to "q.npy"');
  });

  test('thousands of entries', () => {
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, k) => [`a${k}`, pair]));
    expect(readNpz(writeNpz(many), 'data.npz').size).toBe(5000);
  });

  test('a directory that says it has more entries than it has', () => {
    const bytes = Buffer.from(two);
    bytes.writeUInt16LE(0xffff, bytes.indexOf('PK\x05\x06', 0, 'latin1') + 10);
    expect(() => readNpz(bytes, 'data.npz')).toThrow(/found a damaged zip archive/);
  });

  test('files with a password', () => {
    const bytes = Buffer.from(two);
    bytes.writeUInt16LE(1, bytes.indexOf('PK\x01\x02', 0, 'latin1') + 8);
    expect(() => readNpz(bytes, 'data.npz')).toThrow('a damaged zip archive (files with a password)');
  });
});
