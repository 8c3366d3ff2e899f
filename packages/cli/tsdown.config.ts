import { fileURLToPath } from 'node:url';
import { defineConfig } from 'tsdown';

const packageFile = (path: string) => fileURLToPath(new URL(`../../node_modules/${path}`, import.meta.url));

// Their builds for Node load CommonJS and threads that we do not use, on every start.
const alias = { fflate: packageFile('fflate/esm/browser.js'), yaml: packageFile('yaml/browser/dist/index.js') };

// Everything is bundled: one read per command instead of hundreds of small modules keeps the start short.
export default defineConfig({
  entry: ['src/main.ts', 'src/worker.ts', 'src/task-worker.ts', 'src/paper-worker.ts'],
  platform: 'node',
  dts: false,
  sourcemap: true,
  copy: ['@resvg/resvg-wasm/index_bg.wasm', 'dejavu-fonts-ttf/ttf/DejaVuSans.ttf'].map((path) => ({
    from: packageFile(path),
    to: 'dist',
  })),
  deps: { alwaysBundle: [/.*/], onlyBundle: false },
  inputOptions: { resolve: { alias, conditionNames: ['qntk-source', 'import', 'node', 'default'] } },
});
