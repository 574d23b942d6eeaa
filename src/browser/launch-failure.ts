import { execFile } from 'node:child_process';
import { DeckhandError, EXIT, messageOf } from '../model/errors.ts';
import type { FoundBrowser } from './find/find.ts';

/** Errors at startup appear at once. A browser that is still running after this time has started. */
const LAST_WORDS_MS = 3_000;

/** Debian packages of the libraries that minimal images lack most often. */
const PACKAGES: Readonly<Record<string, string>> = {
  'libnss3.so': 'libnss3',
  'libnssutil3.so': 'libnss3',
  'libnspr4.so': 'libnspr4',
  'libexpat.so.1': 'libexpat1',
  'libatk-1.0.so.0': 'libatk1.0-0',
  'libatk-bridge-2.0.so.0': 'libatk-bridge2.0-0',
  'libcups.so.2': 'libcups2',
  'libdbus-1.so.3': 'libdbus-1-3',
  'libgbm.so.1': 'libgbm1',
  'libasound.so.2': 'libasound2',
  'libxkbcommon.so.0': 'libxkbcommon0',
  'libXcomposite.so.1': 'libxcomposite1',
  'libXdamage.so.1': 'libxdamage1',
  'libXfixes.so.3': 'libxfixes3',
  'libXrandr.so.2': 'libxrandr2',
  'libpango-1.0.so.0': 'libpango-1.0-0',
  'libcairo.so.2': 'libcairo2',
};

/**
 * Says in one line why a browser did not start.
 *
 * @param words output of the browser, or what puppeteer or the system reported about it.
 */
export function launchFailure(
  { found, sandbox }: { readonly found: FoundBrowser; readonly sandbox: boolean },
  words: string,
  cause?: unknown,
): DeckhandError {
  const browser = `${found.executablePath} (${found.source})`;
  const { message, hint } = explain(browser, sandbox, words, cause);
  return new DeckhandError('BROWSER_LAUNCH_FAILED', EXIT.environment, message, { hint, cause });
}

function explain(
  browser: string,
  sandbox: boolean,
  words: string,
  cause: unknown,
): { message: string; hint: string } {
  const library = /error while loading shared libraries: ([^:\s]+)/.exec(words)?.[1];
  if (library !== undefined) {
    const known = PACKAGES[library];
    return {
      message: `the browser ${browser} cannot start: the shared library ${library} is missing`,
      hint: known
        ? `Install it (Debian, Ubuntu: apt-get install ${known}), or install the system's chromium package.`
        : `Install the package that has ${library}, or the system's chromium package, which includes everything it needs.`,
    };
  }
  if (sandbox && /sandbox|namespace|zygote|credentials\.cc/i.test(words)) {
    return {
      message: `the browser ${browser} cannot start its sandbox on this system`,
      hint:
        'Allow unprivileged user namespaces (on Ubuntu 23.10 and later an AppArmor profile for the browser, or ' +
        'sysctl kernel.apparmor_restrict_unprivileged_userns=0), or trust the decks and pass --no-sandbox.',
    };
  }
  const reason = words || (cause === undefined ? 'it gave no reason' : messageOf(cause).split('\n')[0]);
  return {
    message: `the browser ${browser} does not start: ${reason}`,
    hint: 'Name another browser with --browser, or run "deckhand doctor" to check this one.',
  };
}

/**
 * Starts a browser that failed once more, only to read its output: over a pipe its messages are lost. It gets the same
 * arguments, including those for the sandbox.
 *
 * @returns the line that names the error, or an empty string.
 */
export async function lastWords(
  executablePath: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<string> {
  const stderr = await new Promise<string>((resolve) => {
    const options = {
      env,
      signal,
      timeout: LAST_WORDS_MS,
      killSignal: 'SIGKILL' as const,
      encoding: 'utf8' as const,
    };
    execFile(
      executablePath,
      ['--headless', '--dump-dom', ...args, 'about:blank'],
      options,
      (_error, _stdout, text) => resolve(text),
    );
  });
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  const telling = lines.find((line) => /shared libraries|sandbox|namespace/i.test(line));
  return (telling ?? lines.find((line) => /FATAL|ERROR/.test(line)) ?? lines.at(0) ?? '').trim();
}
