// npm run -s papers -- [NAME…]: the tables of docs/experiments.md, computed anew; all of them without a name.

import { bundled } from '../scripts/bundled.mjs';

const { main } = await bundled(new URL('main.ts', import.meta.url), 'qntk-papers');
main(process.argv.slice(2));
