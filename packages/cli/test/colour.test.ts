import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bin, newFolder, root } from './qntk.ts';

let folder: string;
beforeAll(() => {
  folder = newFolder();
  fs.cpSync(path.join(root, 'examples'), path.join(folder, 'examples'), { recursive: true });
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

const control = String.fromCharCode(27);

/** Runs the command, on a terminal of its own or with pipes, in an environment that says nothing else of colour. */
function run(args: string, { terminal = false, env = {} as Record<string, string> } = {}) {
  // Under CI, Node takes every terminal for one without colours.
  const { NO_COLOR: _, FORCE_COLOR: __, CI: ___, ...rest } = process.env;
  const command = `exec "${process.execPath}" "${bin}" ${args}`;
  const [name, ...words] = terminal ? ['script', '-qefc', command, '/dev/null'] : ['bash', '-c', command];
  const { stdout, stderr } = spawnSync(name!, words, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...rest, TERM: 'xterm-256color', ...env },
  });
  return { stdout, stderr };
}

const calls = ['diagnose examples/sinusoid.yaml --seeds 2', 'diagnose --help', 'diagnose none.yaml'];

describe.each(calls)('%s', (args) => {
  test('a terminal gets colour', () => {
    expect(run(args, { terminal: true }).stdout).toContain(`${control}[`);
  });

  test.each([
    ['a pipe', {}],
    ['a terminal with NO_COLOR', { terminal: true, env: { NO_COLOR: '1' } }],
    ['a terminal with FORCE_COLOR=0', { terminal: true, env: { FORCE_COLOR: '0' } }],
  ])('%s gets none', (_, options) => {
    const { stdout, stderr } = run(`${args} --quiet`, options);
    expect(stdout + stderr).not.toContain(`${control}[`);
  });
});

test('FORCE_COLOR paints for a pipe, but never a document', () => {
  const forced = { env: { FORCE_COLOR: '1' } };
  const [diagnosis, , error] = calls;
  expect(run(diagnosis!, forced).stdout).toMatch(new RegExp(`^${control}\\[3[23]m[✓!]`, 'm'));
  expect(run(error!, forced).stderr).toBe(
    `${control}[31mqntk:${control}[39m none.yaml: found no such file (ENOENT), expected a file that can be read\n`,
  );
  expect(run(`${diagnosis} --json`, forced).stdout).not.toContain(control);
});

// Long enough that a second word about progress comes on any machine.
test.each([
  // What steps take is known before the first.
  ['--optimizer adam --steps 20000', / 0\/20000 · \d+ \S+ left/],
  ['--optimizer flow --steps 20000 --tolerance 1e-7', /left/],
])('a terminal gets bars with the time left, --quiet none: train %s', (options, early) => {
  const training = `train examples/sinusoid.yaml ${options}`;
  const { stdout } = run(training, { terminal: true });
  expect(stdout).toMatch(/training .*\d+\/\d+ · \d+ \S+ left/);
  expect(stdout).toMatch(early);
  expect(run(`${training} --quiet`, { terminal: true }).stdout).not.toContain('left');
});
