// The types of every package, in an order in which the lowest fails first, with the native compiler of TypeScript 7: ten times faster
// than 6, which the bundler of declarations and the docs still need. Both are named, for both bring a program called tsc.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
for (const project of ['packages/core', 'packages/formats', 'packages/report', 'packages/study', 'packages/cli', '.']) {
  const { status } = spawnSync(process.execPath, ['node_modules/typescript-7/bin/tsc', '-p', project], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(1);
}
