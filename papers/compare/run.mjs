// npm run -s papers:compare -- tables lbfgs: what the records of this study say; src/main.ts has the other words.

import { fileURLToPath } from 'node:url';
import { bundled } from '../../scripts/bundled.mjs';

const { main } = await bundled(new URL('src/main.ts', import.meta.url), 'qntk-compare');
main(process.argv.slice(2), fileURLToPath(new URL('.', import.meta.url)));
