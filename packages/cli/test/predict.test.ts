import fs from 'node:fs';
import type { NpyArray } from '@qntk/formats';
import { readNpz, writeNpy, writeNpz, writeParquet } from '@qntk/formats';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { array, fill, newFolder, qntk, qntkJson } from './qntk.ts';

let folder: string;
beforeEach(() => {
  folder = newFolder();
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const K = array([2, 2], [2, 1, 1, 2]);
const y = array([2], [1, -0.5]);

/** The forecast for K above, worked out by hand: modes (1, 1)/√2 with λ = 3 and (1, −1)/√2 with λ = 1. */
function byHand(gain: (lambda: number) => number, f0: readonly number[] = [0, 0]): number[] {
  const r = y.data.map((value, i) => value - f0[i]!);
  const plus = ((r[0]! + r[1]!) / 2) * gain(3);
  const minus = ((r[0]! - r[1]!) / 2) * gain(1);
  return [f0[0]! + plus + minus, f0[1]! + plus - minus];
}

const close = (found: readonly number[], expected: readonly number[]) => {
  expect(found).toHaveLength(expected.length);
  found.forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i]!, 12);
  });
};

describe('forecasts', () => {
  const args = ['predict', '--kernel', 'K.npy', '--labels', 'y.npy'];

  test('t = ∞ fits the labels; the default rate is half the limit', () => {
    fill(folder, { 'K.npy': K, 'y.npy': y });
    const found = qntkJson(args, folder);
    close(found.forecasts[0].train, [1, -0.5]);
    expect(found.forecasts[0]).toMatchObject({ steps: null, reason: expect.stringContaining('∞'), test: null });
    expect(found.kappa).toBeCloseTo(3, 12);
    // Mean loss over 2 points: 2/(wλmax) = 2/(3/2).
    expect(found.rateLimit).toBeCloseTo(4 / 3, 12);
    expect(found.rate).toBeCloseTo(2 / 3, 12);
    expect(found.rateSource).toBe('half the stability limit');
  });

  test.each([
    ['mean', 0.5],
    ['sum', 1],
  ])('gradient descent step by step, %s loss', (loss, w) => {
    fill(folder, { 'K.npy': K, 'y.npy': y, 'f0.npy': array([2], [0.1, 0.2]) });
    const found = qntkJson([...args, '--steps', '0,1,7', '--rate', '0.3', '--loss', loss, '--f0', 'f0.npy'], folder);
    [0, 1, 7].forEach((steps, i) => {
      const f = byHand((lambda) => 1 - (1 - w * 0.3 * lambda) ** steps, [0.1, 0.2]);
      close(found.forecasts[i].train, f);
      const squares = f.reduce((sum, value, k) => sum + (y.data[k]! - value) ** 2, 0);
      expect(found.forecasts[i].trainLoss).toBeCloseTo(0.5 * w * squares, 12);
    });
  });

  test('test points from K(x, X), and the same from Jacobians', () => {
    const J = [1, 1, 0, 0, 1, 1];
    const Jx = [1, 0, 2];
    fill(folder, {
      'K.npy': K,
      'y.npy': y,
      'Kx.npy': array([1, 2], [1, 2]),
      'J.npy': array([2, 3], J),
      'Jx.npy': array([1, 3], Jx),
    });
    const options = ['--steps', '5', '--f0', '0.25', '--f0-test', '-0.5'];
    const fromKernel = qntkJson([...args, '--test-kernel', 'Kx.npy', ...options], folder);
    const fromJacobian = qntkJson(
      ['predict', '--jacobian', 'J.npy', '--test-jacobian', 'Jx.npy', '--labels', 'y.npy', ...options],
      folder,
    );
    const [a, b] = [fromKernel.forecasts[0], fromJacobian.forecasts[0]];
    close(a.train, b.train);
    close(a.test, b.test);
    // At t = ∞: −0.5 + Kx·K⁻¹(y − 0.25).
    const limit = qntkJson([...args, '--test-kernel', 'Kx.npy', '--f0', '0.25', '--f0-test', '-0.5'], folder);
    const [r0, r1] = [0.75, -0.75];
    close(limit.forecasts[0].test, [-0.5 + (2 * r0 - r1 + 2 * (2 * r1 - r0)) / 3]);
  });

  test('test labels: R² and accuracy there, by the definitions', () => {
    const testKernel = array([3, 2], [1, 2, 0.5, -1, -2, 0]);
    const yx = [1, -1, 1];
    fill(folder, { 'K.npy': K, 'y.npy': array([2], [1, -1]), 'Kx.npy': testKernel, 'yx.npy': array([3], yx) });
    const found = qntkJson([...args, '--test-kernel', 'Kx.npy', '--test-labels', 'yx.npy'], folder);
    const [{ test: f, ...scores }] = found.forecasts;
    const squares = yx.reduce((sum, value, i) => sum + (value - f[i]) ** 2, 0);
    // Around their mean 1/3 the labels have the squares 4/9, 16/9, 4/9.
    expect(scores.testR2).toBeCloseTo(1 - squares / (24 / 9), 12);
    expect(scores.testMse).toBeCloseTo(squares / 3, 12);
    expect(scores.testAccuracy).toBe(yx.filter((value, i) => value * f[i] > 0).length / 3);
    expect([scores.trainR2, scores.trainAccuracy]).toEqual([1, 1]);
    const { stdout } = qntk([...args, '--test-kernel', 'Kx.npy', '--test-labels', 'yx.npy'], folder);
    expect(stdout).toMatch(
      /steps +training loss +training MSE +training R² +training accuracy +test MSE +test R² +test accuracy/,
    );
    expect(stdout).toMatch(/test row +label +before/);
  });

  test('scores that are undefined are null, with the reason', () => {
    fill(folder, { 'K.npy': K, 'y.npy': array([2], [1, 1]) });
    const { forecasts, reasons } = qntkJson(args, folder);
    for (const name of ['trainR2', 'trainAccuracy', 'testMse', 'testR2', 'testAccuracy']) {
      expect(forecasts[0][name]).toBeNull();
      expect(reasons[`forecasts.${name}`]).toMatch(/\w/);
    }
  });

  test('names of classes in test labels mean what they mean in training', () => {
    fill(folder, { 'K.npy': K, 'y.csv': 'no\nyes\n', 'yx.csv': 'yes\nyes\n', 'Kx.npy': array([2, 2], [1, 2, 0.5, 1]) });
    const named = [
      'predict',
      '--kernel',
      'K.npy',
      '--labels',
      'y.csv',
      '--test-kernel',
      'Kx.npy',
      '--test-labels',
      'yx.csv',
    ];
    const { forecasts } = qntkJson(named, folder);
    const [{ test: f, testMse }] = forecasts;
    expect(testMse).toBeCloseTo(((1 - f[0]) ** 2 + (1 - f[1]) ** 2) / 2, 12);
    fill(folder, { 'yx.csv': 'yes\nperhaps\n' });
    expect(qntk(named, folder).stderr).toContain('yx.csv: found the class "perhaps", expected one of no, yes');
    fill(folder, { 'y.csv': '1\n-1\n', 'yx.csv': 'yes\nno\n' });
    expect(qntk(named, folder).stderr).toContain('yx.csv: found names of classes, expected numbers');
  });

  test('--out: the document, and the outputs after all steps as arrays', () => {
    fill(folder, { 'K.npy': K, 'y.npy': y, 'Kx.npy': array([1, 2], [1, 2]) });
    const call = [...args, '--test-kernel', 'Kx.npy', '--steps', '0,3,9'];
    const { code, stdout } = qntk([...call, '--out', 'a/p'], folder);
    expect([code, stdout]).toEqual([0, expect.stringContaining('Written to a/p: prediction.json, prediction.npz')]);
    const document = JSON.parse(fs.readFileSync(`${folder}/a/p/prediction.json`, 'utf8'));
    expect(document).toEqual(qntkJson(call, folder));
    const arrays = readNpz(fs.readFileSync(`${folder}/a/p/prediction.npz`), 'p');
    expect([...arrays.get('steps')!.data]).toEqual([0, 3, 9]);
    for (const [part, width] of [
      ['train', 2],
      ['test', 1],
    ] as const) {
      expect(arrays.get(part)!.shape).toEqual([3, width]);
      expect([...arrays.get(part)!.data]).toEqual(
        document.forecasts.flatMap((each: Record<string, number[]>) => each[part]),
      );
    }
    // One file that cannot be written leaves the other as it was.
    fs.rmSync(`${folder}/a/p/prediction.json`);
    fs.mkdirSync(`${folder}/a/p/prediction.json`);
    const before = fs.readFileSync(`${folder}/a/p/prediction.npz`);
    expect(qntk([...args, '--out', 'a/p'], folder).code).toBe(2);
    expect(fs.readFileSync(`${folder}/a/p/prediction.npz`)).toEqual(before);
  });

  test('an archive of one array needs no name, one of text or Parquet neither', () => {
    fill(folder, {
      'K.npz': writeNpz({ arr_0: K }),
      'y.csv': '1\n-0.5\n',
      'J.csv': '1,1,0\n0,1,1\n',
      'Jx.csv': '1,0,2\n',
    });
    close(qntkJson(['predict', '--kernel', 'K.npz', '--labels', 'y.csv'], folder).forecasts[0].train, [1, -0.5]);
    const fromText = qntkJson(
      ['predict', '--jacobian', 'J.csv', '--labels', 'y.csv', '--test-jacobian', 'Jx.csv'],
      folder,
    );
    close(fromText.forecasts[0].train, [1, -0.5]);
    expect(fromText.forecasts[0].test).toHaveLength(1);
  });

  test('several outputs keep their axis', () => {
    fill(folder, { 'J.npy': array([1, 2, 2], [1, 0, 0, 1]), 'y.npy': array([1, 2], [1, -1]) });
    const { outputs, forecasts } = qntkJson(['predict', '--jacobian', 'J.npy', '--labels', 'y.npy'], folder);
    expect(outputs).toBe(2);
    close(forecasts[0].train[0], [1, -1]);
  });

  test('f0 without f0-test is said', () => {
    fill(folder, { 'K.npy': K, 'y.npy': y, 'Kx.npy': array([1, 2], [1, 2]) });
    const { code, stderr } = qntk([...args, '--test-kernel', 'Kx.npy', '--f0', '0.1'], folder);
    expect([code, stderr]).toEqual([0, expect.stringContaining('warning: --f0-test was not given')]);
  });
});

