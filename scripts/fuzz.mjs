// Hostile calls of whole commands, each in a process of its own: npm run fuzz -- --seed 1 --runs 100 [--only COMMAND].
// The calls are TypeScript (packages/cli/test/fuzz), which Node alone cannot run, and are bundled first.

import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'tsdown';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const outDir = here('../node_modules/.cache/qntk-fuzz');
await build({
  config: false,
  entry: [here('../packages/cli/test/fuzz/main.ts')],
  outDir,
  dts: false,
  platform: 'node',
  logLevel: 'error',
  inputOptions: { resolve: { conditionNames: ['qntk-source', 'import', 'node'] } },
  noExternal: [/^@qntk\//],
});
await build({ cwd: here('../packages/cli'), logLevel: 'error' });
const { main } = await import(pathToFileURL(`${outDir}/main.mjs`).href);
await main(here('../packages/cli/bin/qntk.js'), process.argv.slice(2));
