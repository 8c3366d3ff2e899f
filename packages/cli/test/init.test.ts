import fs from 'node:fs';
import path from 'node:path';
import { parseSpec } from '@qntk/core';
import { writeNpy, writeNpz } from '@qntk/formats';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { array, fill, newFolder, qntk, qntkJson, root } from './qntk.ts';

let folder: string;
beforeEach(() => {
  folder = newFolder();
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const file = (name: string) => fs.readFileSync(path.join(folder, name), 'utf8');

/** Numbers that look random, the same on every run. */
const wave = (row: number, c: number) => Math.sin(1 + 3.7 * row + 11.3 * c).toFixed(6);
const rows = Array.from({ length: 60 }, (_, row) => row);
const csv = (head: string, line: (row: number) => string, separator = '\n') =>
  [head, ...rows.map(line), ''].join(separator);

const people = csv(
  'id,joined,town,age,height,weight,vip,label',
  (row) =>
    `${row + 1},2024-01-${10 + (row % 20)},${['Ulm', 'Bonn'][row % 2]},${row % 9 ? row : ''},${wave(row, 0)},${wave(row, 1)},${row % 4 ? 'True' : 'False'},${['no', 'yes'][Number(Number(wave(row, 0)) > 0)]}`,
);

describe('a SPEC for a file', () => {
  test('stands where the command runs, and says what each column is for', () => {
    fill(folder, { 'people.csv': people });
    const { code, stdout, stderr } = qntk(['init', 'people.csv'], folder);
    expect([code, stderr]).toEqual([0, 'qntk: a SPEC is in people.yaml: look at it, then run the next command\n']);
    expect(stdout).toContain('target label: by its name; 2 classes (no, yes)');
    expect(stdout).toContain('age is left out: no value in 7 of 60 rows, and nothing is filled in');
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('npx qntk diagnose people.yaml');
    const text = file('people.yaml');
    expect(text).toMatch(/^# Made by: qntk init people.csv$/m);
    expect(text).toMatch(/^ {2}# without age: no value in 7 of 60 rows/m);
    expect(text).toMatch(/^ {4}- town # 2 texts, a feature for each$/m);
    expect(parse(text).data).toMatchObject({
      source: 'csv',
      file: 'people.csv',
      target: 'label',
      features: ['town', 'height', 'weight', 'vip'],
      task: 'classes',
    });
  });

  test('--json has all that was found', () => {
    fill(folder, { 'people.csv': people });
    const document = qntkJson(['init', 'people.csv', '--target', 'weight', '--out', 'w.yaml'], folder);
    expect(document).toMatchObject({
      schema: 'qntk/init/1',
      file: 'w.yaml',
      rows: 60,
      target: { name: 'weight', why: 'asked', task: 'regression' },
      next: 'npx qntk diagnose w.yaml',
    });
    expect(document.spec).toEqual(parse(file('w.yaml')));
    expect(document.columns.map(({ name, use, reason }: Record<string, string>) => [name, reason ?? use])).toEqual([
      ['id', 'identifier'],
      ['joined', 'times'],
      ['town', 'one-hot'],
      ['age', 'missing'],
      ['height', 'feature'],
      ['weight', 'target'],
      ['vip', 'feature'],
      ['label', 'one-hot'],
    ]);
  });

  test('the file is named from the folder of the SPEC, a name that a shell would take apart is quoted', () => {
    fs.mkdirSync(path.join(folder, 'specs'));
    fs.mkdirSync(path.join(folder, 'my data'));
    fill(folder, { 'my data/it.csv': csv('a,y', (row) => `${wave(row, 0)},${wave(row, 1)}`) });
    const { stdout } = qntk(['init', 'my data/it.csv', '--out', 'specs/a b.yaml'], folder);
    expect(stdout).toContain("npx qntk diagnose 'specs/a b.yaml'");
    expect(parse(file('specs/a b.yaml')).data.file).toBe('../my data/it.csv');
    expect(file('specs/a b.yaml')).toContain("# Made by: qntk init 'my data/it.csv'");
  });

  test('decimal commas, semicolons and another encoding are keys of it', () => {
    const text = csv('größe;y', (row) => `${wave(row, 0)};${wave(row, 1)}`.replaceAll('.', ','));
    fill(folder, { 'd.csv': Buffer.from(text, 'latin1') });
    expect(qntk(['init', 'd.csv'], folder).code).toBe(0);
    expect(parse(file('d.yaml')).data).toMatchObject({
      encoding: 'windows-1252',
      delimiter: ';',
      decimal: ',',
    });
  });

  test('an index of pandas has no name, and names with line breaks stay in one line', () => {
    fill(folder, { 'i.csv': csv(',"two\nlines",y', (row) => `${row},${wave(row, 0)},${wave(row, 1)}`) });
    const { code, stdout } = qntk(['init', 'i.csv'], folder);
    expect([code, stdout.split('\n').slice(2, 4)]).toEqual([
      0,
      ['1 feature: two lines', 'a column without a name: an index: left out by itself'],
    ]);
  });

  test('names that YAML would take for something else stay names', () => {
    const names = ['a: b', '# c', 'yes', '1e3', "it's", '{x}'];
    fill(folder, {
      'n.csv': csv([...names, 'text', 'y'].join(','), (row) =>
        [...names.map((_, c) => wave(row, c)), 'ab'[row % 2], wave(row, 9)].join(','),
      ),
    });
    qntk(['init', 'n.csv'], folder);
    expect(parse(file('n.yaml')).data.features).toEqual([...names, 'text']);
  });

  test('arrays: X and y of one file, or of two', () => {
    const X = array(
      [60, 2],
      rows.flatMap((row) => [Number(wave(row, 0)), Number(wave(row, 1))]),
    );
    const y = array(
      [60],
      rows.map((row) => row % 3),
    );
    fill(folder, {
      'both.npz': writeNpz({ X, y }),
      'X_train.npy': writeNpy(X),
      'y_train.npy': writeNpy(y),
      'lone.npy': writeNpy(X),
    });
    expect(qntkJson(['init', 'both.npz'], folder)).toMatchObject({
      rows: 60,
      features: 2,
      target: { task: 'classes', classes: ['0', '1', '2'] },
    });
    expect(parse(file('both.yaml')).data.task).toBe('classes');
    expect(qntk(['init', 'X_train.npy'], folder).code).toBe(0);
    expect(parse(file('X_train.yaml')).data).toMatchObject({
      source: 'npy',
      file: 'X_train.npy',
      labels: 'y_train.npy',
    });
    expect(qntk(['init', 'lone.npy'], folder)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('lone.npy: found points without labels, expected X.npy with y.npy beside it'),
    });
    expect(qntk(['init', 'both.npz', '--target', 'y', '--out', 'o.yaml'], folder).stderr).toContain(
      '--target: found y with arrays',
    );
  });

  test('without a file: an example that runs', () => {
    expect(qntk(['init'], folder).code).toBe(0);
    expect(() => parseSpec(parse(file('moons.yaml')))).not.toThrow();
    expect(qntk(['diagnose', 'moons.yaml', '--seeds', '1'], folder)).toMatchObject({ code: 0, stderr: '' });
    expect(qntk(['init', '--target', 'y', '--out', 'o.yaml'], folder)).toMatchObject({ code: 2 });
  });
});

describe('what it refuses', () => {
  test('to take the place of a file', () => {
    fill(folder, { 'iris.yaml': 'mine' });
    fs.cpSync(path.join(root, 'examples/iris.csv'), path.join(folder, 'iris.csv'));
    const { code, stdout, stderr } = qntk(['init', 'iris.csv'], folder);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('iris.yaml: found a file of that name, expected a name that is free; --out FILE.yaml');
    expect(file('iris.yaml')).toBe('mine');
    expect(qntk(['init', 'iris.csv', '--out', 'iris.csv'], folder)).toMatchObject({ code: 2 });
  });

  test.each<[string, string, string[], string]>([
    [
      'a target that is not there',
      'a,y\n1,2\n3,4\n5,6\n',
      ['--target', 'Y'],
      '--target: found "Y", which is no column, expected one of a, y; did you mean "y"?',
    ],
    [
      'a target with gaps',
      'a,y\n1,2\n3,\n5,6\n',
      ['--target', 'y'],
      'd.csv: column "y": found 1 of 3 cells without a value, expected a label in every row; leave those rows out',
    ],
    [
      'a label of that name with gaps, in the place of which another column would be learned',
      'a,b,y\n1,2,3\n3,5,\n5,6,7\n',
      [],
      'd.csv: column "y": found 1 of 3 cells without a value, expected a label in every row; leave those rows out of the file; --target NAME learns another column',
    ],
    [
      'a table of nothing but gaps',
      'a,y\n1,\n,4\n1,\n',
      [],
      'd.csv: found no column that can be labels: a (1 cell without a value), y (2 cells without a value), expected one of different numbers or classes, with a value in every row; leave rows without a value out of the file',
    ],
    ['a table of one column', 'y\n1.5\n2.5\n3.5\n', [], 'd.csv: features: found none besides the target "y", expected'],
    ['a single row', 'a,y\n1,2\n', [], 'd.csv: rows: found 1, expected at least 3: two to train on and one to test'],
    ['an empty file', '', [], 'd.csv: found an empty file'],
  ])('%s', (_, text, args, message) => {
    fill(folder, { 'd.csv': text });
    const { code, stdout, stderr } = qntk(['init', 'd.csv', ...args], folder);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(fs.readdirSync(folder)).toEqual(['d.csv']);
  });

  test('a file that is no data', () => {
    fill(folder, { 'd.xyz': 'hello' });
    expect(qntk(['init', 'd.xyz'], folder).stderr).toContain(
      'd.xyz: found another name, expected one that ends with .csv',
    );
    expect(qntk(['init', 'none.csv'], folder).stderr).toContain('none.csv: found no such file');
  });
});
