import type { CodeEntry } from './entry.ts';

/** Codes of a `DeckhandError`, which ends a run, usually before any deck is read. */
export const RUN_CODES = {
  USAGE: {
    exitCode: 2,
    meaning: 'the command line is not understood',
    cause: 'An unknown command or flag, or a missing value.',
    remedy: 'Use the spelling that is suggested, or see `deckhand COMMAND --help`.',
  },
  OPTION_INVALID: {
    exitCode: 2,
    meaning: 'the value of an option is invalid',
    cause: 'The message names the option, where it was set (flag, environment or file), and what it accepts.',
    remedy: 'Correct the value.',
  },
  CONFIG_INVALID: {
    exitCode: 2,
    meaning: 'the configuration file cannot be used',
    cause: 'It does not exist, has a syntax error, or a value in it is invalid.',
    remedy: 'Correct the file, or name another one with `--config`.',
  },
  CONFIG_UNKNOWN_KEY: {
    exitCode: 2,
    meaning: 'the configuration file has an unknown key',
    cause: 'A typing error, or an option that only the command line has.',
    remedy: 'Use the spelling that is suggested: see [Configuration](configuration.md#options).',
  },
  BROWSER_NOT_FOUND: {
    exitCode: 3,
    meaning: 'there is no browser',
    cause:
      'None is installed, the optional package `@sparticuz/chromium` is missing, and downloading failed or is not allowed.',
    remedy:
      'Install Chromium or Chrome, or name one with `--browser`. `deckhand doctor` lists what was tried.',
  },
  BROWSER_NOT_EXECUTABLE: {
    exitCode: 3,
    meaning: 'the browser that was named cannot be executed',
    cause: '`--browser`, `PUPPETEER_EXECUTABLE_PATH`, `CHROME_PATH` or `CHROME_BIN` names something else.',
    remedy: 'Correct or unset it.',
  },
  BROWSER_LAUNCH_FAILED: {
    exitCode: 3,
    meaning: 'the browser does not start',
    cause:
      'Missing system libraries, or a container that does not allow its sandbox. The message has its output.',
    remedy:
      'Install the libraries that are named. In a container, and for trusted decks only, use `--no-sandbox`.',
  },
  CACHE_UNWRITABLE: {
    exitCode: 3,
    meaning: 'the cache folder cannot be written',
    cause: 'A read-only file system, missing permissions, or a full disk.',
    remedy: 'Choose another folder with `--cache-dir`.',
  },
  OUTPUT_UNWRITABLE: {
    exitCode: 3,
    meaning: 'a result could not be written',
    cause: 'A read-only folder, missing permissions, or a full disk. Files that exist are complete.',
    remedy: 'Free space, or choose another folder with `--output`.',
  },
} as const satisfies Record<string, Omit<CodeEntry, 'severity'> & { readonly exitCode: 2 | 3 }>;

/** The code of a `DeckhandError`. */
export type RunErrorCode = keyof typeof RUN_CODES;
