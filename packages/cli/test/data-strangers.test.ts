import fs from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { writeNpy } from '@qntk/formats';
import { zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { array, fill, newFolder, qntk, qntkJson } from './qntk.ts';

// Files as strangers have them, in whole commands: read right, with what was taken for granted told, or refused.

let folder: string;
beforeEach(() => {
  folder = newFolder();
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const model = 'model: {qubits: 2, encoding: {gate: RY}, ansatz: {kind: hea, layers: 1}, observable: Z0, scale: 1.5}';
const run = 'initial: {seeds: 2}\ntraining: {steps: 20}';
const spec = (data: string) => `data: ${data}\n${model}\n${run}\n`;
const csv = (keys = '') => spec(`{source: csv, file: d.csv, target: y${keys}}`);

const rows = 12;
const x0 = Array.from({ length: rows }, (_, k) => Math.sin(3 * k));
const x1 = Array.from({ length: rows }, (_, k) => Math.cos(k));
const sign = (k: number) => x0[k]! * x1[k]! > 0;

/** A table of x0, x1 and a label, with a first column where one is given. */
function table(label: (k: number) => unknown, first?: [name: string, cell: (k: number) => unknown]): string {
  const header = [...(first ? [first[0]] : []), 'x0', 'x1', 'y'];
  const lines = x0.map((x, k) => [...(first ? [first[1](k)] : []), x, x1[k], label(k)]);
  return [header, ...lines].map((cells) => cells.join(',')).join('\n');
}

test('truth values give the same forecast from every format', () => {
  const X = array(
    [rows, 2],
    x0.flatMap((x, k) => [x, x1[k]!]),
  );
  const y = Uint8Array.from(x0, (_, k) => Number(sign(k)));
  const header = `{'descr': '|b1', 'fortran_order': False, 'shape': (${rows},), }`;
  const labels = Buffer.concat([
    Buffer.from(`\x93NUMPY\x01\0${String.fromCharCode(header.length)}\0${header}`, 'latin1'),
    y,
  ]);
  fill(folder, {
    'd.csv': table((k) => (sign(k) ? 'True' : 'False')),
    's.yaml': csv(),
    'X.npy': X,
    'y.npy': labels,
    'n.yaml': spec('{source: npy, file: X.npy, labels: y.npy}'),
    'd.npz': zipSync({ 'X.npy': writeNpy(X), 'y.npy': labels }),
    'z.yaml': spec('{source: npz, file: d.npz}'),
  });
  const known = qntkJson(['diagnose', 's.yaml'], folder).summary;
  expect(known['forecast.testAccuracy'].mean).toBeGreaterThan(0);
  for (const each of ['n.yaml', 'z.yaml']) expect(qntkJson(['diagnose', each], folder).summary).toEqual(known);
});

test('a kernel as text is the kernel', () => {
  const K = [2, 1, 0.5, 1, 2, 1, 0.5, 1, 2];
  const lines = [0, 1, 2].map((row) => K.slice(3 * row, 3 * row + 3));
  fill(folder, {
    'K.npy': array([3, 3], K),
    'y.npy': array([3], [1, -1, 1]),
    'K.csv': lines.map((line) => line.join(',')).join('\n'),
    'K.txt': lines.map((line) => line.map((value) => value.toExponential(18)).join(' ')).join('\n'),
    'y.csv': 'up\ndown\nup\n',
  });
  const known = qntkJson(['predict', '--kernel', 'K.npy', '--labels', 'y.npy', '--steps', '1,10'], folder);
  for (const kernel of ['K.csv', 'K.txt'])
    expect(qntkJson(['predict', '--kernel', kernel, '--labels', 'y.csv', '--steps', '1,10'], folder)).toEqual(known);
  const { code, stderr } = qntk(['predict', '--kernel', 'y.csv', '--labels', 'y.csv'], folder);
  expect([code, stderr]).toEqual([2, 'qntk: y.csv:1: column "1": found "up", expected a finite number\n']);
});

describe('read, and told', () => {
  test.each<[string, string | Uint8Array, string, string]>([
    ['a delimiter', table(sign).replaceAll(',', ';'), csv(), 'The cells of the table are taken to be separated by ";"'],
    ['an index of pandas', table(sign, ['', (k) => k]), csv(), 'index=False in to_csv leaves it away'],
    [
      'Unix time',
      table(sign, ['time', (k) => 1.7e9 + k * k]),
      csv('').replace('qubits: 2', 'qubits: 3'),
      '"time" goes from 1.7',
    ],
    [
      'an identifier',
      table(sign, ['PassengerId', (k) => 7 + k]),
      csv().replace('qubits: 2', 'qubits: 3'),
      '"PassengerId" is different in every row, as a number or name of rows is',
    ],
    ['two spellings', table((k) => (sign(k) ? 'Yes' : 'yes')), csv(), 'The names "Yes" and "yes" look alike'],
    [
      'a name of a number',
      table(sign).replace('x0', '0.5'),
      csv(),
      'Names in the header (line 1) look like numbers: "0.5"',
    ],
  ])('%s', (_, content, text, warning) => {
    fill(folder, { 'd.csv': content, 's.yaml': text });
    const { code, stderr } = qntk(['diagnose', 's.yaml'], folder);
    expect([code, stderr]).toEqual([0, expect.stringContaining(warning)]);
    expect(qntk(['diagnose', 's.yaml', '--quiet'], folder).stderr).toBe('');
  });

  test.each<[string, string | Uint8Array, string]>([
    ['gzip', gzipSync(table(sign)), csv()],
    ['a decimal comma', table(sign).replaceAll(',', ';').replaceAll('.', ','), csv(', delimiter: ";", decimal: ","')],
    [
      'Latin-1',
      Buffer.from(
        table((k) => (sign(k) ? 'Köln' : 'Käln')),
        'latin1',
      ),
      csv(', encoding: latin-1'),
    ],
    ['UTF-16', Buffer.from(`\ufeff${table((k) => (sign(k) ? 'Köln' : 'Käln'))}`, 'utf16le'), csv()],
  ])('%s, without a word', (_, content, text) => {
    fill(folder, { 'd.csv': content, 's.yaml': text });
    const { code, stderr } = qntk(['diagnose', 's.yaml'], folder);
    expect([code, stderr]).toEqual([0, '']);
  });
});

describe('refused', () => {
  const cases: [string, string | Uint8Array, string][] = [
    [
      'Latin-1',
      Buffer.from(
        table(() => 'Köln'),
        'latin1',
      ),
      'the byte 0xF6, which is not UTF-8 there, expected text in UTF-8; name its encoding',
    ],
    [
      'no header',
      table(sign)
        .split('\n')
        .slice(1)
        .join('\n')
        .replaceAll(/true|false/g, '1'),
      'd.csv:1: found numbers',
    ],
    ['a missing class', table((k) => (k ? sign(k) : 'NA')), 'd.csv:2: column "y": found "NA", a missing value'],
    [
      'large identifiers',
      table(sign, ['id', (k) => 2n ** 60n + BigInt(k)]),
      'd.csv:2: column "id": found the integer 1152921504606846976',
    ],
    ['durations', table((k) => `${k} days`), 'd.csv:2: column "y": found dates or durations, such as "0 days"'],
    [
      'Excel',
      zipSync({ '[Content_Types].xml': Buffer.from('<Types/>') }),
      'd.csv: found an Excel or OpenDocument file',
    ],
    ['a page', '<!doctype html>\n<html>', 'd.csv: found a web page (HTML)'],
    ['a bomb of gzip', gzipSync(Buffer.alloc(2 ** 28 + 1, '1,2,3\n')), 'more than 268435456 bytes, unpacked'],
  ];
  test.each(cases)('%s', (_, content, message) => {
    fill(folder, { 'd.csv': content, 's.yaml': csv() });
    const { code, stdout, stderr } = qntk(['diagnose', 's.yaml', '--out', 'report'], folder);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(fs.readdirSync(folder).sort()).toEqual(['d.csv', 's.yaml']);
  });

  test.each([
    ['/dev/zero', 'data.file: found "/dev/zero": a device, expected a file'],
    ['folder', 'data.file: found "folder": a folder (EISDIR), expected a file that can be read'],
    ['large', 'data.file: found "large": 2 GiB, expected at most 256 MiB'],
  ])('%s', (file, message) => {
    fs.mkdirSync(path.join(folder, 'folder'));
    fill(folder, { large: '', 's.yaml': csv().replace('d.csv', file) });
    fs.truncateSync(path.join(folder, 'large'), 2 ** 31);
    const { code, stderr } = qntk(['diagnose', 's.yaml'], folder);
    expect([code, stderr]).toEqual([2, `qntk: s.yaml:1:27: ${message}\n`]);
  });
});
