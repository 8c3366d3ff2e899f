import { readFileSync } from 'node:fs';
import { InputError } from '@qntk/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NpyArray } from '../src/npy/array.ts';
import { readNpy } from '../src/npy/read.ts';
import { writeNpy } from '../src/npy/write.ts';

const dtypes = 'expected numbers, booleans or text: f2, f4, f8, i1 … i8, u1 … u8, b1, c8, c16, U or S';

const fixture = (name: string) => new Uint8Array(readFileSync(new URL(`fixtures/${name}`, import.meta.url)));
const read = (name: string) => readNpy(fixture(name), name);
const f64 = (...values: number[]) => Float64Array.from(values);

/** The message of the InputError that reading these bytes as K.npy ends with. */
function messageOf(bytes: Uint8Array): string {
  try {
    readNpy(bytes, 'K.npy');
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return (error as InputError).message;
  }
  throw new Error('it was read without an error');
}

/** A version 1.0 file with this header and so many bytes of zeros behind it. */
function withHeader(header: string, bodyBytes = 0): Uint8Array {
  const bytes = Buffer.alloc(10 + header.length + bodyBytes);
  bytes.write('\x93NUMPY\x01\x00', 'latin1');
  bytes.writeUInt16LE(header.length, 8);
  bytes.write(header, 10, 'latin1');
  return bytes;
}

describe('files made by numpy', () => {
  const quarters = f64(0, 0.25, 0.5, 0.75, 1, 1.25);
  test.each(['c-f8.npy', 'fortran-f8.npy', 'little-f4.npy', 'big-f8.npy', 'version-2.npy', 'version-3.npy'])(
    '%s holds the same table',
    (name) => {
      expect(read(name)).toEqual({ shape: [2, 3], data: quarters });
    },
  );

  test.each([
    ['little-i4.npy', [2, 3], f64(-3, -2, -1, 0, 1, 2)],
    ['big-i8.npy', [4], f64(-(2 ** 53) + 1, -1, 0, 2 ** 53 - 1)],
    ['big-u2.npy', [3], f64(0, 1, 65535)],
    ['u4.npy', [2], f64(0, 2 ** 32 - 1)],
    ['u8.npy', [2], f64(0, 2 ** 53 - 1)],
    ['u1.npy', [3], f64(0, 127, 255)],
    ['i1.npy', [3], f64(-128, 0, 127)],
    ['half.npy', [1], f64(1)],
    ['scalar.npy', [], f64(2.5)],
    ['empty-axis.npy', [2, 0, 3], f64()],
    ['not-finite.npy', [3], f64(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY)],
  ])('%s', (name, shape, data) => {
    expect(read(name)).toEqual({ shape, data });
  });

  test('truth values are known as such', () => {
    expect(read('bool.npy')).toEqual({ shape: [3], data: f64(1, 0, 1), booleans: true });
  });

  test.each(['text.npy', 'text-big.npy', 'text-bytes.npy'])('%s holds text', (name) => {
    expect(read(name)).toEqual({ shape: [2], texts: ['a', 'bc'] });
  });

  test('halves of every size, as numpy makes it a double', () => {
    const halves = read('halves.npy') as NpyArray;
    const doubles = read('halves-f8.npy') as NpyArray;
    expect(halves.data).toEqual(doubles.data);
  });

  test('Fortran order of three axes is turned into row-major order', () => {
    expect(read('fortran-cube-i2.npy')).toEqual({
      shape: [2, 3, 4],
      data: Float64Array.from({ length: 24 }, (_, i) => i),
    });
  });

  test.each([
    ['c8.npy', [2], f64(1, 2, -0, -0.5)],
    ['big-c16.npy', [2], f64(1, 2, -0, -0.5)],
    ['fortran-c16.npy', [2, 3], f64(0, 10, 1, 11, 2, 12, 3, 13, 4, 14, 5, 15)],
  ])('%s: complex numbers are pairs', (name, shape, data) => {
    expect(read(name)).toEqual({ shape, data, complex: true });
  });

  test('bytes that start anywhere in a larger buffer', () => {
    const bytes = fixture('c-f8.npy');
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(readNpy(shifted.subarray(3), 'x')).toEqual({ shape: [2, 3], data: quarters });
  });
});

describe('refused dtypes name what was found', () => {
  test.each([
    ['object.npy', `found dtype '|O' (Python objects), ${dtypes}; convert them first`],
    ['dates.npy', `found dtype '<M8[D]' (dates), ${dtypes}; turn them into numbers`],
    ['durations.npy', `found dtype '<m8[s]' (durations), ${dtypes}; turn them into numbers`],
    ['long.npy', `found dtype '<f16' (numbers longer than doubles), ${dtypes}; save them as float64`],
    ['records.npy', 'found a structured dtype (records with named fields), expected numbers, booleans or text'],
  ])('%s', (name, message) => {
    expect(() => read(name)).toThrow(InputError);
    expect(() => read(name)).toThrow(message);
  });

  test.each([
    ['too-wide-i8.npy', '9007199254740993 at element 1'],
    ['too-wide-u8.npy', '18446744073709551615 at element 0'],
  ])('%s: an integer that no double holds', (name, found) => {
    const message = `${name}: found the integer ${found} of the data (counted from 0), expected integers below 2^53 in size, which is all that doubles hold`;
    expect(() => read(name)).toThrow(message);
  });

  test('several bytes without a byte order', () => {
    expect(messageOf(withHeader("{'descr': '|i8', 'fortran_order': False, 'shape': (), }", 8))).toBe(
      `K.npy: found dtype '|i8', ${dtypes}`,
    );
  });
});

