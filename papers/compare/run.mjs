// node papers/compare/run.mjs rungs lbfgs|adam [HALF]: computes what is missing of the records of this study; tables prints them.

import { fileURLToPath } from 'node:url';
import { bundled } from '../../scripts/bundled.mjs';

const { main } = await bundled(new URL('src/main.ts', import.meta.url), 'qntk-compare');
main(process.argv.slice(2), fileURLToPath(new URL('.', import.meta.url)));
