import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { NpyArray } from '@qntk/formats';
import { readNpz, readParquet } from '@qntk/formats';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bin, newFolder, qntk, qntkJson, root } from './qntk.ts';

const recipes = path.join(root, 'examples/recipes');
const python = process.env.QNTK_PYTHON;

/** A copy, so that nothing is written beside the originals. */
let folder: string;
beforeEach(() => {
  folder = path.join(newFolder(), 'recipes');
  fs.cpSync(recipes, folder, { recursive: true });
});
afterEach(() => fs.rmSync(path.dirname(folder), { recursive: true }));

const archive = (file: string): Map<string, NpyArray> => readNpz(fs.readFileSync(file), file);

function expectClose(found: Map<string, NpyArray>, kept: Map<string, NpyArray>, tolerance: number): void {
  expect([...found.keys()]).toEqual([...kept.keys()]);
  for (const [name, { shape, data }] of kept) {
    expect(found.get(name)!.shape).toEqual(shape);
    data.forEach((value, i) => {
      expect(Math.abs(found.get(name)!.data[i]! - value)).toBeLessThan(tolerance * Math.max(1, Math.abs(value)));
    });
  }
}

describe('what Python has written', () => {
  test.each(['qiskit', 'pennylane'])('the circuit of %s has the outputs it has there', (name) => {
    const kept = archive(path.join(recipes, `${name}-outputs.npz`));
    const args = ['kernel', `${name}.yaml`, '--theta', `${name}-outputs.npz`, '--out', 'k.npz'];
    const { code, stderr } = qntk(args, folder);
    expect([code, stderr]).toEqual([0, '']);
    const found = archive(path.join(folder, 'k.npz')).get('f')!;
    expectClose(
      new Map([
        ['theta', kept.get('theta')!],
        ['f', found],
      ]),
      kept,
      1e-12,
    );
  });

  test.each(['points', 'qiskit', 'pennylane', 'states'])('%s.yaml is diagnosed', (name) => {
    const { seeds, verdicts } = qntkJson(['diagnose', `${name}.yaml`], folder);
    expect(seeds).toHaveLength(3);
    expect(verdicts.length).toBeGreaterThan(3);
  });

  test('the Jacobian of JAX is forecast with, and its f0 is where it starts', () => {
    const files = ['--jacobian', 'jax.npz', '--labels', 'jax.npz', '--f0', 'jax.npz'];
    const { forecasts } = qntkJson(['predict', ...files, '--steps', '0,100000'], folder);
    expect(forecasts[0].train).toEqual([...archive(path.join(recipes, 'jax.npz')).get('f')!.data]);
    expect(forecasts[1].trainMse).toBeLessThan(1e-3 * forecasts[0].trainMse);
  });
});

describe('the notebook', () => {
  test('has outputs that are small and name no place on a machine', () => {
    const text = fs.readFileSync(path.join(recipes, 'diagnose.ipynb'), 'utf8');
    expect(text.length).toBeLessThan(10_000);
    expect(text).not.toMatch(/\/(home|root|tmp|Users)\//);
    for (const { cell_type, outputs } of JSON.parse(text).cells)
      if (cell_type === 'code')
        expect(outputs.map((output: { output_type: string }) => output.output_type)).not.toEqual([]);
  });
});

describe('from a table to a verdict', () => {
  const page = fs.readFileSync(path.join(root, 'docs/recipes.md'), 'utf8');
  const pairs = [...page.matchAll(/```sh\nnpx qntk (init [^#\n]*)(?:#.*)?\nnpx qntk (diagnose .*)\n```/g)];

  test.each(pairs.map(([, init, diagnose]) => [init!.trim(), diagnose!]))(
    '%s, %s',
    { timeout: 60_000 },
    (init, diagnose) => {
      fs.cpSync(path.join(root, 'examples/iris.csv'), path.join(folder, '../iris.csv'));
      const made = qntk(init.split(' '), folder);
      expect([made.code, made.stdout.trimEnd().split('\n').at(-1)]).toEqual([0, `npx qntk ${diagnose}`]);
      const { code, stdout } = qntk([...diagnose.split(' '), '--seeds', '2'], folder);
      expect([code, stdout]).toEqual([0, expect.stringMatching(/^[✓·!] It (will )?/m)]);
    },
  );

  test('what the page shows of a SPEC stands in it', () => {
    qntk(['init', 'houses.csv', '--target', 'price'], folder);
    const spec = fs.readFileSync(path.join(folder, 'houses.yaml'), 'utf8');
    const block = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)]
      .map(([, text]) => text!)
      .find((text) => text.includes('# without'));
    for (const line of block!.trimEnd().split('\n')) expect(spec).toContain(`${line}\n`);
  });

  test('houses.csv is what its script makes', () => {
    const copy = path.join(folder, 'copy.csv');
    expect(spawnSync(process.execPath, [path.join(root, 'scripts/make-houses.mjs'), copy]).status).toBe(0);
    expect(fs.readFileSync(copy, 'utf8')).toBe(fs.readFileSync(path.join(recipes, 'houses.csv'), 'utf8'));
  });
});

describe('pages', () => {
  test('every block of Python in docs/recipes.md stands in a recipe', () => {
    const page = fs.readFileSync(path.join(root, 'docs/recipes.md'), 'utf8');
    const names = fs.readdirSync(recipes).filter((name) => /\.(py|ipynb)$/.test(name));
    const sources = names.map((name) => sourceOf(path.join(recipes, name))).join('\n');
    const lines = [...page.matchAll(/```python\n([\s\S]*?)```/g)].flatMap(([, block]) => block!.trim().split('\n'));
    for (const line of lines) expect(sources).toContain(line.trim());
  });
});

