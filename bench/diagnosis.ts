import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { random } from '../packages/core/src/random/random.ts';
import type { Case } from './case.ts';
import { runNode } from './process.ts';

const features = 4;

/** Qubits, points (half of them to train on) and layers. */
const sizes = [
  [4, 50, 8],
  [6, 200, 20],
  [6, 500, 40],
  [8, 1000, 20],
  [6, 4000, 10],
] as const;

/** Labels that no small network fits to rounding: a smooth function of four features with noise. */
function table(points: number): string {
  const draw = random(3, points);
  const names = Array.from({ length: features }, (_, k) => `x${k}`);
  const rows = Array.from({ length: points }, () => {
    const x = names.map(() => draw.uniform(-1.5, 1.5));
    const y = 0.6 * Math.sin(2 * x[0]) * Math.cos(x[1]) + 0.2 * x[2] + 0.1 * draw.normal();
    return [...x, y].join(',');
  });
  return [[...names, 'y'].join(','), ...rows].join('\n');
}

/** A SPEC, which is JSON as well as YAML: default forecast, limit and references, three initialisations. */
const specOf = (qubits: number, layers: number) =>
  JSON.stringify({
    data: { source: 'csv', file: 'data.csv', target: 'y', train: 0.5, seed: 1 },
    model: { qubits, encoding: { gate: 'RY', frequency: 'linear' }, ansatz: { kind: 'hea', layers }, observable: 'Z0' },
    initial: { seeds: 3, seed: 7 },
    training: { loss: 'mean', optimizer: 'lbfgs', steps: 300 },
  });

/** Whole diagnoses as fresh processes. */
export const diagnosisCases: readonly Case[] = sizes.map(([qubits, points, layers]) => ({
  name: `diagnosis-${qubits}-${points}-${layers}`,
  prepare() {
    const folder = mkdtempSync(join(tmpdir(), 'qntk-bench-'));
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    writeFileSync(join(folder, 'data.csv'), table(points));
    writeFileSync(join(folder, 'spec.json'), specOf(qubits, layers));
    return () => runNode(['packages/cli/bin/qntk.js', 'diagnose', join(folder, 'spec.json')]);
  },
}));
