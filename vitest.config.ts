import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Two cores; an embedded engine takes about 1 GB.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{geodata,api,web}/src/**/*.test.{ts,tsx}'],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'api',
          include: ['tests/api/**/*.test.ts'],
          globalSetup: './tests/harness/setup.ts',
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'prove',
          include: ['tests/prove/**/*.test.ts'],
          globalSetup: './tests/harness/setup.ts',
          testTimeout: 240_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          globalSetup: './tests/harness/setup.ts',
          // One browser and one server at a time.
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
