import { defineConfig } from 'tsdown';

// Everything is bundled: one read per command instead of hundreds of small modules keeps the start short.
export default defineConfig({
  entry: ['src/main.ts', 'src/worker.ts', 'src/task-worker.ts'],
  platform: 'node',
  dts: false,
  sourcemap: true,
  deps: { alwaysBundle: [/.*/], onlyBundle: false },
  inputOptions: { resolve: { conditionNames: ['qntk-source', 'import', 'node', 'default'] } },
});
