// npm run -s papers -- [NAME…]: the tables of docs/experiments.md and docs/convergence.md, computed anew; all of them
// without a name. The studies are TypeScript, which Node alone does not run: they are bundled as a user would.

import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'tsdown';
import { buildKernels } from '../packages/core/scripts/build-kernels.mjs';

const outDir = fileURLToPath(new URL('../node_modules/.cache/qntk-papers', import.meta.url));
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
main(process.argv.slice(2), fileURLToPath(new URL('../docs/', import.meta.url)));
