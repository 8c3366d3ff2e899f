import fs from 'node:fs';
import path from 'node:path';
import { readNpz, writeNpz } from '@qntk/formats';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { array, fill, newFolder, qntk } from './qntk.ts';

let folder: string;
beforeEach(() => {
  folder = newFolder();
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const model = 'model: {qubits: 6, encoding: {gate: RY}, ansatz: {kind: hea, layers: 1}, observable: Z0}';
const header = 'id,date,age,colour,fare,open,y';
const table = `${header}\n${[
  '17,2024-01-01,21,red,7.5,true,0.1',
  '23,2024-01-02,35,blue,8,false,0.2',
  '31,2024-01-05,35,red,9.25,true,0.5',
  '34,2024-02-01,60,green,7,true,0.4',
].join('\n')}
`;

/** Features of all rows as a circuit gets them, and what was said. */
function features(keys: string, csv = table, data = '{source: csv, file: d.csv, target: y, train: 1') {
  fill(folder, {
    'd.csv': csv,
    's.yaml': `data: ${data}${keys}}
${model}
`,
  });
  const { code, stderr } = qntk(['kernel', 's.yaml', '--out', 'k.npz'], folder);
  if (code !== 0) return { code, stderr };
  const { shape, data: X } = readNpz(fs.readFileSync(path.join(folder, 'k.npz')), 'k.npz').get('X')!;
  return { code, stderr, columns: shape[1], first: [...X.slice(0, shape[1])] };
}

describe('columns', () => {
  test('listed, in the order of the list, text one-hot encoded', () => {
    expect(features(', features: [fare, colour, age, open]')).toMatchObject({
      code: 0,
      columns: 6,
      first: [7.5, 0, 0, 1, 21, 1],
    });
  });

  test('dropped', () => {
    expect(features(', drop: [id, date, colour]')).toMatchObject({ code: 0, first: [21, 7.5, 1] });
  });

  test('of arrays, by their names', () => {
    fs.writeFileSync(
      path.join(folder, 'd.npz'),
      writeNpz({ X: array([3, 3], [1, 2, 3, 4, 5, 6, 7, 8, 10]), y: array([3], [0.1, 0.2, 0.4]) }),
    );
    const of = '{source: npz, file: d.npz, train: 1';
    expect(features(', features: [x2, x0]', '', of)).toMatchObject({ first: [3, 1] });
    expect(features(', drop: [x1]', '', of)).toMatchObject({ first: [1, 3] });
    expect(features(', drop: [x3]', '', of).stderr).toContain('data.drop.0: found "x3", which is no column of d.npz');
  });

  test('as principal components, scaled to a range', () => {
    const { first, columns } = features(', features: [age, fare, open], components: 2, range: [-1, 1]');
    expect(columns).toBe(2);
    for (const value of first!) expect(Math.abs(value)).toBeLessThanOrEqual(1);
  });
});

describe('refused, with the way out', () => {
  test.each<[string, string, string]>([
    [
      'text and dates',
      ', train: 1',
      'd.csv:2: column "date": found "2024-01-01", expected a finite number; data.drop: [date, colour] leaves out the columns that are no numbers; text that is listed in data.features ("colour") becomes a feature for each category',
    ],
    [
      'what is left of them',
      ', drop: [date, id]',
      'column "colour": found "red", expected a finite number; data.drop: [date, id, colour] leaves',
    ],
    [
      'a date that is listed',
      ', features: [age, date]',
      'column "date": found dates or durations, such as "2024-01-01", expected numbers or classes; turn them into numbers; or leave it out of data.features',
    ],
    [
      'a list of both kinds',
      ', features: [age], drop: [id]',
      'data.drop: found features beside it, expected either features or drop',
    ],
    [
      'no such column',
      ', features: [age, colur]',
      'data.features.1: found "colur", which is no column of d.csv, expected one of id, date, age, colour, fare, open, y; did you mean "colour"?',
    ],
    ['the target', ', drop: [y]', 'data.drop.0: found "y", which is the target, expected another column'],
    ['a name twice', ', features: [age, age]', 'data.features: found ["age","age"], expected every name once'],
    ['all columns', ', drop: [id, date, age, colour, fare, open]', 'data.drop: found every column'],
    [
      'too many components',
      ', features: [age, fare], components: 3',
      'data.components: found 3, expected at most 2, the directions that 4 training rows of 2 features differ in',
    ],
  ])('%s', (_, keys, message) => {
    const { code, stderr } = features(keys.replace(', train: 1', ''));
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  test('a missing value', () => {
    const { stderr } = features(', features: [age, fare]', table.replace('35,blue', ',blue'));
    expect(stderr).toContain('d.csv:3: column "age": found an empty cell, expected a finite number');
    expect(features(', features: [colour]', table.replace('blue', '')).stderr).toContain(
      'column "colour": found an empty cell, expected a finite number or the name of a class; leave the row out, or give the class another name',
    );
  });
});

test('categories that only test rows have are told of', () => {
  const parts = table
    .split('\n')
    .map((line, k) => (line === '' ? line : `${line},${['part', 'train', 'train', 'train', 'test'][k]}`));
  const { stderr } = features(
    ', features: [colour], split: part',
    parts.join('\n'),
    '{source: csv, file: d.csv, target: y',
  );
  expect(stderr).toContain(
    'warning: Test rows have "green" in the column "colour", which no training row has: all features of the column are 0 there.\n',
  );
});
