// Before a package is packed: what it shares with the whole repository is put beside its package.json, and the licences of
// what is bundled into it.
import { cpSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { files } = JSON.parse(readFileSync('package.json', 'utf8'));

checkBuild();
cpSync(join(root, 'LICENSE'), 'LICENSE');
if (files.includes('examples')) cpSync(join(root, 'examples'), 'examples', { recursive: true });
if (files.includes('THIRD-PARTY-LICENSES.txt')) writeFileSync('THIRD-PARTY-LICENSES.txt', licences('dist'));

/** What is packed is what was built: throws where a source is newer. */
function checkBuild() {
  const newest = (folder) =>
    Math.max(...readdirSync(folder, { recursive: true }).map((name) => statSync(join(folder, name)).mtimeMs));
  if (newest('src') > newest('dist'))
    throw new Error(`${process.cwd()}: sources are newer than dist; run npm run build`);
}

/** Name, version and licence of every package whose files the source maps of `folder` name. */
function licences(folder) {
  const maps = readdirSync(folder).filter((name) => name.endsWith('.map'));
  const sources = maps.flatMap((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')).sources);
  const folders = sources.flatMap((source) => /node_modules\/(?:@[^/]+\/)?[^/]+/g.exec(source)?.[0] ?? []);
  // The font of pictures is a file, not a module.
  return [...new Set([...folders, 'node_modules/dejavu-fonts-ttf'])]
    .sort()
    .map(licence)
    .join(`\n${'-'.repeat(80)}\n\n`);
}

function licence(folder) {
  const place = [root, process.cwd()].map((base) => join(base, folder)).find((path) => existsSync(path));
  const { name, version, license } = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8'));
  const file = readdirSync(place).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? readFileSync(join(place, file), 'utf8') : `${license}\n`;
  return `${name} ${version} (${license})\n\n${text}`;
}
