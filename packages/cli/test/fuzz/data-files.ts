import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import type { Draw } from './draw.ts';
import { damaged } from './files.ts';
import { texts } from './values.ts';

/** Kinds of columns, a cell each for a row. */
const kinds: readonly ((row: number, draw: Draw) => string)[] = [
  (row) => String(Math.sin(3 * row)),
  (row) => String(Math.cos(row)),
  (row) => String(row),
  (row) => String((-1) ** row),
  (row) => (row % 2 ? 'a' : 'b'),
  (row) => (row % 2 ? 'True' : 'False'),
  (row) => (row % 2 ? 'Köln' : 'Käln'),
  (row) => (row % 3 ? 'train' : 'test'),
  (row) => `${row},5`,
  (row) => `${row}%`,
  (row) => `2024-01-0${1 + (row % 9)}`,
  (row) => `${row} days`,
  (row) => String(1_700_000_000 + 3600 * row),
  (row) => String(2n ** 53n + BigInt(row)),
  (row) => `${row}e${row * 40}`,
  (row) => `${(-1) ** row}e308`,
  (row) => `${row + 1}e-300`,
  (row) => (row % 4 ? String(row) : ''),
  (row) => (row % 4 ? 'a' : 'NA'),
  () => '0.5',
  (row) => `"line\n${row % 2}"`,
  (row) => `"${row % 2 ? 'say ""so""' : 'no'}"`,
  (_, draw) => draw.pick(texts),
];

const headers = ['x0', 'x1', 'y', 'id', '', 'Unnamed: 0', 'Unnamed: 1', '0', '1', '0.1', 'part', 'ü', '"quoted"'];

/** Names of columns in a table made by {@link hostileTable} that a SPEC may ask for. */
export const targets = [...Array(12).fill('y'), 'x0', 'x0', 'part', 'none', '', '\u001b[31m', 2, null];

/** A table of text in any dialect, with columns of any kind; now and then damaged, packed, or in another encoding. */
export function hostileTable(draw: Draw, usual: ',' | '\t'): string | Uint8Array {
  const delimiter = draw.pick([usual, usual, usual, usual, ',', ';', '\t', '|', ' ']);
  const end = draw.pick(['\n', '\n', '\r\n', '\r']);
  const count = 1 + draw.integer(4);
  const wild = draw.chance(0.4);
  const names = Array.from({ length: count }, (_, c) => {
    if (!wild) return `x${c}`;
    return draw.pick(draw.chance(0.8) ? headers : texts);
  });
  names.push('y');
  const label = draw.integer(8);
  const columns = names.map((_, c) => {
    if (!wild) return kinds[c < count ? c % 3 : label]!;
    return draw.chance(0.6) ? kinds[c % 2]! : draw.pick(kinds);
  });
  const rows = wild ? draw.pick([0, 1, 2, 8, 8, 40]) : 8;
  const lines = Array.from({ length: rows }, (_, row) => columns.map((cell) => cell(row, draw)).join(delimiter));
  const text = [draw.chance(0.05) ? `sep=${delimiter}` : '', names.join(delimiter), ...lines].join(end);
  return draw.pick<() => string | Uint8Array>([
    ...Array.from({ length: 12 }, () => () => text),
    () => `\ufeff${text}`,
    () => text.replaceAll('\n', '\r'),
    () => text.replace(/[,\t]/, '$&"'),
    () => `# written by hand\n${text}`,
    () => Buffer.from(text, 'latin1'),
    () => Buffer.from(`\ufeff${text}`, 'utf16le'),
    () => Buffer.from(text, 'utf16le'),
    () => gzipSync(text),
    () => damaged(gzipSync(text), draw),
    () => damaged(text, draw),
  ])();
}

const dtypes = [
  '<f8',
  '<f8',
  '>f8',
  '<f4',
  '<f2',
  '|b1',
  '|i1',
  '|u1',
  '<i8',
  '>u8',
  '<c16',
  '<c8',
  '<U3',
  '|S2',
  '>U1',
];
const oddTypes = ['|O', '<M8[s]', '<m8[D]', '<f16', '<c32', '|V4', '<U999999999', '|S0', '<i3', 'f8', '', '\u001b[31m'];
const lengths = [8, 8, 8, 2, 1, 0, 7, 4294967296, 9007199254740992, 1e12];
const bytesOf = (dtype: string) => Number(/\d+/.exec(dtype)?.[0] ?? 1) * (dtype.includes('U') ? 4 : 1);