/** The code of a script, or of a notebook's cells. */
function sourceOf(file: string): string {
  const text = fs.readFileSync(file, 'utf8');
  if (!file.endsWith('.ipynb')) return text;
  return JSON.parse(text)
    .cells.map(({ source }: { source: string | string[] }) => [source].flat().join(''))
    .join('\n');
}

const skipped = python ? '' : ': skipped, as QNTK_PYTHON names no Python with examples/recipes/requirements.txt';

describe.skipIf(!python)(`run for real${skipped}`, () => {
  /** Runs Python in the copy, where `npx qntk` is the command under test. */
  function run(args: string[]): string {
    const modules = path.join(folder, 'node_modules/.bin');
    fs.mkdirSync(modules, { recursive: true });
    if (!fs.existsSync(path.join(modules, 'qntk'))) fs.symlinkSync(bin, path.join(modules, 'qntk'));
    const { status, stdout, stderr } = spawnSync(python!, args, { cwd: folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(`python ${args.join(' ')}: code ${status}\n${stderr}`);
    return stdout;
  }

  test('the versions are those that are pinned', () => {
    const pinned = fs.readFileSync(path.join(recipes, 'requirements.txt'), 'utf8').trim();
    const names = pinned.split('\n').map((line) => line.split('==')[0]!);
    const code = `import importlib.metadata as m; print("\\n".join(f"{n}=={m.version(n)}" for n in ${JSON.stringify(names)}))`;
    expect(run(['-c', code]).trim()).toBe(pinned);
  });

  /** What each writes that is kept beside it. */
  const scripts: [string, string[]][] = [
    ['pandas_points', ['points.parquet']],
    ['qiskit_circuit', ['qiskit.qasm', 'qiskit-outputs.npz']],
    ['pennylane_circuit', ['pennylane.qasm', 'pennylane-outputs.npz']],
    ['jax_jacobian', ['jax.npz']],
    // A ground state has any sign, so that its file is not the same everywhere.
    ['quantum_states', []],
  ];
  test.each(scripts)('%s.py', { timeout: 120_000 }, (name, files) => {
    for (const file of files) fs.rmSync(path.join(folder, file));
    const said = run([`${name}.py`]);
    expect(said).toMatch(/: True\n$|steps: mean squared error|It will fit/);
    expect(said).not.toContain('False');
    for (const file of files) {
      const [found, kept] = [folder, recipes].map((each) => fs.readFileSync(path.join(each, file))) as [Buffer, Buffer];
      if (file.endsWith('.npz')) expectClose(readNpz(found, file), readNpz(kept, file), 1e-9);
      else if (file.endsWith('.qasm')) expect(found.toString()).toBe(kept.toString());
      else
        for (const column of ['a', 'b'])
          expect(readParquet(found, file).numbers(column)).toEqual(readParquet(kept, file).numbers(column));
    }
  });

  test('pennylane_openqasm.py writes affine angles, and refuses others', () => {
    const code = `
import pennylane as qml
from pennylane_openqasm import to_openqasm

device = qml.device("default.qubit", wires=2)

@qml.qnode(device)
def affine(x, w):
    qml.RX(2 * x + w[0] - 0.5, 0)
    qml.CRZ(w[1] / 3, wires=[0, 1])
    qml.Hadamard(1)
    return qml.expval(qml.Z(0))

@qml.qnode(device)
def product(x, w):
    qml.RX(x, 0)
    qml.RY(x * w, 0)
    return qml.expval(qml.Z(0))

@qml.qnode(device)
def branching(x):
    (qml.RX if x > 1 else qml.RY)(x, 0)
    return qml.expval(qml.Z(0))

print(to_openqasm(affine, range(2), x=(), w=(2,)))
for circuit, shapes in ((product, {"x": (), "w": ()}), (branching, {"x": ()})):
    try:
        to_openqasm(circuit, range(2), **shapes)
    except ValueError as error:
        print(error)
`;
    expect(run(['-c', code])).toBe(
      'OPENQASM 3.0;\ninclude "stdgates.inc";\ninput float x;\ninput float w_0;\ninput float w_1;\nqubit[2] q;\n' +
        'rx(2.0*x + w_0 + -0.5) q[0];\ncrz(0.33333333333333*w_1) q[0],q[1];\nh q[1];\n\n' +
        'an angle of ry on q[0] is not affine in x, w\nthe gates of the circuit depend on its arguments\n',
    );
  });

  test('diagnose.ipynb', { timeout: 120_000 }, () => {
    run([
      '-c',
      'import nbformat, nbclient; b = nbformat.read("diagnose.ipynb", 4); nbclient.NotebookClient(b).execute(); nbformat.write(b, "diagnose.ipynb")',
    ]);
    const texts = (file: string) =>
      JSON.parse(fs.readFileSync(file, 'utf8')).cells.flatMap(
        ({ outputs = [] }: { outputs?: { text?: string | string[] }[] }) =>
          outputs.map(({ text = '' }) => [text].flat().join('')),
      );
    expect(texts(path.join(folder, 'diagnose.ipynb'))).toEqual(texts(path.join(recipes, 'diagnose.ipynb')));
    expect(fs.readFileSync(path.join(folder, 'report/report.html'), 'utf8')).toContain('<svg');
  });
});
