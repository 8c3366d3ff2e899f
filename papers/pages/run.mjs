// npm run -s papers:pages [-- FOLDER]: the pages of the papers, docs/papers/*.md, and their pictures from the stored analyses of the full runs. FOLDER is
// what `qntk reproduce … --out FOLDER` wrote: its analyses, of full runs and of slices, are stored first.

import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundled } from '../../scripts/bundled.mjs';

const { storeAnalyses, writePages } = await bundled(new URL('main.ts', import.meta.url), 'qntk-pages');
const root = new URL('../..', import.meta.url);
const [folder] = process.argv.slice(2);
if (folder) storeAnalyses(pathToFileURL(`${path.resolve(folder)}/`), root);
await writePages(root);
