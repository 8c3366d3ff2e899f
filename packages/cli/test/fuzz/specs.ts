import type { Draw } from './draw.ts';
import { anything, numbers, places, texts } from './values.ts';

type Tree = { [key: string]: unknown };

/** SPECs that are right and quick, one a kind of data and of circuit. */
const right: readonly (() => Tree)[] = [
  () => ({ data: { source: 'moons', points: 12, noise: 0.1, train: 0.5, range: [-1.5, 1.5], seed: 1 }, ...named() }),
  () => ({ data: { source: 'sinusoid', points: 8 }, ...named() }),
  () => ({ data: { source: 'tfim', points: 6, sites: 3, field: [-2, 2], coupling: 1, ground: 'exact' }, ...named() }),
  () => ({ data: { source: 'csv', file: 'input.csv', target: 'y', train: 0.5 }, ...named() }),
  () => ({ data: { source: 'npz', file: 'input.npz' }, ...named() }),
  () => ({ data: { source: 'npy', file: 'X.npy', labels: 'y.npy' }, ...named() }),
  () => ({ data: { source: 'parquet', file: 'input.parquet', target: 'y' }, ...named() }),
  () => ({
    data: { source: 'csv', file: 'input.csv', target: 'y' },
    model: { openqasm: 'input.qasm', inputs: ['x0', 'x1'], observable: 'Z0', scale: 1 },
    ...run(),
  }),
];

const named = () => ({
  model: {
    qubits: 2,
    encoding: { gate: 'RY', frequency: 'low', reupload: true },
    ansatz: { kind: 'hea', layers: 2 },
    observable: 'Z0',
    scale: 1,
  },
  ...run(),
});
const run = () => ({
  initial: { seeds: 2, seed: 7, distribution: 'normal', deviation: 0.5 },
  training: { loss: 'mean', optimizer: 'lbfgs', steps: 20 },
});

/** What a key of the SPEC is set to beside anything at all: words and shapes that its schema nearly or truly takes. */
const likely: Record<string, readonly unknown[]> = {
  source: ['csv', 'parquet', 'npz', 'npy', 'moons', 'sinusoid', 'tfim'],
  kind: ['hea', 'hva', 'real-amplitudes', 'efficient-su2', 'basic-entangler', 'angle', 'amplitude', 'zz-feature-map'],
  observable: [
    'mean-Z',
    'Z0*Z1',
    '1e300*Z0',
    '1e-320*Z0',
    'Z99999999999',
    '0*Z0',
    ['Z0', 'Z1'],
    Array(5000).fill('Z0'),
  ],
  optimizer: ['gd', 'adam', 'flow', 'lbfgs'],
  frequency: ['linear', 'high'],
  gate: ['RX', 'RZ'],
  ground: ['vqe'],
  range: [
    [0, 0],
    [1, -1],
    [-1e300, 1e300],
    [0, 1e-320],
    [-1e308, 1.7e308],
  ],
  field: [
    [0, 0],
    [-1e300, 1e300],
    [1e-300, 1e-299],
  ],
  points: [1, 2, 3, 1e5, 1e9, 2 ** 53 - 1],
  qubits: [1, 3, 16, 26, 30, 31, 53, 1000, 1e9],
  layers: [1, 1e4, 1e6, 1e9, 2 ** 53 - 1],
  sites: [2, 16, 17],
  steps: [1, 1e6, 1e12],
  seeds: [1, 1e6, 1e15],
  deviation: [1e300, 1e-300, 1.7e308],
  coupling: [1e300, 1e-300, 1.7e308],
  noise: [1e300, 1e-300, 1.7e308, 1e9],
  scale: [1e300, 1e-300, 5e-324, 1.7e308, 1e154, 1e-160],
  rate: [1e300, 1e-300, 5e-324],
  file: places,
  openqasm: places,
};

/** Every path to a value or a mapping. */
function paths(tree: Tree, before: readonly string[] = []): string[][] {
  return Object.entries(tree).flatMap(([key, value]) => {
    const path = [...before, key];
    const inside = typeof value === 'object' && value !== null && !Array.isArray(value);
    return inside ? [path, ...paths(value as Tree, path)] : [path];
  });
}

/** A right SPEC with one change or two, as text. */
export function hostileSpec(draw: Draw): string {
  const tree = draw.pick(right)();
  for (let changes = 1 + draw.integer(2); changes > 0; changes--) change(tree, draw);
  return written(tree, draw);
}

/** A right SPEC. */
export const rightSpec = (draw: Draw): string => JSON.stringify(draw.pick(right)());

function change(tree: Tree, draw: Draw): void {
  const all = paths(tree);
  const path = draw.pick(all);
  const key = path.at(-1)!;
  const parent = path.slice(0, -1).reduce<Tree>((inside, step) => inside[step] as Tree, tree);
  const choice = draw.integer(10);
  if (choice === 0) delete parent[key];
  else if (choice === 1) parent[draw.pick(texts)] = anything(draw);
  else if (choice === 2) parent[key] = anything(draw);
  else parent[key] = draw.pick<unknown>(likely[key] ?? (typeof parent[key] === 'number' ? numbers : [anything(draw)]));
}

/** JSON, and now and then YAML with what only YAML has, or a text that is damaged. */
function written(tree: Tree, draw: Draw): string {
  const text = JSON.stringify(tree, (_, value) =>
    typeof value === 'number' && !Number.isFinite(value) ? `@${value}@` : value,
  ).replaceAll(/"@(-?)(NaN|Infinity)@"/g, (_, sign, word) => `${sign}.${word === 'NaN' ? 'nan' : 'inf'}`);
  return draw.pick<() => string>([
    () => text,
    () => text,
    () => text,
    () => text,
    () => text,
    () => text,
    () => text.replace('{', '{ "again": 1, "again": 2, '),
    () => `${'a: &a [1]\n'}b: [${'*a,'.repeat(50)}]\n`,
    () =>
      `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefgh'].map((c, k) => `${c}: &${c} [${`*${'abcdefgh'[k]},`.repeat(9)}]`).join('\n')}\n`,
    // What only some readers of YAML know, or take for something else.
    () => `shared: &m {qubits: 2}\nmodel: {<<: *m}\n${text.slice(1, -1).replace(/"model":/, '"other":')}`,
    () => `data: &d [*d, {again: *d}]\n`,
    () => text.replace('"points":', '"seed": *later, "points": &later '),
    () => `\ufeff${text}`,
    () => text.replaceAll(',', ',\r'),
    () => `data:\n\t${text}`,
    () => `%YAML 1.1\n---\n${text}\n...\n`,
    () => `? ${text}\n: 1\n`,
    () => text.replaceAll(',', ' '),
    () => `${'['.repeat(10_000)}${']'.repeat(10_000)}`,
    () => `{${Array.from({ length: 100_000 }, (_, k) => `"k${k}": ${k}`).join(',\n')}}`,
    () => text.slice(0, draw.integer(text.length)),
    () => `${text}\n---\n${text}`,
    () => `!!js/function ${text}`,
    () => text.replace(draw.pick([...text]), draw.pick(texts)),
  ])();
}
