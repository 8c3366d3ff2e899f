import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: { index: 'src/index.ts', html: 'src/render.ts', plots: 'src/plots.ts' },
  platform: 'neutral',
  dts: true,
  sourcemap: true,
  tsconfig: 'tsconfig.json',
});
