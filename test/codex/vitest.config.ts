/** Tests against the real Codex client, which they install on first use. Run by `npm run test:codex`. */

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/codex/**/*.test.ts'],
    globalSetup: ['test/codex/install-client.ts'],
    testTimeout: 120_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
  },
});
