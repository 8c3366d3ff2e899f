import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: ['src/index.ts', 'src/folder.ts', 'src/serve.ts', 'src/worker/*.ts'],
  platform: 'neutral',
  dts: true,
  sourcemap: true,
  tsconfig: 'tsconfig.json',
});
