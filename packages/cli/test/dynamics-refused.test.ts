import fs from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newFolder, qntk } from './qntk.ts';

let folder: string;
beforeEach(() => {
  folder = newFolder();
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

describe('refused with a reason', () => {
  const cases: [string, string[], RegExp][] = [
    ['d < m', ['asymptotic', '--d', '3', '--m', '4'], /--m: found 4, expected at most d = 3/],
    ['odd d', ['asymptotic', '--d', '9', '--m', '4'], /--d: found 9.*expected an even dimension/],
    [
      'one value',
      ['asymptotic', '--d', '8', '--m', '2', '--spectrum', '1,1'],
      /--spectrum: found the single eigenvalue 1/,
    ],
    [
      'labels out of all proportion',
      ['asymptotic', '--d', '8', '--m', '2', '--gamma', '1e-9'],
      /--gamma: found a run to t = 2e19, about 2e10 decay times of its fastest direction, expected at most 1e6 /,
    ],
    ['no end', ['finite', '--d', '8', '--m', '2', '--p', '8', '--time', '1e50'], /--time: found a run to t = 1e50/],
    [
      'a readout that cannot be computed with',
      ['bounds', '--d', '8', '--m', '2', '--gamma', '1e60', '--spectrum', '1e5,-1e5'],
      /--gamma: found an eigenvalue of the readout of 1e\+65, expected a size from 1e-60 to 1e60/,
    ],
    [
      'more inputs than memory',
      ['asymptotic', '--d', '2^50', '--m', '2000000'],
      /--m: found 2000000, expected at most 1057/,
    ],
    [
      'more parameters than memory',
      ['finite', '--d', '2', '--m', '1', '--p', '9000000'],
      /--p: found 9000000, expected at/,
    ],
    ['γ = 0', ['asymptotic', '--d', '8', '--m', '2', '--gamma', '0'], /'--gamma <G>' argument '0'.*number above 0/],
    ['γ < 0', ['asymptotic', '--d', '8', '--m', '2', '--gamma', '-1'], /'--gamma <G>' argument '-1'.*number above 0/],
    ['2^60', ['asymptotic', '--d', '2^60', '--m', '2'], /'--d <D>' argument '2\^60'.*from 2 to 2\^50/],
    ['no number', ['asymptotic', '--d', 'many', '--m', '2'], /'--d <D>' argument 'many'.*from 2 to 2\^50/],
    ['half a number', ['asymptotic', '--d', '8', '--m', '2.5'], /'--m <M>' argument '2.5'.*whole number from 1/],
    ['labels', ['asymptotic', '--d', '8', '--m', '2', '--labels', '1,x'], /'--labels <LIST>' argument '1,x'.*commas/],
    ['label count', ['asymptotic', '--d', '8', '--m', '2', '--labels', '1'], /--labels: found 1, expected m = 2/],
    ['no seeds', ['asymptotic', '--d', '8', '--m', '2', '--seeds', '0'], /'--seeds <N>' argument '0'.*from 1/],
    ['no time', ['asymptotic', '--d', '8', '--m', '2', '--time', '0'], /'--time <T>' argument '0'.*above 0/],
    ['p = 0', ['finite', '--d', '8', '--m', '2', '--p', '0'], /'--p <P>' argument '0'.*from 1/],
    ['no p', ['finite', '--d', '8', '--m', '2'], /required option '--p <P>' not specified/],
    [
      'memory',
      ['finite', '--d', '2^50', '--m', '2', '--p', '10'],
      /--d: found 1125899906842624, expected at most 8191, .* p → ∞/,
    ],
    [
      'divergence',
      ['finite', '--d', '8', '--m', '2', '--p', '10', '--rate', '1'],
      /rate: found 1, expected less than .*diverges/,
    ],
    [
      'both',
      ['finite', '--d', '8', '--m', '2', '--p', '9', '--flow', '--steps', '3'],
      /--flow: found with steps or a rate/,
    ],
    [
      'time of descent',
      ['finite', '--d', '8', '--m', '2', '--p', '9', '--time', '3', '--steps', '3'],
      /--time: found with/,
    ],
  ];
  test.each(cases)('%s', (_, args, message) => {
    const { code, stdout, stderr } = qntk(['dynamics', ...args], folder);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });
});
