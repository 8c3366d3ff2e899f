import fs from 'node:fs';
import path from 'node:path';
import { type NpyArray, readNpz, readParquet, writeNpz } from '@qntk/formats';
import { parquetMetadata } from 'hyparquet';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { array, fill, newFolder, qntk } from './qntk.ts';

let folder: string;
beforeEach(() => {
  folder = newFolder();
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

/** One qubit, RY(x) then RY(θ₀) RZ(θ₁): f = cos(x + θ₀), ∂f/∂θ = (−sin(x + θ₀), 0). */
const spec = `
data: {source: csv, file: d.csv, target: y}
model: {qubits: 1, encoding: {gate: RY}, ansatz: {kind: hea, layers: 1}, observable: Z0, scale: 2}
`;
const table = 'x,y\n0.5,0.1\n-0.3,0.2\n1.1,-0.4\n';

function kernel(...args: string[]) {
  const ended = qntk(['kernel', 's.yaml', '--out', 'k.npz', ...args], folder);
  const file = path.join(folder, 'k.npz');
  return { ...ended, arrays: fs.existsSync(file) ? readNpz(fs.readFileSync(file), 'k.npz') : undefined };
}

describe('arrays', () => {
  test('are those of the model at θ, rows in the order of the file', () => {
    fill(folder, { 's.yaml': spec, 'd.csv': table, 'theta.json': '[0.7, 0.2]' });
    const { code, stderr, arrays } = kernel('--theta', 'theta.json');
    expect([code, stderr]).toEqual([0, '']);
    expect([...arrays!.keys()]).toEqual(['X', 'y', 'theta', 'f', 'J', 'K']);
    expect(arrays!.get('X')).toEqual(array([3, 1], [0.5, -0.3, 1.1]));
    expect(arrays!.get('y')).toEqual(array([3], [0.1, 0.2, -0.4]));
    expect(arrays!.get('theta')).toEqual(array([2], [0.7, 0.2]));
    const x = [0.5, -0.3, 1.1];
    x.forEach((value, i) => {
      expect(arrays!.get('f')!.data[i]).toBeCloseTo(2 * Math.cos(value + 0.7), 12);
      expect(arrays!.get('J')!.data[2 * i]).toBeCloseTo(-2 * Math.sin(value + 0.7), 12);
      x.forEach((other, j) => {
        expect(arrays!.get('K')!.data[3 * i + j]).toBeCloseTo(4 * Math.sin(value + 0.7) * Math.sin(other + 0.7), 12);
      });
    });
  });

  test('of very many rows there is no K, and that is said', () => {
    const rows = Array.from({ length: 4097 }, (_, i) => `${i / 4097},${Math.sin(i)}`);
    fill(folder, { 's.yaml': spec, 'd.csv': ['x,y', ...rows, ''].join('\n') });
    const said = 'without K: 4097 × 4097 numbers are too many, and K = JJᵀ';
    const { code, stdout, arrays } = kernel();
    expect([code, stdout]).toEqual([0, expect.stringContaining(`k.npz, ${said}\n`)]);
    expect([...arrays!.keys()]).toEqual(['X', 'y', 'theta', 'f', 'J']);
    const diagnosis = qntk(['diagnose', 's.yaml', '--seeds', '1', '--out', 'd'], folder);
    expect([diagnosis.code, diagnosis.stdout]).toEqual([0, expect.stringContaining(`kernel.npz (${said})`)]);
    const { data, seeds } = JSON.parse(fs.readFileSync(path.join(folder, 'd/report.json'), 'utf8'));
    expect([data.train, data.test, data.trainRows.length, seeds[0].forecast.test.length]).toEqual([
      2049, 2048, 2000, 2000,
    ]);
    expect(fs.readFileSync(path.join(folder, 'd/report.html'), 'utf8')).toContain(
      'Read from 2\u202f000 of 2\u202f048 test',
    );
  });

  test('several outputs have an axis of their own', () => {
    const two = spec.replace('Z0, scale', '[Z0, X0], scale').replace('y}', 'c}');
    fill(folder, { 's.yaml': two, 'd.csv': 'x,c\n0.5,a\n-0.3,b\n1.1,a\n' });
    const { code, arrays } = kernel();
    expect(code).toBe(0);
    const shapes = [...arrays!].map(([name, { shape }]) => [name, shape]);
    expect(Object.fromEntries(shapes)).toEqual({
      X: [3, 1],
      y: [3, 2],
      theta: [2],
      f: [3, 2],
      J: [3, 2, 2],
      K: [6, 6],
    });
    expect([...arrays!.get('y')!.data]).toEqual([1, -1, -1, 1, 1, -1]);
  });

  test('θ by name, from .npy, and of the first initialisation', () => {
    fill(folder, {
      's.yaml': spec,
      'd.csv': table,
      'named.json': '{"theta_1": 0.2, "theta_0": 0.7}',
      'theta.npy': array([2], [0.7, 0.2]),
    });
    expect([...kernel('--theta', 'named.json').arrays!.get('theta')!.data]).toEqual([0.7, 0.2]);
    expect([...kernel('--theta', 'theta.npy').arrays!.get('theta')!.data]).toEqual([0.7, 0.2]);
    const drawn = kernel().arrays!.get('theta')!.data;
    expect(drawn.every((angle) => angle >= 0 && angle < 2 * Math.PI)).toBe(true);
    // The kernel beside a report is that of the same initialisation.
    expect(qntk(['diagnose', 's.yaml', '--out', 'report', '--seeds', '1'], folder).code).toBe(0);
    const beside = readNpz(fs.readFileSync(path.join(folder, 'report/kernel.npz')), 'kernel.npz');
    expect(beside.get('theta')!.data).toEqual(drawn);
  });
});

describe('a Parquet file', () => {
  test('holds the same numbers in columns, a row for each row of J', () => {
    fill(folder, { 's.yaml': spec.replace('Z0', '[Z0, X0]'), 'd.csv': 'x,y\n0.5,a\n-0.3,b\n1.1,a\n' });
    const { arrays } = kernel();
    const { code, stderr } = qntk(['kernel', 's.yaml', '--out', 'k.parquet'], folder);
    const single =
      'Only one row is of the class "b": it is trained on, and what is learned of the class is not tested.';
    expect([code, stderr]).toEqual([0, `qntk: warning: ${single}\n`]);
    const bytes = fs.readFileSync(path.join(folder, 'k.parquet'));
    const table = readParquet(bytes, 'k.parquet');
    const K = Array.from({ length: 6 }, (_, j) => `K_${j}`);
    expect(table.names).toEqual(['point', 'output', 'part', 'x_x', 'y', 'f', 'J_theta_0', 'J_theta_1', ...K]);
    expect([...table.numbers('point')]).toEqual([0, 0, 1, 1, 2, 2]);
    expect([...table.numbers('output')]).toEqual([0, 1, 0, 1, 0, 1]);
    expect([...table.numbers('x_x')]).toEqual([0.5, 0.5, -0.3, -0.3, 1.1, 1.1]);
    expect(new Set(table.texts('part'))).toEqual(new Set(['train', 'test']));
    const matrix = (names: string[]) => {
      const columns = names.map((name) => table.numbers(name));
      return Float64Array.from(
        { length: 6 * names.length },
        (_, i) => columns[i % names.length]![Math.floor(i / names.length)]!,
      );
    };
    expect(matrix(['y'])).toEqual(arrays!.get('y')!.data);
    expect(matrix(['f'])).toEqual(arrays!.get('f')!.data);
    expect(matrix(['J_theta_0', 'J_theta_1'])).toEqual(arrays!.get('J')!.data);
    expect(matrix(K)).toEqual(arrays!.get('K')!.data);
    const { theta } = JSON.parse(parquetMetadata(new Uint8Array(bytes)).key_value_metadata![0]!.value!);
    expect(Object.values(theta)).toEqual([...arrays!.get('theta')!.data]);
    expect(Object.keys(theta)).toEqual(['theta_0', 'theta_1']);
  });

  test('is written whole or not at all', () => {
    fill(folder, { 's.yaml': spec, 'd.csv': table });
    const { code, stderr } = qntk(['kernel', 's.yaml', '--out', 'none/k.parquet'], folder);
    expect([code, stderr]).toEqual([
      2,
      'qntk: --out none/k.parquet: found no folder none (ENOENT), expected a file that can be written\n',
    ]);
    expect(fs.readdirSync(folder).sort()).toEqual(['d.csv', 's.yaml']);
  });

  test.each(['npz', 'parquet'])('predict takes what kernel writes, %s', (kind) => {
    fill(folder, { 's.yaml': spec.replace('Z0', '[Z0, X0]'), 'd.csv': 'x,y\n0.5,a\n-0.3,b\n1.1,a\n' });
    const file = `k.${kind}`;
    expect(qntk(['kernel', 's.yaml', '--out', file], folder).code).toBe(0);
    const all = ['--labels', file, '--f0', file, '--steps', '0,10,1000', '--json'];
    const byKernel = JSON.parse(qntk(['predict', '--kernel', file, ...all], folder).stdout);
    const byJacobian = JSON.parse(qntk(['predict', '--jacobian', file, ...all], folder).stdout);
    expect([byKernel.points, byKernel.outputs]).toEqual([3, 2]);
    byKernel.forecasts.forEach(({ train, trainLoss }: { train: number[][]; trainLoss: number }, i: number) => {
      expect(trainLoss).toBeCloseTo(byJacobian.forecasts[i].trainLoss, 12);
      expect(train.flat().length).toBe(6);
    });
  });
});

describe('bad θ', () => {
  const cases: [string, string | Uint8Array | NpyArray, string][] = [
    ['t.json', '[1]', 't.json:1:1: found 1 value, expected 2'],
    ['t.json', '[1, "a"]', 't.json:1:5: 1: found "a", expected a finite number'],
    ['t.json', '{"theta_0": 1}', 't.json:1:1: found no value for theta_1, expected one for each of 2 parameters'],
    [
      't.json',
      '{"theta_0": 1, "teta_1": 1}',
      't.json:1:16: found an unknown parameter "teta_1", expected theta_0 to theta_1; did you mean "theta_1"?',
    ],
    ['t.json', '{"theta_0": 1, "theta_0": 1}', 't.json:1:16: found the key theta_0 for the second time'],
    ['t.json', '3', 't.json: found 3, expected a list or an object name → value'],
    ['t.json', '{"theta_0": 1, "theta_1": 1e999}', 't.json:1:27: theta_1: found Infinity, expected a finite number'],
    ['t.json', '{', 't.json:1:2: found text that is no YAML or JSON'],
    ['t.npy', array([3], [1, 2, 3]), 't.npy: found shape (3), expected (2), one value for each parameter'],
    ['t.npy', { ...array([1], [1, 2]), complex: true }, 't.npy: found complex numbers, expected real ones'],
    ['t.npz', writeNpz({ J: array([2], [1, 2]) }), 't.npz: found no array theta, only J'],
    ['t.npz', writeNpz({ a: array([2], [1, 2]), b: array([2], [1, 2]) }), 't.npz: found no array theta, only a, b'],
    ['t.yaml', '[1, 2]', 't.yaml: found a name that says no format, expected .npy, .npz'],
    ['t.npy', array([1, 2], [1, 2]), 't.npy: found shape (1, 2), expected (2)'],
    ['t.npy', array([2], [1, Number.NaN]), 't.npy: found NaN at [1], expected finite numbers'],
  ];
  test.each(cases)('%s %s', (file, content, message) => {
    fill(folder, { 's.yaml': spec, 'd.csv': table, [file]: content });
    const { code, stdout, stderr, arrays } = kernel('--theta', file);
    expect([code, stdout, arrays]).toEqual([2, '', undefined]);
    expect(stderr).toContain(message);
  });
});
