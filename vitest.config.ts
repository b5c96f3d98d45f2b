/** Tests that need nothing but this repository. The real client has its own configuration in test/codex. */

import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Properties run hundreds of cases: on a busy machine that takes longer than a hang should.
    testTimeout: 60_000,
    // Most of them wait for programs that they start.
    maxWorkers: '100%',
    globalSetup: ['test/build-programs.ts'],
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, 'test/codex/**'],
  },
});
