import { defineConfig } from 'vitest/config';

const resolve = { conditions: ['qntk-source'] };
const shared = {
  resolve,
  ssr: { resolve },
};
const testTimeout = 30_000;

export default defineConfig({
  test: {
    // One less by default, which on two processors leaves one idle.
    maxWorkers: '100%',
    globalSetup: ['packages/core/scripts/build-kernels.mjs', 'packages/cli/test/build.ts'],
    projects: [
      {
        ...shared,
        test: {
          name: 'pure',
          // Nothing here changes what others see, so that files of a process may share the modules they import: loading these takes
          // as long as the tests.
          isolate: false,
          include: [
            'packages/{core,report,study}/test/**/*.test.ts',
            'papers/*/test/**/*.test.ts',
            'papers/test/*.test.ts',
          ],
          testTimeout,
        },
      },
      {
        ...shared,
        test: { name: 'edge', include: ['packages/{formats,cli}/test/**/*.test.ts'], testTimeout },
      },
    ],
  },
});
