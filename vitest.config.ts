import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.ts';

// Which project a test file belongs to is in its name; CONTRIBUTING.md says what each is for.
const BROWSER = 'test/**/*.browser.test.ts';
const SYSTEM = 'test/**/*.system.test.ts';

/** As in `src/cli.ts`: the compiler of Node 20 takes a tenth of a worker's time. */
const optimizeLate = process.versions.v8.startsWith('11.') ? ['--interrupt-budget=1000000'] : [];

/** Files of a project share their processes, and with them one browser each; see test/support/shared-browser.ts. */
const shared = {
  isolate: false,
  // Most objects of a test are soon forgotten: with room for them, the garbage collector has a fifteenth less to do.
  execArgv: ['--max-semi-space-size=64', ...optimizeLate],
  // Some tests wait for a timeout or another process: with one worker more than processors, two of these are busy then, too.
  maxWorkers: 3,
  testTimeout: 300_000,
  hookTimeout: 300_000,
};

export default defineConfig({
  test: {
    ...shared,
    globalSetup: 'test/support/scratch.ts',
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: { ...shared, name: 'unit', include: ['test/**/*.test.ts'], exclude: [BROWSER, SYSTEM] },
      },
      { test: { ...shared, name: 'browser', include: [BROWSER] } },
      { test: { ...shared, name: 'system', include: [SYSTEM] } },
    ],
  },
});
