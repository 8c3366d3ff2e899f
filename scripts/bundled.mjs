// TypeScript sources that Node alone does not run, bundled as a user's bundler would.

import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'tsdown';
import { buildKernels } from '../packages/core/scripts/build-kernels.mjs';

/** The module at a file URL; `name` is that of its folder in the cache. */
export async function bundled(entry, name) {
  const outDir = fileURLToPath(new URL(`../node_modules/.cache/${name}`, import.meta.url));
  await buildKernels();
  await build({
    config: false,
    entry: [fileURLToPath(entry)],
    outDir,
    dts: false,
    platform: 'node',
    logLevel: 'error',
    inputOptions: { resolve: { conditionNames: ['qntk-source', 'import', 'node'] } },
    noExternal: [/^@qntk\//],
  });
  return import(pathToFileURL(`${outDir}/main.mjs`).href);
}
