import fs from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { array, fill, newFolder, qntk } from './qntk.ts';

let folder: string;
beforeAll(() => {
  folder = newFolder();
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

test.each([
  ['an offset', ['--f0', '1e300'], 'qntk: --f0: found 1e300, expected a size of at most 1e+60\n'],
  [
    'labels',
    ['--labels', 'large.npy'],
    'qntk: large.npy: found 1e+200, expected sizes of at most 1e+60; choose other units\n',
  ],
  [
    'outputs',
    ['--f0', 'large.npy'],
    'qntk: large.npy: found 1e+200, expected sizes of at most 1e+60; choose other units\n',
  ],
  [
    'a kernel',
    ['--kernel', 'K2.npy'],
    'qntk: K2.npy: found 1e+200, expected sizes of at most 1e+120; choose other units\n',
  ],
])('%s that cannot be computed with is refused', (_, more, message) => {
  fill(folder, {
    'K.npy': array([2, 2], [2, 1, 1, 2]),
    'K2.npy': array([2, 2], [1e200, 1, 1, 2]),
    'y.npy': array([2], [1, -1]),
    'large.npy': array([2], [1e200, 0]),
  });
  const { code, stdout, stderr } = qntk(['predict', '--kernel', 'K.npy', '--labels', 'y.npy', ...more], folder);
  expect([code, stdout, stderr]).toEqual([2, '', message]);
});
