import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { table } from '../src/commands/index.ts';
import { newFolder, qntk, root } from './qntk.ts';

const { commands, groups } = table;

let folder: string;

beforeAll(() => {
  folder = newFolder();
  fs.cpSync(path.join(root, 'examples'), path.join(folder, 'examples'), { recursive: true });
});

afterAll(() => fs.rmSync(folder, { recursive: true }));

/** A folder with the examples, in which nobody has written anything yet. */
function copyOfExamples(): string {
  const copy = path.join(folder, `copy-${fs.readdirSync(folder).length}`);
  fs.cpSync(path.join(folder, 'examples'), path.join(copy, 'examples'), { recursive: true });
  return copy;
}

test('the help names every command with its summary', () => {
  const { code, stdout, stderr } = qntk(['--help'], folder);
  expect([code, stderr]).toEqual([0, '']);
  const words = stdout.replace(/\s+/g, ' ');
  const single = commands.filter(({ name }) => !name.includes(' '));
  for (const { name, summary } of single) expect(words).toMatch(new RegExp(`${name} .*${summary}`));
  for (const [name, summary] of Object.entries(groups)) expect(words).toMatch(new RegExp(`${name} .*${summary}`));
});

test.each(Object.entries(groups))('the help of %s names its commands', (group, summary) => {
  const { code, stdout } = qntk([group, '--help'], folder);
  const words = stdout.replace(/\s+/g, ' ');
  expect([code, words]).toEqual([0, expect.stringContaining(summary)]);
  for (const { name, summary: own } of commands.filter((command) => command.name.startsWith(`${group} `)))
    expect(words).toMatch(new RegExp(`${name.split(' ')[1]} .*${own}`));
  expect(qntk([group], folder)).toMatchObject({ code: 2, stdout: '' });
});

test('--version prints the version of the package', () => {
  const { version } = JSON.parse(fs.readFileSync(path.join(root, 'packages/cli/package.json'), 'utf8'));
  expect(qntk(['--version'], folder)).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});

describe.each(commands)('$name', (command) => {
  test('its help shows the example and every option', () => {
    const { code, stdout } = qntk([...command.name.split(' '), '--help'], folder);
    expect(code).toBe(0);
    expect(stdout).toContain(`npx qntk ${command.example}`);
    for (const { flags } of command.options) expect(stdout).toContain(flags);
  });

  test('the example runs', () => {
    const { code, stdout, stderr } = qntk(command.example.split(' '), copyOfExamples());
    expect([code, stderr]).toEqual([0, expect.stringMatching(/^(qntk: a SPEC is in .*\n)?$/)]);
    expect(stdout).not.toBe('');
    expect(stdout).not.toMatch(/NaN|Infinity|undefined(?! \(|:)/);
  });

  test('the example prints one JSON document with --json', () => {
    const { code, stdout, stderr } = qntk([...command.example.split(' '), '--json'], copyOfExamples());
    expect([code, stderr]).toEqual([0, '']);
    expect(() => JSON.parse(stdout)).not.toThrow();
  });
});

test('usage errors end with code 2 and say what is wrong', () => {
  const cases: [string[], RegExp][] = [
    [['diagnos'], /unknown command 'diagnos'[\s\S]*diagnose/],
    [['diagnose'], /missing required argument 'SPEC'/],
    [['diagnose', 'x.yaml', '--sedes', '3'], /unknown option '--sedes'[\s\S]*--seeds/],
    [['diagnose', 'x.yaml', '--seeds', '0'], /'--seeds <N>' argument '0' is invalid. Expected a whole number from 1/],
    [['diagnose', 'x.yaml', '--tolerance', '-1'], /Expected a number above 0/],
    [['train', 's.yaml', '--optimizer', 'sgd'], /found "sgd", expected one of .*lbfgs/],
    [['kernel', 'x.yaml'], /required option '--out <FILE>' not specified/],
    [['predict', '--kernel', 'K.npy'], /required option '--labels <y.npy>' not specified/],
    [['predict', '--labels', 'y.npy', '--steps', '1,x'], /Expected a whole number from 0/],
  ];
  const spec = fs.readFileSync(path.join(import.meta.dirname, '../../../examples/sinusoid.yaml'));
  fs.writeFileSync(path.join(folder, 's.yaml'), spec);
  for (const [args, message] of cases) {
    const { code, stdout, stderr } = qntk(args, folder);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  }
});
