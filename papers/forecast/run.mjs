// node papers/forecast/run.mjs truth lbfgs|adam|slow|descent: computes what is missing of the records of this study.

import { fileURLToPath } from 'node:url';
import { bundled } from '../../scripts/bundled.mjs';

const { main } = await bundled(new URL('src/main.ts', import.meta.url), 'qntk-forecast');
main(process.argv.slice(2), fileURLToPath(new URL('.', import.meta.url)));