describe('singular kernels', () => {
  test('two equal points: finite, κ is undefined, their mean is learned', () => {
    fill(folder, { 'K.npy': array([2, 2], [1, 1, 1, 1]), 'y.npy': y });
    const found = qntkJson(['predict', '--kernel', 'K.npy', '--labels', 'y.npy'], folder);
    close(found.forecasts[0].train, [0.25, 0.25]);
    expect(found.kappa).toBeNull();
    expect(found.reasons.kappa).toContain('rank 1 of 2');
    expect(found.frozen.residualMse).toBeCloseTo(0.75 ** 2, 12);
  });

  test.each([
    ['kernel', array([2, 2], [0, 0, 0, 0])],
    ['jacobian', array([2, 3], [0, 0, 0, 0, 0, 0])],
  ])('a zero %s: nothing moves, and what is undefined is said', (kind, zeros) => {
    fill(folder, { 'A.npy': zeros, 'y.npy': y });
    const args = ['predict', `--${kind}`, 'A.npy', '--labels', 'y.npy', '--f0', '0.5', '--steps', '0,1000'];
    const found = qntkJson(args, folder);
    for (const forecast of found.forecasts) close(forecast.train, [0.5, 0.5]);
    expect([found.kappa, found.rateLimit]).toEqual([null, null]);
    expect(found.reasons).toMatchObject({ kappa: expect.any(String), rateLimit: expect.any(String) });
    const { stdout } = qntk(args, folder);
    expect(stdout).toContain('κ undefined');
    expect(stdout).not.toMatch(/NaN|Infinity/);
  });
});

