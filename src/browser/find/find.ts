import { stat, writeFile } from 'node:fs/promises';
import { DeckhandError, EXIT, messageOf } from '../../model/errors.ts';
import { unpackedBundled } from './bundled.ts';
import {
  browsersHere,
  type FoundBrowser,
  fromBundled,
  fromCandidate,
  type MachineOptions,
  puppeteerCaches,
  type UnpackBundle,
} from './candidates.ts';
import { canDownload, downloadBrowser } from './download.ts';
import { isExecutable, probe } from './probe.ts';

export type { FoundBrowser } from './candidates.ts';

/** Variables that name a browser, in order of precedence. */
const BROWSER_VARIABLES = ['PUPPETEER_EXECUTABLE_PATH', 'CHROME_PATH', 'CHROME_BIN'] as const;

export interface FindBrowserOptions extends MachineOptions {
  /** Path given by the user. If set, no other browser is tried. */
  readonly browser?: string | undefined;
  /** Never use the network. */
  readonly offline: boolean;
}

/**
 * Finds a Chrome or Chromium. A browser named by the user comes first and is never replaced by another one. Next is the best
 * one of this machine ({@link browsersHere}), which includes the npm package `@sparticuz/chromium`; last, a download.
 *
 * @param unpack returns the bundled browser.
 * @throws DeckhandError `BROWSER_NOT_EXECUTABLE` for a browser named by the user that cannot be run, `BROWSER_NOT_FOUND` if
 * there is none.
 */
export async function findBrowser(
  options: FindBrowserOptions,
  signal?: AbortSignal,
  unpack?: UnpackBundle,
): Promise<FoundBrowser> {
  const named = await namedByUser(options);
  if (named !== undefined) return named;
  const before = unpack ? undefined : await answeredBefore(options);
  if (before) return before;
  for await (const { found } of browsersHere(options, unpack, signal)) {
    await rememberAnswer(found);
    return found;
  }
  const download = await tryDownload(options, signal);
  return 'found' in download ? download.found : notFound(download.missing);
}

/** The bundled browser, if it was probed successfully since it was unpacked. Probing takes as long as starting it. */
async function answeredBefore({ cacheDir, env }: FindBrowserOptions): Promise<FoundBrowser | undefined> {
  const bundled = await unpackedBundled(cacheDir).catch(() => undefined);
  if (!bundled || !(await isFile(answerFile(bundled.executablePath)))) return undefined;
  return fromBundled(bundled, env);
}

async function rememberAnswer({ origin, executablePath }: FoundBrowser): Promise<void> {
  // If the result cannot be stored, the browser is probed again next time.
  if (origin === 'bundled') await writeFile(answerFile(executablePath), '').catch(() => undefined);
}

function answerFile(executablePath: string): string {
  return `${executablePath}.answered`;
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

async function namedByUser({ browser, env }: FindBrowserOptions): Promise<FoundBrowser | undefined> {
  const named = [
    { source: '--browser', path: browser },
    ...BROWSER_VARIABLES.map((source) => ({ source, path: env[source] })),
  ].find(({ path }) => path);
  if (named?.path === undefined) return undefined;
  if (await isExecutable(named.path))
    return fromCandidate({ executablePath: named.path, source: named.source }, 'named');
  throw new DeckhandError(
    'BROWSER_NOT_EXECUTABLE',
    EXIT.environment,
    `${named.source} names ${named.path}, which is not an executable program`,
    {
      hint: `Give ${named.source} the path of a Chrome or Chromium, or remove it, so that Deckhand finds one.`,
    },
  );
}

async function tryDownload(
  { env, cacheDir, offline, log = () => undefined }: FindBrowserOptions,
  signal: AbortSignal | undefined,
): Promise<{ readonly found: FoundBrowser } | { readonly missing: string }> {
  if (offline) return { missing: '--offline is set, so none was downloaded' };
  if (env.PUPPETEER_SKIP_DOWNLOAD)
    return { missing: 'PUPPETEER_SKIP_DOWNLOAD is set, so none was downloaded' };
  if (!canDownload()) return { missing: 'there is no download for this platform' };
  try {
    const executablePath = await downloadBrowser(
      { env, cacheDirs: puppeteerCaches(env, cacheDir) },
      log,
      signal,
    );
    const answer = await probe(executablePath, env, signal);
    if (answer.runs) return { found: fromCandidate({ executablePath, source: 'download' }, 'downloaded') };
    log(`Skipping ${executablePath}: ${answer.reason}`);
    return { missing: 'the downloaded browser does not run here' };
  } catch (error) {
    signal?.throwIfAborted();
    log(`Download failed: ${messageOf(error)}`);
    return { missing: `the download failed: ${messageOf(error)}` };
  }
}

function notFound(missing: string): never {
  throw new DeckhandError('BROWSER_NOT_FOUND', EXIT.environment, `no Chrome or Chromium found (${missing})`, {
    hint:
      'Install Chrome or Chromium (Debian: apt-get install chromium-headless-shell), name one with --browser or ' +
      'CHROME_PATH, run "npx @puppeteer/browsers install chrome-headless-shell --path ~/.cache/puppeteer", ' +
      'or, on Linux x64, npm install @sparticuz/chromium.',
  });
}
