// npm run -s papers:pages: docs/papers/qnn-convergence.md and its pictures from the stored analyses of the full runs.

import { bundled } from '../../scripts/bundled.mjs';

const { writePages } = await bundled(new URL('main.ts', import.meta.url), 'qntk-pages');
await writePages(new URL('../..', import.meta.url));
