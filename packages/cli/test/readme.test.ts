import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { newFolder, qntk, root } from './qntk.ts';

const readme = fs.readFileSync(path.join(root, 'README.md'), 'utf8');
const blocks = (language: string) => [...readme.matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, 'g'))];

test('its SPEC is the example it is taken from', () => {
  const example = fs.readFileSync(path.join(root, 'examples/iris.yaml'), 'utf8');
  expect(parse(blocks('yaml')[0]![1]!)).toEqual(parse(example));
});

test('its output is what the command prints', () => {
  const folder = newFolder();
  const [, command] = /npx qntk (.*)/.exec(blocks('sh')[2]![1]!)!;
  const { code, stdout } = qntk(command!.replace('report', folder).split(' '), root);
  fs.rmSync(folder, { recursive: true });
  expect(code).toBe(0);
  expect(stdout).toContain(blocks('text')[0]![1]!.trim());
});

test('its circuit is drawn as it says', () => {
  const folder = newFolder();
  fs.writeFileSync(path.join(folder, 'circuit.qasm'), blocks('qasm')[0]![1]!);
  const { code, stdout } = qntk(['circuit', 'circuit.qasm'], folder);
  fs.rmSync(folder, { recursive: true });
  expect(code).toBe(0);
  expect(stdout).toBe(blocks('text')[1]![1]!);
});

test('its library example runs', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', blocks('ts')[0]![1]!], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(stdout).toMatch(/^60 true 0\.\d\d \w+/);
});
