// npm run bench: runs bench/main.ts.

import { bundled } from '../scripts/bundled.mjs';

const { main } = await bundled(new URL('main.ts', import.meta.url), 'qntk-bench');
await main(process.argv.slice(2));
