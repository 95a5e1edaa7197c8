import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{functions,lib,infra,tests}/**/*.test.ts'],
    globalSetup: ['tests/support/engines.ts'],
    sequence: { shuffle: true },
    // A worker keeps what it has loaded for the next file: half of the time would go into loading the same modules again.
    // What a test changes outside of its own objects, it puts back.
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
