import { readFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { InputError } from '@qntk/core';
import { describe, expect, test } from 'vitest';
import { random } from '../../../core/src/random/random.ts';
import { runs, seed } from '../../../core/test/helpers/numbers.ts';
import { compressors } from '../../src/parquet/compressors.ts';
import { checkDelta, checkDeltaLengths, checkDeltaTexts } from '../../src/parquet/delta.ts';
import { unpackPage } from '../../src/parquet/hyparquet.ts';
import { decimalText, scaleOf } from '../../src/parquet/kinds.ts';
import { readParquet } from '../../src/parquet/read.ts';
import { endOfStruct } from '../../src/parquet/thrift.ts';

const fixture = (name: string) => new Uint8Array(readFileSync(new URL(`fixtures/${name}.parquet`, import.meta.url)));
const names = [
  ...['snappy', 'gzip', 'brotli', 'zstd', 'lz4', 'none'],
  ...['pages-v2', 'plain-small-pages', 'split', 'required', 'delta', 'delta-texts'],
];

/** 100 000 zeros, by pyarrow 26.0.1: compress(bytes(100000), codec="zstd"). */
const zstdOfZeros = Uint8Array.from([
  40, 181, 47, 253, 160, 160, 134, 1, 0, 85, 0, 0, 16, 0, 0, 1, 0, 155, 134, 57, 192, 2,
]);

/** One zero, a copy of 99 994 and five zeros more: what lz4 makes of as many. */
const lz4OfZeros = Uint8Array.from([0x1f, 0, 1, 0, ...new Array(392).fill(255), 15, 0x50, 0, 0, 0, 0, 0]);

/** The same behind its sizes, as Hadoop writes it. */
const framedLz4OfZeros = (() => {
  const sizes = new DataView(new ArrayBuffer(8));
  sizes.setUint32(0, 100_000);
  sizes.setUint32(4, lz4OfZeros.length);
  return Uint8Array.from([...new Uint8Array(sizes.buffer), ...lz4OfZeros]);
})();

/** Reads everything there is; whatever is wrong has to be an InputError. Returns whether anything was. */
function refused(bytes: Uint8Array): boolean {
  try {
    const columns = readParquet(bytes, 'd.parquet');
    for (const name of columns.names) if (columns.labels(name).length > 2 ** 26) throw new Error('too many cells');
    return false;
  } catch (error) {
    if (error instanceof InputError) return true;
    throw error;
  }
}

/** Bytes by which a file often goes wrong beside random ones: long numbers, long runs, signs. */
const nasty = [0, 1, 0x7f, 0x80, 0xfe, 0xff];

describe.each([...names, 'polars', 'decimal-half', 'refused'])('%s.parquet', (name) => {
  const whole = fixture(name);

  test(`damaged: an InputError or a table, never more (seed ${seed})`, () => {
    const draw = random(seed, names.indexOf(name) + 1);
    let wrong = 0;
    for (let run = 0; run < runs(300); run++) {
      const bytes = whole.slice();
      for (let change = 1 + draw.integer(4); change > 0; change--) {
        const byte = draw.integer(2) ? draw.integer(256) : nasty[draw.integer(nasty.length)]!;
        bytes[4 + draw.integer(bytes.length - 8)] = byte;
      }
      if (refused(bytes)) wrong++;
    }
    expect(wrong).toBeGreaterThan(0);
  });

  test('cut off anywhere, with its end or without', () => {
    const end = whole.subarray(-8);
    for (let length = 0; length < whole.length - 8; length += Math.ceil(whole.length / 60)) {
      expect(refused(whole.subarray(0, length))).toBe(true);
      expect(refused(Buffer.concat([whole.subarray(0, length), end]))).toBe(true);
    }
  });
});

describe('pages that lead astray', () => {
  test.each([
    ['a run longer than the column', [0xfe, 0x7f], 'a run of 8191 where 6 are left'],
    ['a bit-packed one', [0xff, 0x7f], 'a run of 65528 where 6 are left'],
  ])('%s', (_, run, message) => {
    const bytes = Buffer.from(fixture('none'));
    // Six values, all there: the length of the levels, one run of 6, the level 1.
    const levels = bytes.indexOf(Buffer.from([2, 0, 0, 0, 6 << 1, 1]));
    bytes.set(run, levels + 4);
    expect(() => readParquet(bytes, 'd.parquet').numbers('x')).toThrow(
      `d.parquet: column "x": it cannot be read: found ${message}, expected a Parquet file that is whole`,
    );
  });

  test('a literal of 4 GiB, which would go backwards', () => {
    const bytes = Uint8Array.from([100, 0xfc, 0xff, 0xff, 0xff, 0xff, ...new Array(100).fill(0)]);
    expect(() => compressors.SNAPPY!(bytes, 100)).toThrow('4294967296 literal bytes in 106');
  });

  test.each(['GZIP', 'BROTLI', 'ZSTD', 'LZ4_RAW', 'LZ4'] as const)(
    '%s that unpacks to more or less than it says',
    (codec) => {
      const zeros = {
        GZIP: gzipSync,
        BROTLI: brotliCompressSync,
        ZSTD: () => zstdOfZeros,
        LZ4_RAW: () => lz4OfZeros,
        LZ4: () => framedLz4OfZeros,
      }[codec](Buffer.alloc(100_000));
      expect(unpackPage(zeros, 100_000, codec, compressors)).toHaveLength(100_000);
      for (const size of [1000, 99_999, 100_001, 200_000])
        expect(() => unpackPage(zeros, size, codec, compressors)).toThrow();
    },
  );
});

describe.each(['checksums-1', 'checksums-2'])('%s.parquet', (name) => {
  test('any byte of a value that is changed', () => {
    const bytes = Buffer.from(fixture(name));
    // One that is neither the least nor the largest, which stand in the statistics too.
    bytes[bytes.indexOf(Buffer.from(Float64Array.of(0.125).buffer)) + 6]! ^= 1;
    expect(() => readParquet(bytes, 'd.parquet').numbers('x')).toThrow(
      'd.parquet: column "x": it cannot be read: found a checksum that does not fit, expected a Parquet file that is whole',
    );
  });
});

describe('decimals', () => {
  test.each<[number | bigint | Uint8Array, number, string]>([
    [7, 1, '0.7'],
    [-5n, 3, '-0.005'],
    [Uint8Array.of(0xff, 0x38), 2, '-2.00'],
    [Uint8Array.of(1, 0), 0, '256'],
  ])('%s with %i digits behind the point', (unscaled, scale, text) => {
    expect(decimalText(unscaled, scale)).toBe(text);
  });

  test.each([-1, 78, 1.5, 2 ** 31])('%d digits behind the point', (scale) => {
    expect(() => scaleOf({ name: 'd', scale })).toThrow(`decimals of scale ${scale}`);
  });
});

describe('deltas that lead astray', () => {
  /** Blocks of 128 in 4 parts, six values from 0 on; the least difference 1, and no bits for the rest. */
  const six = [128, 1, 4, 6, 0, 2, 0, 0, 0, 0];
  const changed = (at: number, ...values: number[]) =>
    Uint8Array.from([...six.slice(0, at), ...values, ...six.slice(at + 1)]);

  test('right ones', () => {
    expect(checkDelta(Uint8Array.from(six), 6, 32, true)).toEqual({ end: 10, values: Int32Array.of(0, 1, 2, 3, 4, 5) });
  });

  test.each<[string, Uint8Array, string]>([
    ['a block of none', changed(0, 0), 'blocks of'],
    ['a huge block', Uint8Array.from([0x80, 0x80, 0x80, 0x80, 8, ...six.slice(2)]), 'blocks of 2147483648 values'],
    ['parts of no whole words', changed(2, 5), 'blocks of 128 values in 5 parts'],
    ['more values than the page', changed(3, 7), '7 values where 6 are left'],
    ['differences of many bits', changed(6, 65), 'differences of 65 bits'],
    ['bits that are not there', changed(6, 8), '0 bytes where 32 are needed'],
    ['a number without end', Uint8Array.from(new Array(100).fill(0xff)), 'more than 64 bits'],
    ['nothing', new Uint8Array(0), 'cut off'],
  ])('%s', (_, bytes, message) => {
    expect(() => checkDelta(bytes, 6, 64)).toThrow(message);
  });

  test('lengths beyond the page, and shares of texts that are not there', () => {
    expect(() => checkDeltaLengths(Uint8Array.from(six), 6)).toThrow('texts of 1 bytes where 0 are left');
    const shared = [...six, ...changed(5, 0)];
    expect(() => checkDeltaTexts(Uint8Array.from(shared), 6)).toThrow('1 bytes shared with a text of 0');
  });
});

describe('structs that lead astray', () => {
  const view = (...bytes: number[]) => new DataView(Uint8Array.from(bytes).buffer);
  const many = (count: number, ...bytes: number[]) => Array.from({ length: count }, () => bytes).flat();

  test('a struct as writers write it ends where it ends', () => {
    // Field 1: i32 −1, field 2: two bytes, field 3: a list of two booleans, field 4: an empty struct.
    expect(endOfStruct(view(0x15, 1, 0x18, 2, 7, 7, 0x19, 0x21, 1, 2, 0x1c, 0, 0, 99), 0)).toBe(13);
  });

  test.each<[string, DataView, RegExp]>([
    ['a list of 2^31', view(0x19, 0xf8, 0xff, 0xff, 0xff, 0xff, 7, 0), /a list of 2147483647 in 1 bytes/],
    ['lists in lists', view(0x19, ...many(1000, 0x19)), /lists 32 deep/],
    ['structs in structs', view(...many(1000, 0x1c)), /structs 33 deep/],
    ['a number without end', view(0x15, ...many(1000, 0xff)), /more than 64 bits/],
    ['text beyond the end', view(0x18, 0xff, 0xff, 3), /65535 bytes where 0 are left/],
    ['no end', view(0x15, 1), /bounds/],
    ['a kind that is none', view(0x1f), /unknown kind 15/],
  ])('%s', (_, bytes, message) => {
    expect(() => endOfStruct(bytes, 0)).toThrow(message);
  });
});
