// npm run -s papers:contradictions -- train|diagnose|table …: computes what is missing of the records of this study, or prints its table.

import { fileURLToPath } from 'node:url';
import { bundled } from '../../scripts/bundled.mjs';

const { main } = await bundled(new URL('src/main.ts', import.meta.url), 'qntk-contradictions');
main(process.argv.slice(2), fileURLToPath(new URL('.', import.meta.url)));
