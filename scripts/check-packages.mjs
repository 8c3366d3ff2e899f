// Every package is packed, installed from its tarball alone (with those of the project that it names) in an empty folder, and
// used there: its README's sample, and for the command line a diagnosis of one of its examples.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const temporary = mkdtempSync(join(tmpdir(), 'qntk-packages-'));
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

const manifests = new Map(
  readdirSync(join(root, 'packages')).map((folder) => {
    const manifest = JSON.parse(readFileSync(join(root, 'packages', folder, 'package.json'), 'utf8'));
    return [manifest.name, { folder, ...manifest }];
  }),
);

/** The packages of the project that a package needs when it runs, itself included. */
function needed(name) {
  const inside = Object.keys(manifests.get(name).dependencies ?? {}).filter((other) => manifests.has(other));
  return [...new Set([name, ...inside.flatMap(needed)])];
}

/** Its output goes into the error where it fails. */
const run = (cwd, command, ...args) => execFileSync(command, args, { cwd, encoding: 'utf8', stdio: 'pipe' });

function pack(name) {
  const [{ filename, files }] = JSON.parse(
    run(root, npm, 'pack', '--json', '--silent', '-w', name, '--pack-destination', temporary),
  );
  const listed = files.map(({ path }) => path);
  for (const wanted of ['README.md', 'LICENSE', 'package.json'])
    if (!listed.includes(wanted)) throw new Error(`${name}: ${wanted} is not in the package`);
  const hasCode = files.some(({ path, size }) => /\.m?js$/.test(path) && size > 2048);
  if (hasCode && !listed.some((path) => path.endsWith('.map'))) throw new Error(`${name}: no source maps`);
  return join(temporary, filename);
}

/** The samples of a package's README as modules in `folder`. */
function runSamples(name, folder) {
  const readme = readFileSync(join(root, 'packages', manifests.get(name).folder, 'README.md'), 'utf8');
  for (const [, code] of readme.matchAll(/```ts\n([\s\S]*?)```/g)) {
    writeFileSync(join(folder, 'sample.mjs'), code);
    run(folder, process.execPath, 'sample.mjs');
  }
}

function check(name, tarballs) {
  const folder = join(temporary, `use-${manifests.get(name).folder}`);
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  const files = needed(name).map((other) => tarballs.get(other));
  run(folder, npm, 'install', '--no-audit', '--no-fund', '--prefer-offline', ...files);
  for (const entry of Object.keys(manifests.get(name).exports ?? {}))
    run(folder, process.execPath, '--input-type=module', '-e', `await import('${join(name, entry)}')`);
  runSamples(name, folder);
  if (!manifests.get(name).bin) return;
  const example = join('node_modules', name, 'examples', 'moons.yaml');
  const out = run(
    folder,
    npm,
    'exec',
    '--offline',
    '--',
    'qntk',
    'diagnose',
    example,
    '--seeds',
    '1',
    '--out',
    'report',
  );
  if (out.trim() === '') throw new Error(`${name}: qntk diagnose prints nothing`);
  if (!readdirSync(join(folder, 'report')).includes('report.html')) throw new Error(`${name}: no report is written`);
}

try {
  const tarballs = new Map([...manifests.keys()].map((name) => [name, pack(name)]));
  for (const name of manifests.keys()) {
    check(name, tarballs);
    console.log(`${name} installs from its tarball and works`);
  }
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
