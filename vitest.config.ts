import { defineConfig } from 'vitest/config';
import LongestFirst from './test/support/longest-first.ts';

const BROWSER = ['test/browser/**/*.test.ts'];
const FAULTS = ['test/faults/**/*.test.ts'];

/** Real servers and browsers on a shared machine: in CI a second try tells a fault from a hiccup. At a desk the first red counts. */
const retry = process.env.CI ? 1 : 0;

/** No module keeps a state: what one file has loaded serves the next of its project. */
const shared = {
  setupFiles: ['test/support/releasing.ts'],
  environment: 'node' as const,
  retry,
  isolate: false,
  hookTimeout: 120_000,
};

/** After all others, since they want more of the machine: a browser or whole installations each. */
const last = { maxWorkers: 3, sequence: { groupOrder: 1 } };

/** One configuration; what a folder of tests needs decides its project. The smallest machine has two cores, and half of a test is waiting. */
export default defineConfig({
  test: {
    globalSetup: ['test/support/global.ts'],
    pool: 'forks',
    maxWorkers: 4,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          ...shared,
          name: 'parts',
          testTimeout: 60_000,
          include: ['test/**/*.test.ts'],
          exclude: [...BROWSER, ...FAULTS],
        },
      },
      { test: { ...shared, ...last, name: 'browser', include: BROWSER, testTimeout: 90_000 } },
      { test: { ...shared, ...last, name: 'faults', include: FAULTS, testTimeout: 600_000 } },
    ],
  },
});
