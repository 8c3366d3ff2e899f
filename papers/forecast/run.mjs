// node papers/forecast/run.mjs truth|forecast|tables|limits …: computes what is missing of the records of this study, or prints
// its tables (src/main.ts).

import { fileURLToPath } from 'node:url';
import { bundled } from '../../scripts/bundled.mjs';

const { main } = await bundled(new URL('src/main.ts', import.meta.url), 'qntk-forecast');
main(process.argv.slice(2), fileURLToPath(new URL('.', import.meta.url)));