/** An array of any type and shape, whose bytes fit or do not. */
export function hostileArray(draw: Draw, axes = draw.integer(4)): Uint8Array {
  const dtype = draw.chance(0.5) ? '<f8' : draw.pick(draw.chance(0.8) ? dtypes : oddTypes);
  const usual = draw.chance(0.9);
  const shape = Array.from({ length: axes }, (_, axis) => (usual ? (axis === 0 ? 8 : 2) : draw.pick(lengths)));
  const order = draw.chance(0.8) ? 'False' : 'True';
  const header = `{'descr': '${dtype}', 'fortran_order': ${order}, 'shape': (${shape.join(', ')}${axes === 1 ? ',' : ''}), }`;
  const size = shape.reduce((product, length) => product * length, bytesOf(dtype));
  const body = Buffer.alloc(size < 2 ** 16 ? size : 64);
  if (dtype.endsWith('f8') || dtype === '<c16')
    for (let at = 0; at + 8 <= body.length; at += 8) {
      if (dtype === '>f8') body.writeDoubleBE(draw.normal(), at);
      else body.writeDoubleLE(draw.normal(), at);
    }
  else for (let at = 0; at < body.length; at++) body[at] = draw.chance(0.7) ? draw.integer(2) : draw.integer(256);
  const start = Buffer.from(`\x93NUMPY\x01\0\0\0${header}\n`, 'latin1');
  start.writeUInt16LE(start.length - 10, 8);
  const whole = Buffer.concat([start, body]);
  return draw.chance(0.08) ? Buffer.from(damaged(whole, draw)) : whole;
}

/** Signatures in a zip archive, and the fields behind them that say sizes and places. */
const zipFields = [
  ['PK\x01\x02', [8, 10, 16, 20, 24, 28, 30, 42]],
  ['PK\x03\x04', [6, 8, 18, 22, 26, 28]],
  ['PK\x05\x06', [8, 10, 12, 16, 20]],
] as const;

/** An archive of arrays, of which some fields lie now and then. */
export function hostileArchive(draw: Draw): Uint8Array {
  const names = draw.chance(0.85)
    ? ['X', 'y']
    : [draw.pick(['X', 'x', '', '\u001b[31m', '../X']), draw.pick(['y', 'Y'])];
  const level = draw.pick([0, 6] as const);
  const archive = Buffer.from(
    zipSync({
      [`${names[0]}.npy`]: [hostileArray(draw, draw.chance(0.9) ? 2 : 1), { level }],
      [`${names[1]}.npy`]: [hostileArray(draw, draw.chance(0.9) ? 1 : 2), { level }],
    }),
  );
  if (draw.chance(0.7)) return archive;
  if (draw.chance(0.3)) return Buffer.from(damaged(archive, draw));
  const [mark, fields] = draw.pick(zipFields);
  const at = draw.chance(0.5) ? archive.indexOf(mark, 0, 'latin1') : archive.lastIndexOf(mark, undefined, 'latin1');
  const value = draw.pick([0, 1, 0xffff, 0xffffffff, 0x7fffffff, archive.length]);
  archive.writeUInt32LE(value, Math.min(at + draw.pick(fields), archive.length - 4));
  return archive;
}

/** A Parquet file of other programs, mostly damaged: its column of values is the target or a feature. */
export function hostileParquet(draw: Draw): Uint8Array {
  const [simple = [], others = []] = parquetFiles();
  const file = draw.pick(draw.chance(0.75) ? simple : others);
  const whole = fs.readFileSync(file);
  return draw.chance(0.3) ? whole : Buffer.from(damaged(whole, draw));
}

const folders = ['packages/cli/test/values', 'packages/formats/test/parquet/fixtures'];

/** In the order of their names, so that a seed means the same everywhere. */
function parquetFiles(): string[][] {
  const root = rootAbove(path.dirname(fileURLToPath(import.meta.url)));
  return folders.map((folder) => {
    const names = fs.readdirSync(path.join(root, folder)).sort();
    return names.filter((name) => name.endsWith('.parquet')).map((name) => path.join(root, folder, name));
  });
}

/** The repository, above this file or above the bundle made of it. */
function rootAbove(folder: string): string {
  return fs.existsSync(path.join(folder, folders[0]!)) ? folder : rootAbove(path.dirname(folder));
}
