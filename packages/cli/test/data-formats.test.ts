import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Dataset, engines, InputError, parseSpec } from '@qntk/core';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { missingWords, truthWords } from '../../formats/src/values.ts';
import { largest } from '../src/files/input.ts';
import { readDataset } from '../src/spec/table.ts';
import { newFolder } from './qntk.ts';

// docs/formats.md says what becomes of each kind of value in each format; here its tables are read and tried. The files
// of a kind are in test/values, made by numpy, pandas and pyarrow.

const values = fileURLToPath(new URL('values', import.meta.url));
const docs = fs.readFileSync(new URL('../../../docs/formats.md', import.meta.url), 'utf8');

let folder: string;
beforeAll(() => {
  folder = newFolder();
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

type Role = 'feature' | 'label';

/** The rows below a heading: cells without the spaces around them. */
function tableBelow(heading: string): string[][] {
  const section = docs.split(`\n## ${heading}\n`)[1]!.split('\n## ')[0]!;
  const lines = section.split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('\\|', '|')),
  );
}

const fileOf = (kind: string, extension: string) =>
  path.join(values, `${kind.toLowerCase().replace(/[^a-z0-9]+/g, '-')}${extension}`);

/** What a SPEC says of the data where the values of a file are features, or labels. */
const specs: Record<string, (file: string, role: Role) => object> = {
  '.csv': (file, role) => ({ source: 'csv', file, target: role === 'label' ? 'value' : 'number' }),
  '.parquet': (file, role) => ({ source: 'parquet', file, target: role === 'label' ? 'value' : 'number' }),
  '.npy': (file, role) => {
    const numbers = fileOf('number', '.npy');
    return { source: 'npy', ...(role === 'label' ? { file: numbers, labels: file } : { file, labels: numbers }) };
  },
  '.npz': (file, role) => {
    const arrays = [fs.readFileSync(fileOf('number', '.npy')), fs.readFileSync(file.replace('.npz', '.npy'))];
    const [X, y] = role === 'label' ? arrays : arrays.reverse();
    const archive = path.join(folder, `${path.basename(file, '.npz')}-${role}.npz`);
    fs.writeFileSync(archive, zipSync({ 'X.npy': X!, 'y.npy': y! }));
    return { source: 'npz', file: archive };
  },
};

const model = { qubits: 1, encoding: { gate: 'RY' }, ansatz: { kind: 'hea', layers: 1 }, observable: 'Z0' };

function datasetOf(data: object, outputs = 1): Dataset {
  const { data: spec } = parseSpec({ data: { ...data, train: 1 }, model });
  return readDataset(spec, '', outputs, engines.wasm).dataset;
}

/** Three values, of which two or three are different: as many classes as there are. */
function labelled(data: object): Dataset {
  try {
    return datasetOf(data);
  } catch (error) {
    if (error instanceof InputError && error.message.includes('3 different labels')) return datasetOf(data, 3);
    throw error;
  }
}

/** What a format does with a kind of value, in the words of the docs. */
function outcomeOf(data: object, role: Role): { words: string; dataset?: Dataset } {
  try {
    const dataset = role === 'label' ? labelled(data) : datasetOf(data);
    if (role === 'label') return { words: dataset.classes ? 'class' : 'number', dataset };
    return { words: dataset.states ? 'amplitude' : 'number', dataset };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const [{ found } = { found: '' }] = error.problems;
    return { words: `refused: ${found}` };
  }
}

/** The examples of a row, as the numbers that they are; a truth value is 1 or 0. */
const numbersOf = (examples: string): number[] =>
  examples.split(', ').map((each) => Number(truthWords.get(each) ?? each));

const lowerTruth = (name: string) => (truthWords.has(name) ? name.toLowerCase() : name);

const formats = [
  ['.csv', 2],
  ['.npy', 3],
  ['.npz', 3],
  ['.parquet', 4],
] as const;

describe.each([
  ['Values as features', 'feature'],
  ['Values as labels', 'label'],
] as const)('%s', (heading, role) => {
  const rows = tableBelow(heading);
  const cases = rows.flatMap((cells) =>
    formats.map(([extension, column]) => ({ kind: cells[0]!, examples: cells[1]!, extension, said: cells[column]! })),
  );

  test.each(cases)('$kind in $extension: $said', ({ kind, examples, extension, said }) => {
    const file = fileOf(kind, extension);
    const there = fs.existsSync(file.replace('.npz', '.npy'));
    expect(there).toBe(said !== '–');
    if (!there) return;
    const { words, dataset } = outcomeOf(specs[extension]!(file, role), role);
    if (said.startsWith('refused')) expect(words.startsWith(said), words).toBe(true);
    else expect(words).toBe(said);
    if (words === 'number') {
      const read = role === 'label' ? dataset!.y : dataset!.X;
      expect([...read]).toEqual(numbersOf(examples));
    }
    if (words === 'class') {
      // A truth value is named as JavaScript writes it, a text as it is.
      const names = new Set(examples.split(', ').map(lowerTruth));
      expect(dataset!.classes!.map(lowerTruth)).toEqual([...names].sort());
    }
  });

  test('every file is in the table', () => {
    const kinds = rows.flatMap(([kind]) => formats.map(([extension]) => path.basename(fileOf(kind!, extension))));
    const files = fs.readdirSync(values).filter((name) => !/^number|\.py$/.test(name));
    expect(files.filter((name) => !kinds.includes(name))).toEqual([]);
  });
});

test('the words for no value, and for true and false', () => {
  const [, missing = ''] = /No value is there.*?: (.*?)\.\n/s.exec(docs) ?? [];
  expect(wordsIn(missing)).toEqual([...missingWords].filter((word) => word !== '').sort());
  const [, truth = ''] = /True and false are written.*?: (.*?)\.\n/s.exec(docs) ?? [];
  expect(wordsIn(truth)).toEqual([...truthWords.keys()].sort());
});

const wordsIn = (text: string) => [...text.matchAll(/`([^`]*)`/g)].map(([, word]) => word).sort();

test('sizes', () => {
  const units = { KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 };
  const said = tableBelow('Sizes').map(([, name, size]) => {
    const [count, unit] = size!.split(' ') as [string, keyof typeof units];
    return [name!.replaceAll('`', ''), Number(count) * units[unit]];
  });
  expect(Object.fromEntries(said)).toEqual(largest);
});
