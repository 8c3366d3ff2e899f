// Compiles assembly/*.ts and writes the module, as text, to src/wasm/kernels.generated.ts, so that it is part of any
// bundle and is never fetched. Runs before builds and tests; does nothing while sources are older than its output.

import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import asc from 'assemblyscript/asc';

const core = fileURLToPath(new URL('..', import.meta.url));
const output = join(core, 'src/wasm/kernels.generated.ts');

/** Compiles where needed; the size of the module in bytes, or undefined where nothing was to do. */
export async function buildKernels() {
  if (isFresh()) return undefined;
  const binary = await compile();
  const base64 = Buffer.from(binary).toString('base64');
  const head = `// Generated from assembly/ by scripts/build-kernels.mjs. ${binary.length} bytes of WebAssembly.`;
  const flag = `// The byte that says whether the memory is shared between threads.\nexport const sharedFlag = ${flagOf(binary)};`;
  writeFileSync(output, `${head}\nexport const kernels =\n  '${base64}';\n${flag}\n`);
  return binary.length;
}

function isFresh() {
  const sources = readdirSync(join(core, 'assembly')).map((name) => join(core, 'assembly', name));
  sources.push(join(core, 'src/wasm/codes.ts'));
  const written = statSync(output, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return [fileURLToPath(import.meta.url), ...sources].every((source) => statSync(source).mtimeMs < written);
}

/** The flags of the imported memory follow its name and kind. */
function flagOf(binary) {
  const entry = Buffer.from('\x03env\x06memory\x02');
  const at = Buffer.from(binary).indexOf(entry);
  if (at < 0) throw new Error('the kernels import no memory');
  return at + entry.length;
}

async function compile() {
  let binary;
  const memory = ['--importMemory', '--maximumMemory', '65536'];
  const options = [...memory, '-O3', '--runtime', 'stub', '--enable', 'simd', '--noAssert', '--disableWarning', '112'];
  const { error, stderr } = await asc.main(
    ['index.ts', '--baseDir', join(core, 'assembly'), '--outFile', 'kernels.wasm', ...options],
    {
      writeFile(name, contents) {
        if (name === 'kernels.wasm') binary = contents;
      },
    },
  );
  if (error) throw new Error(`${stderr}`, { cause: error });
  return binary;
}

/** Called by vitest before any test. */
export default async function setup() {
  await buildKernels();
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const size = await buildKernels();
  console.error(size === undefined ? 'kernels: up to date' : `kernels: ${(size / 1024).toFixed(1)} KiB of WebAssembly`);
}
