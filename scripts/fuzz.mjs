// Hostile calls of whole commands, each in a process of its own: npm run fuzz -- --seed 1 --runs 100 [--only COMMAND].
// The calls are TypeScript (packages/cli/test/fuzz), which Node alone cannot run, and are bundled first.

import { fileURLToPath } from 'node:url';
import { build } from 'tsdown';
import { bundled } from './bundled.mjs';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const { main } = await bundled(new URL('../packages/cli/test/fuzz/main.ts', import.meta.url), 'qntk-fuzz');
await build({ cwd: here('../packages/cli'), logLevel: 'error' });
await main(here('../packages/cli/bin/qntk.js'), process.argv.slice(2));
