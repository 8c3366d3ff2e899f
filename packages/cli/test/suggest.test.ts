import fs from 'node:fs';
import path from 'node:path';
import { parseSpec } from '@qntk/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { qntk as call, fill, newFolder } from './qntk.ts';

let folder: string;
beforeAll(() => {
  folder = newFolder();
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

const qntk = (...args: string[]) => call(['suggest', ...args], folder);
const file = (name: string) => fs.readFileSync(path.join(folder, name), 'utf8');

/** A table of numbers that look random, the same on every run. */
const csv = (rows: number, features: number, label: (row: number) => string | number) => {
  const names = Array.from({ length: features }, (_, c) => `x${c}`);
  const lines = Array.from({ length: rows }, (_, row) =>
    [...names.map((_, c) => Math.sin(1 + 3.7 * row + 11.3 * c).toFixed(6)), label(row)].join(','),
  );
  return `${[...names, 'y'].join(',')}\n${lines.join('\n')}\n`;
};

describe('qntk suggest', () => {
  test('writes the SPEC of the best of its models, with those that came next, and says what to do with it', () => {
    fill(folder, { 'a.csv': csv(40, 2, (row) => (Math.sin(1 + 3.7 * row) > 0 ? 'up' : 'down')) });
    const { code, stdout, stderr } = qntk('a.csv', '--target', 'y', '--budget', '0.1');
    expect([code, stderr]).toEqual([0, 'qntk: a SPEC is in a.yaml: look at it, then run the next command\n']);
    expect(stdout).toContain('Take ');
    expect(stdout).toContain('The budget was spent before all could be judged: this is the best so far.');
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('npx qntk diagnose a.yaml --verify');
    const text = file('a.yaml');
    expect(text).toMatch(
      /^# Made by: qntk suggest a\.csv --target y --budget 0\.1\n# The best of (\d+ that were judged of )?240 models(; next to it)?$/m,
    );
    const { model, initial } = parseSpec(parse(text));
    expect(model).toMatchObject({ qubits: 4, observable: 'Z0' });
    expect(initial.seeds).toBe(5);
    expect(stdout).toContain(`ansatz ${'ansatz' in model ? model.ansatz.kind : ''}`);
  });

  test('--json has the comparison, whose winner is the SPEC', () => {
    fill(folder, { 'r.csv': csv(40, 9, (row) => 20 + Math.cos(row)) });
    const { code, stdout, stderr } = qntk('r.csv', '--out', 'w.yaml', '--budget', '0.1', '--json');
    expect([code, stderr]).toEqual([0, '']);
    const { schema, file: written, spec, target, next, comparison } = JSON.parse(stdout);
    expect({ schema, written, next, target: target.name }).toEqual({
      schema: 'qntk/suggest/1',
      written: 'w.yaml',
      next: 'npx qntk diagnose w.yaml --verify',
      target: 'y',
    });
    expect(spec).toEqual(parse(file('w.yaml')));
    // Nine features are too many for a qubit each.
    expect(spec.data).toMatchObject({ components: 8, labels: 'standardize' });
    const [first] = comparison.candidates;
    expect(comparison.winner.name).toBe(first.name);
    expect(first.values).toMatchObject({
      'model.encoding': spec.model.encoding,
      'model.ansatz.kind': spec.model.ansatz.kind,
      'model.ansatz.layers': spec.model.ansatz.layers,
      'model.scale': spec.model.scale,
    });
  });

  test.each<[string, string, string[], string]>([
    ['no such column', csv(20, 2, (row) => row % 2), ['--target', 'Y'], '--target: found "Y", which is no column'],
    ['one class', csv(20, 2, () => 'a'), ['--target', 'y'], 'column "y": found the same label in every row'],
    ['three rows', csv(4, 2, (row) => row / 7), ['--target', 'y'], 'found 3 training rows, expected at least 4'],
    ['no data', '', [], 'd.csv: found an empty file'],
    [
      'a file in the place of the SPEC',
      csv(20, 2, (row) => row % 2),
      ['--out', 'd.csv'],
      'd.csv: found a file of that',
    ],
  ])('%s', (_, text, args, message) => {
    fill(folder, { 'd.csv': text });
    const { code, stdout, stderr } = qntk('d.csv', ...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(fs.existsSync(path.join(folder, 'd.yaml'))).toBe(false);
  });
});
