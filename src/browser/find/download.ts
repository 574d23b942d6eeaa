import { fork } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { Browser, BrowserPlatform, computeExecutablePath, detectBrowserPlatform } from '@puppeteer/browsers';
import { PUPPETEER_REVISIONS } from 'puppeteer/internal/revisions.js';
import { messageOf } from '../../model/errors.ts';
import { folderBytes } from '../../system/folder-bytes.ts';

const BUILD_ID = PUPPETEER_REVISIONS['chrome-headless-shell'];
const WATCH_MS = 1000;

export interface DownloadOptions {
  readonly env: NodeJS.ProcessEnv;
  /** Cache folders in puppeteer's layout. The browser goes into the first one that can be written. */
  readonly cacheDirs: readonly string[];
  /** Longest time without any byte, including the first. */
  readonly stallMs?: number;
  /** Time limit of the whole download. */
  readonly totalMs?: number;
}

/** Google publishes no build for Linux on ARM. The installer would download one for x64. */
export function canDownload(): boolean {
  const platform = detectBrowserPlatform();
  return platform !== undefined && platform !== BrowserPlatform.LINUX_ARM;
}

/**
 * Downloads the chrome-headless-shell that this version of puppeteer was tested with into a cache of puppeteer's, where other
 * tools find it, too.
 *
 * `@puppeteer/browsers` has neither a deadline nor a signal. So its command runs in a process that can be killed, with the
 * proxies of `env`, in a folder of its own: an interrupted download leaves nothing behind.
 *
 * @throws Error with one line that says what failed.
 */
export async function downloadBrowser(
  { env, cacheDirs, stallMs = 20_000, totalMs = 15 * 60_000 }: DownloadOptions,
  log: (line: string) => void,
  signal?: AbortSignal,
): Promise<string> {
  const { cacheDir, staging } = await makeStaging(cacheDirs);
  try {
    log(`Downloading chrome-headless-shell ${BUILD_ID}, once`);
    await runInstaller(staging, env, { stallMs, totalMs }, signal);
    return await moveIn(staging, cacheDir);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function makeStaging(cacheDirs: readonly string[]): Promise<{ cacheDir: string; staging: string }> {
  let reason: unknown = 'there is no folder to download to';
  for (const cacheDir of cacheDirs) {
    try {
      await mkdir(cacheDir, { recursive: true });
      return { cacheDir, staging: await mkdtemp(join(cacheDir, '.download-')) };
    } catch (error) {
      reason = error;
    }
  }
  throw new Error(messageOf(reason));
}

/** Moves the finished folder into place in one step. If another process was faster, its folder stays. */
async function moveIn(staging: string, cacheDir: string): Promise<string> {
  const wanted = { browser: Browser.CHROMEHEADLESSSHELL, buildId: BUILD_ID };
  const downloaded = computeExecutablePath({ ...wanted, cacheDir: staging });
  const executablePath = computeExecutablePath({ ...wanted, cacheDir });
  const [browserName, folder] = relative(staging, downloaded).split(/[\\/]/);
  const from = join(staging, browserName ?? '', folder ?? '');
  const to = join(cacheDir, browserName ?? '', folder ?? '');
  await mkdir(dirname(to), { recursive: true });
  try {
    await rename(from, to);
  } catch {
    // An existing folder was not usable, otherwise a browser would have been found without a download.
    await rm(to, { recursive: true, force: true });
    await rename(from, to);
  }
  return executablePath;
}

function runInstaller(
  dir: string,
  env: NodeJS.ProcessEnv,
  limits: { readonly stallMs: number; readonly totalMs: number },
  signal: AbortSignal | undefined,
): Promise<void> {
  signal?.throwIfAborted();
  const main = createRequire(import.meta.url).resolve('@puppeteer/browsers');
  const baseUrl = env.PUPPETEER_CHROME_HEADLESS_SHELL_DOWNLOAD_BASE_URL;
  const args = ['install', `chrome-headless-shell@${BUILD_ID}`, '--path', dir];
  const child = fork(join(dirname(main), 'main-cli.js'), baseUrl ? [...args, '--base-url', baseUrl] : args, {
    env,
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    let failure: Error | undefined;
    let errors = '';
    const stop = (error: Error): void => {
      failure ??= error;
      child.kill('SIGKILL');
    };
    const onAbort = (): void =>
      stop(signal?.reason instanceof Error ? signal.reason : new Error('interrupted'));
    const total = setTimeout(
      () => stop(new Error(`not done after ${limits.totalMs / 1000} s`)),
      limits.totalMs,
    );
    const unwatch = watchGrowth(dir, limits.stallMs, () =>
      stop(new Error(`no data for ${limits.stallMs / 1000} s`)),
    );
    signal?.addEventListener('abort', onAbort, { once: true });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      errors += text;
    });
    child.on('error', stop);
    child.on('close', (code) => {
      clearTimeout(total);
      unwatch();
      signal?.removeEventListener('abort', onAbort);
      if (failure !== undefined) reject(failure);
      else if (code === 0) resolve();
      else reject(new Error(reasonIn(errors)));
    });
  });
}

/** Calls back when a folder has not grown for some time. The installer reports no progress to programs. */
function watchGrowth(dir: string, stallMs: number, onStall: () => void): () => void {
  let bytes = 0;
  let grownAt = performance.now();
  const timer = setInterval(
    () => {
      void folderBytes(dir).then((now) => {
        if (now !== bytes) {
          bytes = now;
          grownAt = performance.now();
        } else if (performance.now() - grownAt > stallMs) {
          onStall();
        }
      });
    },
    Math.min(WATCH_MS, stallMs),
  );
  return () => clearInterval(timer);
}

/** The line of the installer's output that names the error, without its usage text and stack. */
function reasonIn(errors: string): string {
  const line = /DefaultProvider: (.+)/.exec(errors)?.[1] ?? /^Error: (.+)/m.exec(errors)?.[1];
  return (line ?? errors.trim().split('\n').at(-1) ?? 'unknown reason').trim();
}
