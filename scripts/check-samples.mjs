// Every block of TypeScript in the README files and in docs/ is compiled as a user would, strictly and against the built
// packages, and run. Text after "ts" in the fence, such as "ts excerpt", takes a block out.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'build/samples');

const pages = [
  'README.md',
  ...readdirSync(join(root, 'docs')).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])),
  ...readdirSync(join(root, 'packages')).map((name) => `packages/${name}/README.md`),
];

/** Blocks of a page, each with a name that says where it is from. */
function samplesOf(page) {
  const text = readFileSync(join(root, page), 'utf8');
  return [...text.matchAll(/```(?:ts|js)\n([\s\S]*?)```/g)].map(({ 1: code, index }) => {
    const line = text.slice(0, index).split('\n').length;
    return { name: `${page.replaceAll('/', '-').replace('.md', '')}-${line}.ts`, code };
  });
}

function run(args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  if (status === 0) return;
  console.error(stdout + stderr);
  process.exit(1);
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const samples = pages.flatMap(samplesOf);
for (const { name, code } of samples) writeFileSync(join(folder, name), `${code}export {};\n`);
writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
const compilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  target: 'ES2023',
  lib: ['ES2023', 'DOM'],
  types: [],
  module: 'nodenext',
  outDir: 'out',
  rootDir: '.',
};
writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
run([join(root, 'node_modules/typescript-7/bin/tsc'), '-p', '.']);
for (const { name } of samples) run([join('out', name.replace('.ts', '.js'))]);
console.log(`${samples.length} samples compile and run`);
