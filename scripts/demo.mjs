// npm run demo: installs what is missing, diagnoses a real data set, prints the verdict and where the report is.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const report = 'demo-report';

/** Runs to its end; a failure ends this script with the same code. */
function run(command, args, stdio) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

/** What npm prints is shown only where it fails. */
function npm(what, ...args) {
  console.error(`${what}, which takes about a minute …`);
  const command = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { status, error, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8' });
  if (error) throw error;
  if (status === 0) return;
  console.error(stdout + stderr);
  process.exit(status ?? 1);
}

if (!existsSync(join(root, 'node_modules'))) npm('Installing and building', 'ci');
else if (!existsSync(join(root, 'packages/cli/dist/main.mjs'))) npm('Building', 'run', 'build');

console.error('Fisher’s iris on 4 qubits: qntk diagnose examples/iris.yaml');
run(
  process.execPath,
  ['packages/cli/bin/qntk.js', 'diagnose', 'examples/iris.yaml', '--verify', '--out', report],
  'inherit',
);
console.log(`\nOpen ${join(root, report, 'report.html')} in a browser.`);
