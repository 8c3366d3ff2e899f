import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'tsdown';

const cli = fileURLToPath(new URL('..', import.meta.url));
const sources = [
  'src',
  'tsdown.config.ts',
  '../core/src',
  '../formats/src',
  '../report/src',
  '../study/src',
  '../../papers',
].map((name) => path.join(cli, name));

/** Called by vitest before any test: the tests of the command run what users run, so it has to be up to date. */
export default async function setup(): Promise<void> {
  const built = statSync(path.join(cli, 'dist/main.mjs'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (Math.max(...sources.map(newest)) < built) return;
  await build({ cwd: cli, logLevel: 'error' });
}

function newest(file: string): number {
  const stats = statSync(file);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(...readdirSync(file).map((name) => newest(path.join(file, name))));
}
