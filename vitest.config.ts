import { configDefaults, defineConfig } from 'vitest/config';
import { findChromium } from './tests/browser/chromium.ts';

export default defineConfig({
  test: {
    include: ['{functions,lib,infra,tests}/**/*.test.ts'],
    // tests/run.ts says so where they are left out: they are counted neither as passed nor as failed.
    exclude: [...configDefaults.exclude, ...(findChromium() === undefined ? ['tests/browser/**'] : [])],
    globalSetup: ['tests/support/engines.ts'],
    sequence: { shuffle: true },
    // A worker keeps what it has loaded for the next file: half of the time would go into loading the same modules again.
    // What a test changes outside of its own objects, it puts back.
    isolate: false,
    // One worker would leave a core idle: the tests of this project wait for their engines half of the time.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
