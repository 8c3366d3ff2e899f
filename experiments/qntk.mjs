// Runs the command line as a user would: a SPEC in a file, one JSON document back.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../packages/cli/bin/qntk.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'qntk-experiments-'));

/** Writes a file into the experiments' folder and returns its path. */
function file(name, content) {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** `qntk COMMAND …args --json`, parsed. JSON is YAML, so that a SPEC is written as it is. */
export function qntk(command, spec, ...args) {
  const positional = spec ? [file('spec.yaml', JSON.stringify(spec))] : [];
  const out = execFileSync(
    process.execPath,
    [program, ...command.split(' '), ...positional, ...args, '--json', '--quiet'],
    {
      maxBuffer: 2 ** 30,
    },
  );
  return JSON.parse(out.toString());
}

/** Theory 2b's problem: 20 TFIM points, half for training, inputs in [−π/2, π/2]. */
export function tfim({ kind, frequency, layers = 10, scale = 1, seed = 7, seeds = 1, training = {} }) {
  return {
    data: { source: 'tfim', train: 0.5, range: [-Math.PI / 2, Math.PI / 2], seed: 1 },
    model: { qubits: 6, encoding: { gate: 'RY', frequency }, ansatz: { kind, layers }, observable: 'Z0', scale },
    initial: { seeds, seed },
    training: { loss: 'mean', optimizer: 'lbfgs', steps: 500, ...training },
  };
}

/** Theory 2c's problem: 6 points y = a·sin 2x, all for training. */
export function sine({ amplitude, frequency, layers, scale, seed, seeds = 1, training = {} }) {
  const xs = Array.from({ length: 6 }, (_, i) => -Math.PI / 2 + (Math.PI * (i + 0.5)) / 6);
  const rows = xs.map((x) => `${x},${amplitude * Math.sin(2 * x)}`);
  return {
    data: { source: 'csv', file: file('sine.csv', `x,y\n${rows.join('\n')}\n`), target: 'y', train: 1 },
    model: { qubits: 6, encoding: { gate: 'RY', frequency }, ansatz: { kind: 'hea', layers }, observable: 'Z0', scale },
    initial: { seeds, seed },
    training: { loss: 'mean', optimizer: 'gd', steps: 500, ...training },
  };
}

export const digits = (value, n = 2) =>
  value === null || value === undefined ? '–' : Number(value.toPrecision(n)).toString();

/** A Markdown table. */
export function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
