import { execFileSync } from 'node:child_process';
import { parseObservable } from '../packages/core/src/circuit/observable.ts';
import { diagnose } from '../packages/core/src/diagnose/diagnose.ts';
import { jacobian } from '../packages/core/src/kernel/jacobian.ts';
import { random } from '../packages/core/src/linalg/random.ts';
import { buildModel } from '../packages/core/src/model/build.ts';
import type { Dataset } from '../packages/core/src/model/dataset.ts';
import { bind, createModel } from '../packages/core/src/model/model.ts';
import { modelSchema } from '../packages/core/src/model/schema.ts';
import { wasm } from '../packages/core/src/simulate/wasm.ts';
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
    console.log(`\n| ${title} | ms | peak MiB |\n|---|---|---|`);
    const rows = sizes.map((size) => {
      const row = inProcess(JSON.stringify(shape(size)));
      console.log(`| ${size} | ${row.ms.toPrecision(3)} | ${row.mib.toFixed(0)} |`);
      return { size, ...row };
    });
    // The small half is overhead.
    const a = slope(
      rows.slice(rows.length >> 1).map(({ size, ms }) => [growth === 'power' ? Math.log2(size) : size, Math.log2(ms)]),
    );
    console.log(`\nTime grows like ${growth === 'power' ? `size^${a.toFixed(2)}` : `2^(${a.toFixed(2)}·size)`}.`);
  }
  const { ms, mib } = inProcess('diagnose');
  console.log(
    `\ndiagnose, 60 000 points (half of them unseen) of 8 features, 8 qubits, 96 parameters: ${(ms / 1000).toFixed(1)} s, ${mib.toFixed(0)} MiB`,
  );
}

function inProcess(row: string): Row {
  const script = `import(${JSON.stringify(import.meta.url)}).then(({ main }) => main(['--row', ${JSON.stringify(row)}]))`;
  return JSON.parse(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }));
}

/** Runs one row in this process and prints it. */
export function costRow(row: string): void {
  const ms = row === 'diagnose' ? timeOf(diagnosis()) : warm(jacobianOf(JSON.parse(row)));
  console.log(JSON.stringify({ ms, mib: process.resourceUsage().maxRSS / 1024 }));
}

/** Median of at least three calls behind one that is not counted. */
function warm(work: () => void): number {
  work();
  const times: number[] = [];
  const until = performance.now() + 1000;
  while (times.length < 3 || (performance.now() < until && times.length < 1000)) times.push(timeOf(work));
  return median(times);
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

function diagnosis(): () => void {
  const features = 8;
  const dataset = manyPoints(60_000, features);
  const spec = { qubits: 8, encoding: { gate: 'RY' }, ansatz: { kind: 'hea', layers: 6 }, observable: 'Z0' };
  const model = buildModel(modelSchema.parse(spec), features, wasm);
  return () =>
    JSON.stringify(
      diagnose(model, dataset, {
        seeds: 1,
        seed: 1,
        loss: 'mean',
        optimizer: 'lbfgs',
        steps: 500,
        verify: false,
        source: 'made up',
        description: '',
      }),
    );
}

/** Uniform features, a smooth label of three of them, and every other row unseen. */
function manyPoints(rows: number, features: number): Dataset {
  const draw = random(5);
  const X = Float64Array.from({ length: rows * features }, () => draw.uniform(-1.5, 1.5));
  const label = (i: number) => 0.7 * Math.sin(X[i * features] + X[i * features + 3]) * Math.cos(X[i * features + 5]);
  const half = (first: number) => Int32Array.from({ length: rows / 2 }, (_, k) => 2 * k + first);
  return {
    features: Array.from({ length: features }, (_, k) => `x${k}`),
    X,
    y: Float64Array.from({ length: rows }, (_, i) => label(i)),
    outputs: 1,
    train: half(0),
    test: half(1),
  };
}

/** Least-squares slope. */
function slope(pairs: readonly (readonly number[])[]): number {
  const mean = (part: number) => pairs.reduce((sum, pair) => sum + pair[part], 0) / pairs.length;
  const [x0, y0] = [mean(0), mean(1)];
  const sum = (f: (x: number, y: number) => number) => pairs.reduce((total, [x, y]) => total + f(x - x0, y - y0), 0);
  return sum((x, y) => x * y) / sum((x) => x * x);
}
