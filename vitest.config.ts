import { defineConfig } from 'vitest/config';

// Which project a test file belongs to is in its name; CONTRIBUTING.md says what each is for.
const BROWSER = 'test/**/*.browser.test.ts';
const SYSTEM = 'test/**/*.system.test.ts';

/** Files of a project share their processes, and with them one browser each; see test/support/shared-browser.ts. */
const shared = {
  isolate: false,
  // Most objects of a test are soon forgotten: with room for them, the garbage collector has a fifteenth less to do.
  execArgv: ['--max-semi-space-size=64'],
  // Browser tests share two cores: few files at a time, and time enough for a slow machine.
  maxWorkers: 2,
  testTimeout: 300_000,
  hookTimeout: 300_000,
};

export default defineConfig({
  test: {
    ...shared,
    globalSetup: 'test/support/scratch.ts',
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [BROWSER, SYSTEM],
          sequence: { groupOrder: 0 },
        },
      },
      { test: { ...shared, name: 'browser', include: [BROWSER], sequence: { groupOrder: 1 } } },
      { test: { ...shared, name: 'system', include: [SYSTEM], sequence: { groupOrder: 1 } } },
    ],
  },
});