describe('broken files', () => {
  test('truncated data', () => {
    expect(messageOf(fixture('truncated.npy'))).toBe(
      'K.npy: found 40 bytes of data, expected 48, as shape (2, 3) of <f8 takes; the file is truncated',
    );
  });

  test('more data than the shape takes', () => {
    expect(messageOf(fixture('two-arrays.npy'))).toBe(
      'K.npy: found 224 bytes of data, expected 48, as shape (2, 3) of <f8 takes; save one array a file',
    );
  });

  test.each([7, 9, 11, 127])('the file ends inside the header, after %i bytes', (length) => {
    const message = 'K.npy: found a file that ends inside the .npy header, expected header and data';
    expect(messageOf(fixture('version-2.npy').subarray(0, length))).toBe(message);
    expect(messageOf(fixture('c-f8.npy').subarray(0, length))).toBe(message);
  });

  test.each([
    [Buffer.from(''), 'nothing (an empty file)'],
    [Buffer.from('x,y\n1,2\n'), '\\x78\\x2c\\x79\\x0a\\x31\\x2c'],
    [Buffer.from('PK\x03\x04'), '\\x50\\x4b\\x03\\x04'],
  ])('not a .npy file: %s', (bytes, found) => {
    expect(messageOf(bytes)).toBe(`K.npy: found a file that starts with ${found}, expected a .npy file (\\x93NUMPY)`);
  });

  test.each([
    [0, 0],
    [4, 0],
    [1, 1],
  ])('format version %i.%i', (major, minor) => {
    const bytes = fixture('c-f8.npy');
    bytes.set([major, minor], 6);
    expect(messageOf(bytes)).toBe(`K.npy: found .npy format version ${major}.${minor}, expected 1.0, 2.0 or 3.0`);
  });

  test.each([
    'nonsense',
    '{}',
    "{'descr': '<f8', 'fortran_order': False}",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), 'more': True, }",
    "{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': (2,), }",
    "{'descr': '<f8' 'fortran_order': False, 'shape': (2,), }",
    "{'descr': '<f8', 'fortran_order': 'no', 'shape': (2,), }",
    "{'descr': True, 'fortran_order': False, 'shape': (2,), }",
    "{'descr': '<f8', 'fortran_order': False, 'shape': '(2,)', }",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (2), }",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (-2,), }",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (2.0,), }",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (__import__('os'),), }",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }, 1",
  ])('header %s', (header) => {
    const found = JSON.stringify(header).slice(1, -1);
    const expected = "expected {'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), } with these three keys";
    expect(messageOf(withHeader(header, 16))).toBe(`K.npy: found the malformed header "${found}", ${expected}`);
  });

  test.each(['(4294967296, 4294967296)', '(0, 4294967296, 4294967296)', `(${'9'.repeat(400)},)`])(
    'a shape whose size overflows: %s',
    (shape) => {
      const message = messageOf(withHeader(`{'descr': '<f8', 'fortran_order': False, 'shape': ${shape}, }`));
      expect(message).toMatch(/^K\.npy: found shape \(.*\), expected fewer than 2\^53 elements$/);
    },
  );

  test('bytes that are no text', () => {
    const utf8 = withHeader("{'descr': '|S1', 'fortran_order': False, 'shape': (1,), }", 1).fill(0xe4, 67);
    expect(messageOf(utf8)).toContain('K.npy: found bytes that are no text at element 0 of the data');
    const utf32 = withHeader("{'descr': '<U1', 'fortran_order': False, 'shape': (1,), }", 4).fill(0xff, 67);
    expect(messageOf(utf32)).toContain('K.npy: found bytes that are no text at element 0 of the data');
  });

  test('a shape far larger than the data takes no memory', () => {
    expect(messageOf(withHeader("{'descr': '<f8', 'fortran_order': True, 'shape': (1000000000000,), }", 8))).toBe(
      'K.npy: found 8 bytes of data, expected 8000000000000, as shape (1000000000000,) of <f8 takes; the file is truncated',
    );
  });
});

describe('other writers', () => {
  test.each([
    "{'descr': '<f8', 'fortran_order': False, 'shape': (2, ), }",
    "{'shape':(2,),'fortran_order':False,'descr':'<f8'}",
    "{ 'descr' : '<f8' , 'fortran_order' : True , 'shape' : ( 2, ) }".replace('( 2', '(2'),
    "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 2,)}  \n",
  ])('header %s', (header) => {
    expect((readNpy(withHeader(header, 16), 'x') as NpyArray).data).toEqual(f64(0, 0));
  });
});

describe('writing', () => {
  test('what is written is read again', () => {
    const arrays = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 }).chain((shape) => {
      const length = shape.reduce((product, axis) => product * axis, 1);
      return fc.record({ shape: fc.constant(shape), data: fc.float64Array({ minLength: length, maxLength: length }) });
    });
    fc.assert(
      fc.property(arrays, (array) => {
        const bytes = writeNpy(array);
        expect((bytes.length - array.data.byteLength) % 64).toBe(0);
        expect(readNpy(bytes, 'x')).toEqual(array);
      }),
    );
  });

  test('the bytes are those numpy writes', () => {
    const quarters = f64(0, 0.25, 0.5, 0.75, 1, 1.25);
    expect(writeNpy({ shape: [2, 3], data: quarters })).toEqual(fixture('c-f8.npy'));
    expect(writeNpy({ shape: [], data: f64(2.5) })).toEqual(fixture('scalar.npy'));
    expect(writeNpy({ shape: [2, 0, 3], data: f64() })).toEqual(fixture('empty-axis.npy'));
  });

  test('a shape that does not fit the data is a defect of ours', () => {
    expect(() => writeNpy({ shape: [3], data: f64(1, 2) })).toThrow('shape (3,) does not hold 2 numbers');
    expect(() => writeNpy({ shape: [3], data: f64(1, 2) })).not.toThrow(InputError);
  });
});
