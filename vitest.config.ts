import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['qntk-source'] },
  ssr: { resolve: { conditions: ['qntk-source'] } },
  test: {
    globalSetup: ['packages/core/scripts/build-kernels.mjs', 'packages/cli/test/build.ts'],
    include: ['packages/*/test/**/*.test.ts', 'papers/*/test/**/*.test.ts', 'papers/test/*.test.ts'],
    testTimeout: 30_000,
  },
});
