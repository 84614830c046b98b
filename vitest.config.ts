import { defineConfig } from 'vitest/config';

/** One configuration; what a folder of tests needs decides its project. The smallest machine has two cores, and half of a test is waiting. */
const STORE = ['test/{store,services,api,calls,jobs,connectors,seed,tools}/**/*.test.ts'];
const CONVERSATIONS = ['test/{conversations,dialogue,elders,app}/**/*.test.ts'];
const BROWSER = ['test/browser/**/*.test.ts'];
const FAULTS = ['test/faults/**/*.test.ts'];

/** Real servers and browsers on a shared machine: in CI a second try tells a fault from a hiccup. At a desk the first red counts. */
const retry = process.env.CI ? 1 : 0;

/** No module keeps a state: what one file has loaded serves the next. */
const shared = { setupFiles: ['test/support/releasing.ts'], environment: 'node' as const, retry, isolate: false };

export default defineConfig({
  test: {
    globalSetup: ['test/support/global.ts'],
    pool: 'forks',
    maxWorkers: 4,
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          testTimeout: 30_000,
          hookTimeout: 60_000,
          include: ['test/**/*.test.ts'],
          exclude: [...STORE, ...CONVERSATIONS, ...BROWSER, ...FAULTS],
        },
      },
      { test: { ...shared, name: 'store', include: STORE, testTimeout: 60_000, hookTimeout: 120_000 } },
      { test: { ...shared, name: 'conversations', include: CONVERSATIONS, testTimeout: 60_000, hookTimeout: 120_000 } },
      {
        test: {
          ...shared,
          name: 'browser',
          include: BROWSER,
          testTimeout: 90_000,
          hookTimeout: 120_000,
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...shared,
          name: 'faults',
          include: FAULTS,
          testTimeout: 600_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
