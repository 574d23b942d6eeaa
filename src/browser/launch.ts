import { mkdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Browser } from 'puppeteer';
import { unlessAborted } from '../async/unless-aborted.ts';
import { browserArguments } from './arguments.ts';
import type { FoundBrowser } from './find/find.ts';
import { type Probe, probe } from './find/probe.ts';
import { lastWords, launchFailure } from './launch-failure.ts';
import { makeProfileFolder } from './profile-folder.ts';

const LAUNCH_MS = 30_000;

export interface LaunchOptions {
  readonly found: FoundBrowser;
  readonly sandbox: boolean;
  /** From `prepareFonts`. A FONTCONFIG_FILE in `env` was set by the user and has precedence. */
  readonly fontconfigFile: string;
  /** Only a few of its variables are passed to the browser. */
  readonly env: NodeJS.ProcessEnv;
  /** Time limit for one step of a deck. Default: 2 minutes. */
  readonly stepTimeoutMs?: number;
}

export interface RunningBrowser {
  readonly browser: Browser;
  /** Kills every process of the browser, and removes its profile. Never throws. */
  readonly close: () => Promise<void>;
}

/**
 * Runs `fn` with a browser of its own, and ends the browser afterwards.
 *
 * @throws DeckhandError `BROWSER_LAUNCH_FAILED`; the signal's reason when aborted; what `fn` throws.
 */
export async function withBrowser<T>(
  options: LaunchOptions,
  fn: (browser: Browser) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const running = await launchBrowser(options, signal);
  try {
    return await fn(running.browser);
  } finally {
    await running.close();
  }
}

/**
 * Starts Chromium with an empty profile, without network access, and with the same language, time zone and fonts everywhere.
 * Aborting `signal` kills it at any time. Prefer {@link withBrowser}, which ends it.
 *
 * @throws DeckhandError `BROWSER_LAUNCH_FAILED` with the reason in one line; the signal's reason when aborted.
 */
export async function launchBrowser(options: LaunchOptions, signal?: AbortSignal): Promise<RunningBrowser> {
  signal?.throwIfAborted();
  const home = await makeProfileFolder(tmpdir());
  const kill = new AbortController();
  const onAbort = (): void => kill.abort();
  signal?.addEventListener('abort', onAbort, { once: true });
  const cleanUp = async (): Promise<void> => {
    signal?.removeEventListener('abort', onAbort);
    await rm(home, { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined);
  };
  try {
    const browser = await start(options, home, kill.signal);
    return { browser, close: () => end(browser, kill).then(cleanUp) };
  } catch (error) {
    kill.abort();
    await cleanUp();
    signal?.throwIfAborted();
    throw error;
  }
}

/** Every step has its own deadline; puppeteer's deadline of three minutes must not come before it. */
export function protocolTimeoutMs(stepTimeoutMs = 0): number {
  return Math.max(180_000, stepTimeoutMs + 30_000);
}

const RUNS: Probe = { runs: true, version: '' };

async function start(options: LaunchOptions, home: string, signal: AbortSignal): Promise<Browser> {
  const { default: puppeteer, TimeoutError } = await import('puppeteer');
  const { executablePath, headlessShell } = options.found;
  const env = await browserEnvironment(options, home);
  const args = browserArguments(options);
  // If a program cannot be started at all, puppeteer ends this process. Browsers that were not named by the user have been
  // probed already.
  const answer = options.found.origin === 'named' ? await probe(executablePath, env, signal) : RUNS;
  if (!answer.runs) throw launchFailure(options, answer.reason);
  const launch = (profile: string): Promise<Browser> =>
    puppeteer.launch({
      executablePath,
      headless: headlessShell ? 'shell' : true,
      args: [...args],
      env,
      pipe: true,
      userDataDir: join(home, profile),
      timeout: LAUNCH_MS,
      protocolTimeout: protocolTimeoutMs(options.stepTimeoutMs),
      defaultViewport: null,
      // Its events are not listened to: see `gateway.ts`.
      networkEnabled: false,
      signal,
      // This program handles signals. The browser must not end it.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
  try {
    // In about one of a few hundred starts, Chromium's threads race for its environment and it crashes in getenv(). It is
    // started once more with the same arguments.
    return await unlessAborted(signal, () =>
      launch('profile').catch((error: unknown) => {
        if (signal.aborted || error instanceof TimeoutError) throw error;
        return launch('profile-again');
      }),
    );
  } catch (error) {
    signal.throwIfAborted();
    throw launchFailure(options, await lastWords(executablePath, args, env, signal), error);
  }
}

/** Nothing of its profile is kept, so it need not close in an orderly manner, which takes 50 ms. */
async function end(browser: Browser, kill: AbortController): Promise<void> {
  const process = browser.process();
  const exited = new Promise<void>((resolve) => {
    if (process === null || process.exitCode !== null || process.signalCode !== null) resolve();
    else process.once('exit', () => resolve());
  });
  kill.abort();
  await exited;
}

/** All environment variables that the browser gets. */
async function browserEnvironment(options: LaunchOptions, home: string): Promise<Record<string, string>> {
  const { env, found, fontconfigFile } = options;
  const temporary = join(home, 'tmp');
  await mkdir(temporary);
  const kept =
    process.platform === 'win32'
      ? ['Path', 'PATH', 'SYSTEMROOT', 'WINDIR', 'SYSTEMDRIVE']
      : ['PATH', 'LD_LIBRARY_PATH'];
  // A snap does not start if HOME is not the user's.
  const snap = /^\/snap\/|\/bin\/snap$/.test(await realpath(found.executablePath));
  return {
    ...Object.fromEntries(kept.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]]))),
    HOME: snap && env.HOME ? env.HOME : home,
    TMPDIR: temporary,
    TEMP: temporary,
    TMP: temporary,
    // With C.UTF-8, navigator.language would be 'en-US@posix'.
    LANG: 'en_US.UTF-8',
    TZ: 'UTC',
    FONTCONFIG_FILE: env.FONTCONFIG_FILE || fontconfigFile,
    // fonts.conf stores fontconfig's index there. Creating it takes long on systems with many fonts.
    XDG_CACHE_HOME: env.FONTCONFIG_FILE ? home : dirname(fontconfigFile),
    ...found.env,
  };
}