describe('bad input', () => {
  const cases: [string, Record<string, NpyArray | Uint8Array | string>, string[], string][] = [
    [
      'not symmetric',
      { 'K.npy': array([2, 2], [2, 1, 1.5, 2]) },
      [],
      'K.npy: not symmetric: found 1.5 at [1, 0] and 1 at [0, 1]',
    ],
    [
      'not positive',
      { 'K.npy': array([2, 2], [1, 2, 2, 1]) },
      [],
      'K.npy: found the least eigenvalue -1.00000, expected a positive semidefinite kernel',
    ],
    [
      'negative',
      { 'K.npy': array([2, 2], [-1, 0, 0, -1]) },
      [],
      'K.npy: found the least eigenvalue -1.00000, expected a positive semidefinite kernel',
    ],
    [
      'not square',
      { 'K.npy': array([2, 3], [1, 2, 3, 4, 5, 6]) },
      [],
      'K.npy: found shape (2, 3), expected a square matrix',
    ],
    [
      'the wrong size',
      { 'K.npy': array([3, 3], [1, 0, 0, 0, 1, 0, 0, 0, 1]) },
      [],
      'K.npy: found shape (3, 3), expected (2, 2), as y.npy has 2 labels',
    ],
    [
      'NaN in the kernel',
      { 'K.npy': array([2, 2], [1, Number.NaN, 0, 1]) },
      [],
      'K.npy: found NaN at [0, 1], expected finite numbers',
    ],
    [
      'an infinite label',
      { 'y.npy': array([2], [1, Infinity]) },
      [],
      'y.npy: found Infinity at [1], expected finite numbers',
    ],
    ['no axis', { 'y.npy': array([], [1]) }, [], 'y.npy: found shape (), expected (M) or (M, outputs)'],
    [
      'no .npy',
      { 'K.npy': 'hello' },
      [],
      'K.npy: found a file that starts with \\x68\\x65\\x6c\\x6c\\x6f, expected a .npy file',
    ],
    [
      'a test kernel of the wrong size',
      { 'Kx.npy': array([1, 3], [1, 2, 3]) },
      ['--test-kernel', 'Kx.npy'],
      'Kx.npy: found shape (1, 3), expected (test points, 2)',
    ],
    [
      'too few outputs',
      { 'f.npy': array([1], [1]) },
      ['--f0', 'f.npy'],
      'f.npy: found shape (1), expected 2 values, one for each row (--f0)',
    ],
    ['an f0 that is nothing', {}, ['--f0', 'abc'], '--f0: found "abc", expected a finite number or a file: .npy, .npz'],
    [
      'an archive without the array',
      { 'k.npz': writeNpz({ J: K }) },
      ['--f0', 'k.npz'],
      'k.npz: found no array f, only J, expected an array of that name; FILE.npz:NAME takes another',
    ],
    [
      'an array that is not there',
      { 'k.npz': writeNpz({ f: y }) },
      ['--f0', 'k.npz:g'],
      'k.npz: found no array g, only f',
    ],
    [
      'a Parquet file without the columns',
      { 'k.parquet': writeParquet([{ name: 'x', data: y.data }], { key: 'k', value: 'v' }) },
      ['--f0', 'k.parquet'],
      'k.parquet: found no column f, only x',
    ],
    [
      'outputs that are not in turn',
      {
        'k.parquet': writeParquet(
          [
            { name: 'f', data: Float64Array.of(1, 2, 3) },
            { name: 'output', data: Int32Array.of(0, 1, 1) },
          ],
          { key: 'k', value: 'v' },
        ),
      },
      ['--f0', 'k.parquet'],
      'k.parquet: row 2 (from 0): column "output": found 1, expected 0 to 2 in turn for every point',
    ],
    ['test labels without test points', {}, ['--test-labels', 'y.npy'], 'found --test-labels without test points'],
    [
      'too many test labels',
      { 'Kx.npy': array([1, 2], [1, 2]) },
      ['--test-kernel', 'Kx.npy', '--test-labels', 'y.npy'],
      'y.npy: found shape (2), expected (1), a label for each test point',
    ],
    [
      'a file of no format',
      { 'k.dat': 'hello' },
      ['--f0', 'k.dat'],
      '--f0: found "k.dat", expected a finite number or a file',
    ],
    ['f0-test without test points', {}, ['--f0-test', '1'], 'found --f0-test without test points'],
    ['both', {}, ['--jacobian', 'K.npy'], 'found both --kernel and --jacobian'],
    ['a test Jacobian with a kernel', {}, ['--test-jacobian', 'K.npy'], 'found --test-jacobian with --kernel'],
    ['a rate above the limit', {}, ['--steps', '1', '--rate', '2'], 'rate: found 2, expected at most 1.33333'],
    ['no file', {}, ['--f0', 'none.npy'], 'none.npy: found no such file (ENOENT), expected a file that can be read'],
  ];
  test.each(cases)('%s', (_, files, args, message) => {
    fill(folder, { 'K.npy': K, 'y.npy': y, ...files });
    const { code, stdout, stderr } = qntk(['predict', '--kernel', 'K.npy', '--labels', 'y.npy', ...args], folder);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });

  test('a dtype that holds no numbers, and a file of the other byte order', () => {
    fill(folder, { 'K.npy': K, 'y.npy': y });
    const bytes = Buffer.from(writeNpy(y));
    const args = ['predict', '--kernel', 'K.npy', '--labels', 'z.npy'];
    fs.writeFileSync(`${folder}/z.npy`, Buffer.from(bytes.toString('latin1').replace("'<f8'", "'<M8'"), 'latin1'));
    expect(qntk(args, folder)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("z.npy: found dtype '<M8' (dates)"),
    });
    const swapped = Buffer.from(bytes.toString('latin1').replace("'<f8'", "'>f8'"), 'latin1');
    swapped.subarray(-16).swap64();
    fs.writeFileSync(`${folder}/z.npy`, swapped);
    close(qntkJson(args, folder).forecasts[0].train, [1, -0.5]);
  });

  test('labels that are text or truth values are two classes, as in a data set', () => {
    fill(folder, { 'K.npy': K });
    const args = ['predict', '--kernel', 'K.npy', '--labels', 'z.npy'];
    const save = (dtype: string, shape: string, ...body: number[]) => {
      const header = `{'descr': '${dtype}', 'fortran_order': False, 'shape': ${shape}, }`;
      const head = Buffer.from(`\x93NUMPY\x01\0${String.fromCharCode(header.length)}\0${header}`, 'latin1');
      fs.writeFileSync(`${folder}/z.npy`, Buffer.concat([head, Buffer.from(body)]));
    };
    save('|b1', '(2,)', 1, 0);
    close(qntkJson(args, folder).forecasts[0].train, [1, -1]);
    save('|S1', '(2,)', 100, 99);
    close(qntkJson(args, folder).forecasts[0].train, [1, -1]);
    // The halves 1 and −0.5, which are numbers.
    save('<f2', '(2,)', 0, 0x3c, 0, 0xb8);
    close(qntkJson(args, folder).forecasts[0].train, [1, -0.5]);
    save('|S1', '(2,)', 100, 100);
    expect(qntk(args, folder).stderr).toContain('z.npy: found 1 class, expected 2 classes, or numbers');
  });

  test('a Jacobian that does not fit its labels', () => {
    fill(folder, { 'J.npy': array([3, 1], [1, 2, 3]), 'Jx.npy': array([1, 2], [1, 2]), 'y.npy': y });
    const args = ['predict', '--jacobian', 'J.npy', '--labels', 'y.npy'];
    expect(qntk(args, folder).stderr).toContain('J.npy: found 3 rows, expected 2, as y.npy has 2 labels');
    fill(folder, { 'J.npy': array([2, 1], [1, 2]) });
    expect(qntk([...args, '--test-jacobian', 'Jx.npy'], folder).stderr).toContain(
      'Jx.npy: found 2 parameters, expected 1',
    );
    fill(folder, { 'J.npy': array([2], [1, 2]) });
    expect(qntk(args, folder).stderr).toContain('J.npy: found shape (2), expected (points, parameters)');
  });
});
