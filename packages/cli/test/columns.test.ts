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

test('a text of its own in each row is no category: it is not advised to list it, and refused where it is listed', () => {
  const named = `name,town,y\n${Array.from({ length: 8 }, (_, row) => `p${row},${'ab'[row % 2]},${row % 3}`).join('\n')}\n`;
  expect(features('', named).stderr).toContain(
    'd.csv:2: column "name": found "p0", expected a finite number; data.drop: [name, town] leaves out the columns that are no numbers; text that is listed in data.features ("town") becomes a feature for each category',
  );
  expect(features(', features: [name, town]', named).stderr).toContain(
    'd.csv: column "name": found a text of its own in each of 8 rows, expected texts that rows share, as each becomes a feature; leave it out of data.features',
  );
  expect(features(', features: [town]', named).code).toBe(0);
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

describe('labels', () => {
  const points = Array.from({ length: 12 }, (_, k) => `${Math.sin(k)},${Math.cos(3 * k)},${Math.sin(5 * k)}`);
  const labelled = (label: (k: number) => string | number) =>
    `a,b,c,y\n${points.map((cells, k) => `${cells},${label(k)}`).join('\n')}\n`;
  const diagnosed = (csv: string, keys: string, of: string) => {
    fill(folder, {
      'd.csv': csv,
      's.yaml': `data: {source: csv, file: d.csv, target: y, train: 0.75${keys}}\n${of}\ninitial: {seeds: 1}\ntraining: {steps: 20}\n`,
    });
    const { code, stdout, stderr } = qntk(['diagnose', 's.yaml', '--json'], folder);
    return { code, stderr, document: code === 0 ? JSON.parse(stdout) : undefined };
  };
  const readouts = (observable: string, more = '') =>
    `model: {qubits: 2, encoding: {gate: RY, reupload: true}, ansatz: {kind: hea, layers: 2}, observable: ${observable}${more}}`;

  test('0 and 1 are −1 and +1, which is said; more features than qubits are taken in turn', () => {
    const { stderr, document } = diagnosed(
      labelled((k) => k % 2),
      '',
      readouts('Z0'),
    );
    expect(stderr).toContain(
      'The labels are 2 different integers (0, 1) and taken for classes; data.task: regression with one observable, such as Z0, takes them for numbers.',
    );
    expect(document.data.classes).toEqual(['0', '1']);
    expect([...new Set(document.data.trainY)].sort()).toEqual([-1, 1]);
    expect(document.data.features).toEqual(['a', 'b', 'c']);
  });

  test('observable: classes gives one readout a class, in report.json', () => {
    const { document } = diagnosed(
      labelled((k) => 'uvw'[k % 3]!),
      '',
      readouts('classes'),
    );
    expect(document.model.observables).toEqual(['Z0', 'Z1', 'Z0*Z1']);
    const two = diagnosed(
      labelled((k) => 'uv'[k % 2]!),
      '',
      readouts('classes'),
    );
    expect(two.document.model.observables).toEqual(['Z0']);
  });

  test('a few integers are numbers, which is said, or classes where the task says so', () => {
    expect(
      diagnosed(
        labelled((k) => k % 3),
        '',
        readouts('Z0'),
      ).stderr,
    ).toContain(
      'The labels are 3 different integers (0, 1, 2) and taken for numbers; data.task: classes with model.observable: classes',
    );
    const { stderr, document } = diagnosed(
      labelled((k) => k % 3),
      ', task: classes',
      readouts('classes'),
    );
    expect(stderr).not.toContain('integers');
    expect(document.data.classes).toEqual(['0', '1', '2']);
  });

  test('more features than all encodings take are refused with the keys that mend it', () => {
    const once = readouts('Z0').replace(', reupload: true', '');
    expect(
      diagnosed(
        labelled((k) => k % 2),
        '',
        once,
      ).stderr,
    ).toContain(
      'data: found 3 features, expected at most 2, which encoding "angle" takes on 2 qubits; data.components: 2 (principal components), data.features: […] with at most 2 columns, or model.encoding.reupload: true, which takes them in turn',
    );
  });
});
