// Bundles bench/main.ts as a user's bundler would and runs it: Node alone cannot run the TypeScript sources.

import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'tsdown';
import { buildKernels } from '../packages/core/scripts/build-kernels.mjs';

const outDir = fileURLToPath(new URL('../node_modules/.cache/qntk-bench', import.meta.url));
await buildKernels();
await build({
  config: false,
  entry: [fileURLToPath(new URL('main.ts', import.meta.url))],
  outDir,
  dts: false,
  platform: 'node',
  logLevel: 'error',
  inputOptions: { resolve: { conditionNames: ['qntk-source', 'import', 'node'] } },
  noExternal: [/^@qntk\//],
});
const { main } = await import(pathToFileURL(`${outDir}/main.mjs`).href);
await main(process.argv.slice(2));
