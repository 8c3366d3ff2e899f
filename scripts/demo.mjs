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

// Output of the installation is no data: it goes to stderr.
const npm = (...args) => run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, ['ignore', 2, 2]);

if (!existsSync(join(root, 'node_modules'))) npm('ci');
else if (!existsSync(join(root, 'packages/cli/dist/main.mjs'))) npm('run', 'build');

console.error('Fisher’s iris on 4 qubits: qntk diagnose examples/iris.yaml');
run(
  process.execPath,
  ['packages/cli/bin/qntk.js', 'diagnose', 'examples/iris.yaml', '--verify', '--out', report],
  'inherit',
);
console.log(`\nOpen ${join(root, report, 'report.html')} in a browser.`);
