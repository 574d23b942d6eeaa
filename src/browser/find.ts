import { delimiter, join } from 'node:path';
import { DeckhandError, EXIT, messageOf } from '../errors.ts';
import { type BundledChromium, unpackBundled, unpackedBundled } from './bundled.ts';
import { canDownload, downloadBrowser } from './download.ts';
import {
  type Candidate,
  inPuppeteerCache,
  inUsualPlaces,
  isHeadlessShell,
  onPath,
  puppeteerCacheDir,
} from './installed.ts';
import { isExecutable, probe } from './probe.ts';

/** Variables that name a browser, strongest first. */
const BROWSER_VARIABLES = ['PUPPETEER_EXECUTABLE_PATH', 'CHROME_PATH', 'CHROME_BIN'] as const;

export interface FindBrowserOptions {
  /** Path given by the user; nothing else is tried then. */
  readonly browser?: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  /** Deckhand's cache folder. */
  readonly cacheDir: string;
  /** Never use the network. */
  readonly offline: boolean;
  /** Hears what takes long, and what was passed over. */
  readonly log?: (line: string) => void;
}

export interface FoundBrowser {
  readonly executablePath: string;
  /** Where it comes from, in human words: `PATH`, `CHROME_PATH`, `@sparticuz/chromium 147.0.0`. */
  readonly source: string;
  /** The browser without a window (`--headless` of old) rather than a whole Chrome. */
  readonly headlessShell: boolean;
  /** Variables it needs besides the usual ones. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Finds a Chrome or Chromium. What the user named comes first and is never replaced by something else; then what is
 * installed; then a download; then the Chromium in the npm package `@sparticuz/chromium`.
 *
 * That last one is used before a download once it lies unpacked in the cache: it got there because a download was
 * impossible, and a machine without a network should not pay for finding that out at every run.
 *
 * @throws DeckhandError `BROWSER_NOT_EXECUTABLE` for a browser named by the user that can't be run,
 * `BROWSER_NOT_FOUND` when there is none.
 */
export async function findBrowser(options: FindBrowserOptions, signal?: AbortSignal): Promise<FoundBrowser> {
  const named = await namedByUser(options);
  if (named !== undefined) return named;
  const installed = await firstThatRuns(await installedCandidates(options), options, signal);
  if (installed !== undefined) return installed;
  const unpacked = await unpackedBundled(options.cacheDir);
  if (unpacked !== undefined) return fromBundled(unpacked, options.env);
  const download = await tryDownload(options, signal);
  if ('found' in download) return download.found;
  return (await tryBundled(options)) ?? notFound(download.missing);
}

async function namedByUser({ browser, env }: FindBrowserOptions): Promise<FoundBrowser | undefined> {
  const named = [
    { source: '--browser', path: browser },
    ...BROWSER_VARIABLES.map((source) => ({ source, path: env[source] })),
  ].find(({ path }) => path);
  if (named?.path === undefined) return undefined;
  if (await isExecutable(named.path))
    return fromCandidate({ executablePath: named.path, source: named.source });
  throw new DeckhandError(
    'BROWSER_NOT_EXECUTABLE',
    EXIT.environment,
    `${named.source} names ${named.path}, which is not a program that can be run`,
    { hint: `Give ${named.source} the path of a Chrome or Chromium, or leave it out to have one found.` },
  );
}

async function installedCandidates({ env, cacheDir }: FindBrowserOptions): Promise<readonly Candidate[]> {
  const caches = await Promise.all(puppeteerCaches(env, cacheDir).map(inPuppeteerCache));
  return [...caches.flat(), ...onPath(env, process.platform), ...inUsualPlaces(env, process.platform)];
}

/** Puppeteer's own cache, and one in our folder for when that has no place or can't be written. */
function puppeteerCaches(env: NodeJS.ProcessEnv, cacheDir: string): readonly string[] {
  const usual = puppeteerCacheDir(env);
  return [...(usual === undefined ? [] : [usual]), join(cacheDir, 'puppeteer')];
}

async function firstThatRuns(
  candidates: readonly Candidate[],
  { env, log }: FindBrowserOptions,
  signal: AbortSignal | undefined,
): Promise<FoundBrowser | undefined> {
  for (const candidate of candidates) {
    if (!(await isExecutable(candidate.executablePath))) continue;
    const answer = await probe(candidate.executablePath, env, signal);
    if (answer.runs) return fromCandidate(candidate);
    log?.(`Passing over ${candidate.executablePath}: ${answer.reason}`);
  }
  return undefined;
}

async function tryDownload(
  options: FindBrowserOptions,
  signal: AbortSignal | undefined,
): Promise<{ readonly found: FoundBrowser } | { readonly missing: string }> {
  const { env, cacheDir, offline, log = () => undefined } = options;
  if (offline) return { missing: 'offline, so none was downloaded' };
  if (env.PUPPETEER_SKIP_DOWNLOAD)
    return { missing: 'PUPPETEER_SKIP_DOWNLOAD is set, so none was downloaded' };
  if (!canDownload()) return { missing: 'there is none to download for this platform' };
  try {
    const executablePath = await downloadBrowser(
      { env, cacheDirs: puppeteerCaches(env, cacheDir) },
      log,
      signal,
    );
    const found = await firstThatRuns([{ executablePath, source: 'download' }], options, signal);
    return found === undefined ? { missing: 'the downloaded one does not run here' } : { found };
  } catch (error) {
    signal?.throwIfAborted();
    log(`Download failed: ${messageOf(error)}`);
    return { missing: `the download failed: ${messageOf(error)}` };
  }
}

async function tryBundled({ cacheDir, env, log }: FindBrowserOptions): Promise<FoundBrowser | undefined> {
  log?.('Looking for the Chromium of @sparticuz/chromium; unpacking it takes some seconds, once');
  const bundled = await unpackBundled(cacheDir);
  return bundled && fromBundled(bundled, env);
}

function fromCandidate({ executablePath, source }: Candidate): FoundBrowser {
  return { executablePath, source, headlessShell: isHeadlessShell(executablePath), env: {} };
}

function fromBundled(
  { executablePath, libraryDir, version }: BundledChromium,
  env: NodeJS.ProcessEnv,
): FoundBrowser {
  const libraries = [libraryDir, ...(env.LD_LIBRARY_PATH ? [env.LD_LIBRARY_PATH] : [])].join(delimiter);
  return {
    executablePath,
    source: `@sparticuz/chromium ${version}`,
    headlessShell: true,
    env: { LD_LIBRARY_PATH: libraries },
  };
}

function notFound(missing: string): never {
  throw new DeckhandError('BROWSER_NOT_FOUND', EXIT.environment, `no Chrome or Chromium found (${missing})`, {
    hint:
      'Install Chrome or Chromium (Debian: apt-get install chromium), name one with --browser or CHROME_PATH, ' +
      'run "npx @puppeteer/browsers install chrome-headless-shell --path ~/.cache/puppeteer", ' +
      'or, on Linux x64, npm install @sparticuz/chromium.',
  });
}
