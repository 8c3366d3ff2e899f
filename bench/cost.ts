import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseObservable } from '../packages/core/src/circuit/observable.ts';
import { jacobian } from '../packages/core/src/kernel/jacobian.ts';
import { bind, createModel } from '../packages/core/src/model/model.ts';
import { random } from '../packages/core/src/random/random.ts';
import { wasm } from '../packages/core/src/simulate/wasm/engine.ts';
import { layeredCircuit } from './circuits.ts';
import { median, timeOf } from './timing.ts';

/** How the Jacobian of the mean of all Z, which has no light cone, grows with one size while the others stay. */
interface Table {
  readonly title: string;
  readonly sizes: readonly number[];
  readonly shape: (size: number) => Shape;
  /** What the fit is against: time ∝ size^a, or time ∝ 2^(a·size). */
  readonly growth: 'power' | 'exponential';
}

interface Shape {
  readonly qubits: number;
  readonly layers: number;
  readonly points: number;
}

interface Row {
  readonly ms: number;
  /** Processor time of all threads: what a busy machine leaves comparable. */
  readonly cpuMs: number;
  /** Peak resident memory of the process. */
  readonly mib: number;
}

const tables: readonly Table[] = [
  {
    title: 'qubits, 4 layers, 4 points',
    sizes: [4, 6, 8, 10, 12, 14, 16, 18, 20, 22],
    shape: (qubits) => ({ qubits, layers: 4, points: 4 }),
    growth: 'exponential',
  },
  {
    title: 'points, 6 qubits, 10 layers (120 parameters)',
    sizes: [1, 10, 100, 1000, 10_000, 100_000],
    shape: (points) => ({ qubits: 6, layers: 10, points }),
    growth: 'power',
  },
  {
    title: 'parameters, 6 qubits, 10 points',
    sizes: [12, 120, 600, 1200, 6000, 10_008],
    shape: (parameters) => ({ qubits: 6, layers: parameters / 12, points: 10 }),
    growth: 'power',
  },
];

/** Prints the tables. Every row is a process of its own, as peak memory is one of the process. */
export function costTables(): void {
  for (const { title, sizes, shape, growth } of tables) {
    console.log(`\n| ${title} | ms | processor ms | peak MiB |\n|---|---|---|---|`);
    const rows = sizes.map((size) => {
      const row = inProcess(JSON.stringify(shape(size)));
      console.log(`| ${size} | ${row.ms.toPrecision(3)} | ${row.cpuMs.toPrecision(3)} | ${row.mib.toFixed(0)} |`);
      return { size, ...row };
    });
    // The small half is overhead.
    const a = slope(
      rows
        .slice(rows.length >> 1)
        .map(({ size, cpuMs }) => [growth === 'power' ? Math.log2(size) : size, Math.log2(cpuMs)]),
    );
    console.log(
      `\nProcessor time grows like ${growth === 'power' ? `size^${a.toFixed(2)}` : `2^(${a.toFixed(2)}·size)`}.`,
    );
  }
  diagnoseTable();
}

function inProcess(row: string): Row {
  const script = `import(${JSON.stringify(import.meta.url)}).then(({ main }) => main(['--row', ${JSON.stringify(row)}]))`;
  return JSON.parse(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }));
}

/** Runs one row in this process and prints it. */
export function costRow(row: string): void {
  console.log(JSON.stringify({ ...warm(jacobianOf(JSON.parse(row))), mib: process.resourceUsage().maxRSS / 1024 }));
}

/** Median of at least three calls behind a warm-up. */
function warm(work: () => void): Omit<Row, 'mib'> {
  const warmUntil = performance.now() + 300;
  do work();
  while (performance.now() < warmUntil);
  const times: number[] = [];
  const before = process.cpuUsage();
  const until = performance.now() + 1000;
  while (times.length < 3 || performance.now() < until) times.push(timeOf(work));
  const { user, system } = process.cpuUsage(before);
  return { ms: median(times), cpuMs: (user + system) / 1000 / times.length };
}

function jacobianOf({ qubits, layers, points }: Shape): () => void {
  const draw = random(1);
  const model = createModel(layeredCircuit(qubits, layers), [parseObservable('mean-Z', qubits)], 1, wasm);
  const inputs = bind(
    model,
    Float64Array.from({ length: points }, () => draw.uniform(-1, 1)),
  );
  const theta = Float64Array.from({ length: model.parameters }, () => draw.uniform(0, 2 * Math.PI));
  return () => jacobian(model, theta, inputs);
}

/** Whole runs of the command, as it is built, from a table to the written report: 8 features, 8 qubits, 96 parameters. */
const diagnoses = [
  { points: 60, train: 0.5 },
  { points: 600, train: 0.5 },
  { points: 6000, train: 0.5 },
  { points: 60_000, train: 0.5 },
  { points: 60_000, train: 1 },
];

function diagnoseTable(): void {
  console.log('\n| diagnose: points, share to train on | s | processor s | peak MiB |\n|---|---|---|---|');
  for (const { points, train } of diagnoses) {
    const folder = mkdtempSync(path.join(tmpdir(), 'qntk-bench-'));
    try {
      writeProblem(folder, points, train);
      const spec = path.join(folder, 'spec.yaml');
      const { output } = spawnSync(process.execPath, ['-e', measured, spec], {
        encoding: 'utf8',
        stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
      });
      const { ms, cpuMs, mib } = JSON.parse(output[3] as string) as Row;
      console.log(
        `| ${points}, ${train} | ${(ms / 1000).toFixed(2)} | ${(cpuMs / 1000).toFixed(2)} | ${mib.toFixed(0)} |`,
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
}
/** The command in this process, whose time and peak memory go to file descriptor 3. */
const measured = `
const { writeSync } = require('node:fs');
const spec = process.argv[1];
process.argv = [process.argv[0], 'diagnose', spec, '--out', spec + '.report'];
process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  const mib = process.resourceUsage().maxRSS / 1024;
  writeSync(3, JSON.stringify({ ms: performance.now(), cpuMs: (user + system) / 1000, mib }));
});
import('./packages/cli/dist/main.mjs');
`;

/** A SPEC and its table: uniform features, a smooth label of three of them. */
function writeProblem(folder: string, points: number, train: number): void {
  const draw = random(5);
  const rows = Array.from({ length: points }, () => {
    const x = Array.from({ length: 8 }, () => draw.uniform(-1.5, 1.5));
    return [...x, 0.7 * Math.sin(x[0] + x[3]) * Math.cos(x[5])].join(',');
  });
  writeFileSync(path.join(folder, 'points.csv'), ['x0,x1,x2,x3,x4,x5,x6,x7,label', ...rows, ''].join('\n'));
  writeFileSync(
    path.join(folder, 'spec.yaml'),
    `data: {source: csv, file: points.csv, target: label, train: ${train}, seed: 1}
model: {qubits: 8, encoding: {gate: RY}, ansatz: {kind: hea, layers: 6}, observable: Z0}
initial: {seeds: 1, seed: 1}
training: {loss: mean, steps: 500}
`,
  );
}

/** Least-squares slope. */
function slope(pairs: readonly (readonly number[])[]): number {
  const mean = (part: number) => pairs.reduce((sum, pair) => sum + pair[part], 0) / pairs.length;
  const [x0, y0] = [mean(0), mean(1)];
  const sum = (f: (x: number, y: number) => number) => pairs.reduce((total, [x, y]) => total + f(x - x0, y - y0), 0);
  return sum((x, y) => x * y) / sum((x) => x * x);
}
