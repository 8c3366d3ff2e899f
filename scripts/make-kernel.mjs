// Writes examples/kernel/*.npy, the arrays K, y and f of examples/sinusoid.yaml; with an argument, into that folder.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = process.argv[2] ?? join(root, 'examples/kernel');
const work = mkdtempSync(join(tmpdir(), 'qntk-'));
try {
  const npz = join(work, 'kernel.npz');
  const command = [
    join(root, 'packages/cli/bin/qntk.js'),
    'kernel',
    join(root, 'examples/sinusoid.yaml'),
    '--out',
    npz,
  ];
  const { status } = spawnSync(process.execPath, command, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`qntk kernel ended with code ${status}`);
  const arrays = unzipSync(readFileSync(npz));
  mkdirSync(folder, { recursive: true });
  for (const name of ['K.npy', 'y.npy', 'f.npy']) writeFileSync(join(folder, name), arrays[name]);
} finally {
  rmSync(work, { recursive: true });
}
