import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['qntk-source'] },
  ssr: { resolve: { conditions: ['qntk-source'] } },
  test: { include: ['packages/*/test/**/*.test.ts'], testTimeout: 30_000 },
});
