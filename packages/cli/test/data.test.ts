import fs from 'node:fs';
import path from 'node:path';
import { type NpyArray, readNpz, writeNpy, writeNpz } from '@qntk/formats';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { array, fill, newFolder, qntk } from './qntk.ts';

let folder: string;
beforeEach(() => {
  folder = newFolder();
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const model = 'model: {qubits: 2, encoding: {gate: RY}, ansatz: {kind: hea, layers: 1}, observable: Z0}';
const save = (name: string, bytes: Uint8Array) => fs.writeFileSync(path.join(folder, name), bytes);

/** All arrays of the data a SPEC's `data` names, in JSON. */
function arraysOf(data: string, of = model): Record<string, NpyArray> {
  fill(folder, { 's.yaml': `data: ${data}\n${of}\n` });
  const { code, stderr } = qntk(['kernel', 's.yaml', '--out', 'k.npz'], folder);
  expect([code, stderr]).toEqual([0, '']);
  return Object.fromEntries(readNpz(fs.readFileSync(path.join(folder, 'k.npz')), 'k.npz'));
}

/** What is said about data that is refused, with code 2. */
function refusal(data: string, of = model): string {
  fill(folder, { 's.yaml': `data: ${data}\n${of}\n` });
  const { code, stdout, stderr } = qntk(['diagnose', 's.yaml', '--out', 'report'], folder);
  expect([code, stdout]).toEqual([2, '']);
  expect(fs.readdirSync(folder)).not.toContain('report');
  return stderr;
}

describe('one table in every format', () => {
  const a = [0.5, -0.25, 1, 0.125];
  const b = [1, 2, 3, -4];
  const y = [0.5, -0.5, 0.25, 0];
  const rows = a.map((value, i) => [value, b[i], y[i]]);
  const text = (delimiter: string) =>
    ['a', 'b', 'y'].join(delimiter) + rows.map((r) => `\n${r.join(delimiter)}`).join('');
  const X = array(
    [4, 2],
    a.flatMap((value, i) => [value, b[i]!]),
  );

  test('gives the same kernel', () => {
    fill(folder, {
      'd.csv': text(','),
      'quoted.csv': `\ufeff${text('","').replaceAll('\n', '"\r\n"').replace(/^/, '"')}"\r\n`,
      'd.tsv': text('\t'),
      'd.TAB': `\ufeff${text('\t')}`,
      'X.npy': X,
      'y.npy': array([4], y),
    });
    save('d.npz', writeNpz({ X, y: array([4], y) }));
    const columnData = Object.entries({ a, b, y }).map(([name, data]) => ({ name, data, type: 'DOUBLE' as const }));
    save('d.parquet', new Uint8Array(parquetWriteBuffer({ columnData })));
    const known = arraysOf('{source: csv, file: d.csv, target: y}');
    expect(known.X).toEqual(X);
    for (const data of [
      '{source: csv, file: quoted.csv, target: y}',
      '{source: csv, file: d.tsv, target: y}',
      '{source: csv, file: d.TAB, target: y}',
      '{source: parquet, file: d.parquet, target: y}',
      '{source: npz, file: d.npz}',
      '{source: npy, file: X.npy, labels: y.npy}',
    ])
      expect(arraysOf(data)).toEqual(known);
  });

  test('text classes and a split column of a Parquet file', () => {
    const columnData = [
      { name: 'x', data: a, type: 'DOUBLE' as const },
      { name: 'kind', data: ['b', 'a', 'a', 'b'] },
      { name: 'part', data: ['train', 'test', 'train', 'train'] },
    ];
    save('d.parquet', new Uint8Array(parquetWriteBuffer({ columnData })));
    const { y } = arraysOf('{source: parquet, file: d.parquet, target: kind, split: part}');
    expect([...y!.data]).toEqual([1, -1, -1, 1]);
  });
});

describe('refused', () => {
  const parquet = (columns: Record<string, unknown[]>) => {
    const columnData = Object.entries(columns).map(([name, data]) => ({ name, data, nullable: true }));
    save('d.parquet', new Uint8Array(parquetWriteBuffer({ columnData })));
    return (target = 'y') => refusal(`{source: parquet, file: d.parquet, target: ${target}}`);
  };

  test('a null, a name that is no column, text as a feature', () => {
    expect(parquet({ x: [1.5, null, 2.5], y: [1, 2, 3] })()).toBe(
      'qntk: d.parquet: row 1 (from 0): column "x": found null, a missing value, expected a finite number; leave the row out; data.drop: [x] leaves out the column\n',
    );
    expect(parquet({ x: [1, 2], y: [1, 2] })('z')).toBe(
      'qntk: s.yaml:1:50: data.target: found "z", which is no column of d.parquet, expected one of x, y\n',
    );
    expect(parquet({ x: ['u', 'v'], y: [1, 2] })()).toContain('d.parquet: row 0 (from 0): column "x": found "u"');
  });

  test('other formats under the name', () => {
    fill(folder, { 'd.parquet': 'x,y\n1,2\n', 'X.npy': 'x,y\n', 'y.npy': array([2], [1, 2]) });
    expect(refusal('{source: parquet, file: d.parquet, target: y}')).toContain(
      'd.parquet: found a file that starts with',
    );
    expect(refusal('{source: csv, file: y.npy, target: y}')).toContain(
      'y.npy: found an array (.npy), expected a table of text (CSV); name it what it is: npy',
    );
    expect(refusal('{source: npy, file: X.npy, labels: y.npy}')).toContain('X.npy: found a file that starts with');
    expect(refusal('{source: npy, file: y.npy, labels: none.npy}')).toBe(
      'qntk: s.yaml:1:42: data.labels: found "none.npy": no such file (ENOENT), expected a file that can be read\n',
    );
    expect(refusal('{source: npy, file: y.npy}')).toContain('data.labels: found nothing, expected text');
  });

  test('arrays that do not fit each other', () => {
    fill(folder, {
      'X.npy': array([3, 1], [1, 2, Number.NaN]),
      'y.npy': array([2], [1, 2]),
      'z.npy': array([3], [1, 2, 3]),
    });
    expect(refusal('{source: npy, file: X.npy, labels: y.npy}')).toBe(
      'qntk: y.npy: found shape (2), expected (3) or (3, outputs), as X has 3 points\n',
    );
    expect(refusal('{source: npy, file: X.npy, labels: z.npy}')).toBe(
      'qntk: X.npy: found NaN at [2, 0], expected finite numbers\n',
    );
  });
});

test('names and texts of a file reach neither terminal nor report as they are', () => {
  const name = '\u001b[31m\u009b2J\u202ex';
  const rows = Array.from({ length: 12 }, (_, k) => `${k / 10},${Math.sin(k)},${k % 2 ? 'a' : '\u009bb'}`);
  fill(folder, {
    'd.csv': `${name},x,y\n${rows.join('\n')}\n`,
    's.yaml': `data: {source: csv, file: d.csv, target: y}\n${model}\n`,
  });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
  const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/;
  const plain = qntk(['diagnose', 's.yaml', '--out', 'report', '--verify'], folder);
  const json = qntk(['diagnose', 's.yaml', '--json'], folder);
  fs.writeFileSync(
    path.join(folder, 's.yaml'),
    JSON.stringify({ data: { source: 'csv', file: 'd.csv', target: name }, model: {} }),
  );
  const refused = qntk(['diagnose', 's.yaml'], folder);
  for (const { stdout, stderr } of [plain, json, refused]) expect(`${stdout}${stderr}`).not.toMatch(controls);
  expect(JSON.parse(json.stdout).data.features[0]).toBe(name);
  for (const file of ['report.html', 'report.json'])
    expect(fs.readFileSync(path.join(folder, 'report', file), 'utf8')).not.toMatch(controls);
});

describe('states as data', () => {
  const amplitude = model.replace('gate: RY', 'kind: amplitude');
  const h = Math.SQRT1_2;
  const states = (values: number[]): NpyArray => ({
    shape: [values.length / 8, 4],
    data: Float64Array.from(values),
    complex: true,
  });
  const two = states([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, h, 0, 0, h, 0, 0]);
  const y = array([2], [0.5, -0.5]);

  test('go through, and come out as they are', () => {
    save('d.npz', writeNpz({ X: two, y }));
    const { X, f, theta } = arraysOf('{source: npz, file: d.npz}', amplitude);
    expect(X).toEqual(two);
    // The ansatz turns qubit 0 by RY(θ₀); the second state is (|01⟩ + i|10⟩)/√2, where ⟨Z₀⟩ and ⟨X₀⟩ are 0.
    expect([...f!.data]).toEqual([expect.closeTo(Math.cos(theta!.data[0]!), 14), expect.closeTo(0, 14)]);
    fill(folder, { 'X.npy': two, 'y.npy': y });
    expect(arraysOf('{source: npy, file: X.npy, labels: y.npy}', amplitude).f).toEqual(f);
    const { code, stdout } = qntk(['diagnose', 's.yaml', '--seeds', '2', '--verify', '--out', 'report'], folder);
    expect(code).toBe(0);
    expect(stdout).not.toMatch(/NaN|Infinity/);
    expect(readNpz(fs.readFileSync(path.join(folder, 'report/kernel.npz')), 'k').get('X')).toEqual(two);
  });

  test('go through a circuit from a file', () => {
    const circuit =
      'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[2] q;\ninput float a;\ninput float b;\nry(a) q[0];\nrz(b) q[1];\nh q[1];\n';
    fill(folder, { 'X.npy': two, 'y.npy': y, 'c.qasm': circuit });
    const of = 'model: {openqasm: c.qasm, observable: Z0}';
    const { X, f, theta } = arraysOf('{source: npy, file: X.npy, labels: y.npy}', of);
    expect(X).toEqual(two);
    expect([...f!.data]).toEqual([expect.closeTo(Math.cos(theta!.data[0]!), 14), expect.closeTo(0, 14)]);
  });

  test('refused where they are none', () => {
    const data = '{source: npz, file: d.npz}';
    const said = (X: NpyArray, of = amplitude, labels = y) => {
      save('d.npz', writeNpz({ X, y: labels }));
      return refusal(data, of);
    };
    expect(said(states([...two.data.subarray(0, 8), 1, 0, 0, 1, 0, 0, 0, 0]))).toBe(
      'qntk: d.npz:X: row 1 (from 0): found a state of norm 1.41421, expected norm 1; divide it by its norm\n',
    );
    expect(said({ ...two, shape: [2, 4], data: two.data.map((v, k) => (k === 9 ? Number.NaN : v)) })).toBe(
      'qntk: d.npz:X: found NaN at [1, 0], expected finite numbers\n',
    );
    expect(said({ shape: [2, 3], data: new Float64Array(12).fill(0.4), complex: true })).toContain(
      'd.npz:X: found complex numbers of shape (2, 3), expected states: points × amplitudes, a power of 2 of them',
    );
    expect(said(two, model)).toContain('s.yaml:2:30: model.encoding.kind: found "angle", expected amplitude');
    expect(said(two, amplitude.replace('qubits: 2', 'qubits: 3'))).toContain(
      's.yaml:2:17: model.qubits: found 3 qubits, expected 2, as the states of the data have 4 amplitudes',
    );
    expect(said(two, amplitude, { ...two, shape: [2, 4] })).toContain('d.npz:y: found complex numbers, expected real');
    save('d.npz', writeNpz({ X: two, y }));
    expect(refusal('{source: npz, file: d.npz, range: [0, 1]}', amplitude)).toContain(
      's.yaml:1:41: data.range: found [0, 1], expected none, as amplitudes of states cannot be scaled',
    );
  });
});

test('a complex .npy is written as numpy reads it', () => {
  const bytes = Buffer.from(writeNpy({ shape: [1], data: Float64Array.of(1, -2), complex: true }));
  expect(bytes.toString('latin1')).toContain("{'descr': '<c16', 'fortran_order': False, 'shape': (1,), }");
});
