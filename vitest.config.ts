import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{functions,lib,infra,tests}/**/*.test.ts'],
    globalSetup: ['tests/support/engines.ts'],
    sequence: { shuffle: true },
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
