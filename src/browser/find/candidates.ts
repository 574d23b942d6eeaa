import { realpath } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { messageOf } from '../../model/errors.ts';
import { type BundledChromium, unpackBundled } from './bundled.ts';
import {
  type Candidate,
  inPuppeteerCache,
  inUsualPlaces,
  isHeadlessShell,
  onPath,
  puppeteerCacheDir,
} from './installed.ts';
import { isExecutable, probe } from './probe.ts';

/**
 * Where a browser comes from: named by the user, from the npm package, installed on the system, or downloaded by Deckhand.
 */
export type BrowserOrigin = 'named' | 'bundled' | 'installed' | 'downloaded';

export interface FoundBrowser {
  readonly executablePath: string;
  /** Its origin, in words for people: `PATH`, `CHROME_PATH`, `@sparticuz/chromium 147.0.0`. */
  readonly source: string;
  readonly origin: BrowserOrigin;
  /** A headless shell (formerly `--headless`) instead of a complete Chrome. */
  readonly headlessShell: boolean;
  /** Environment variables that it needs in addition to the usual ones. */
  readonly env: Readonly<Record<string, string>>;
}

/** A browser that runs, with the name and version that it reports. */
export interface RunningCandidate {
  readonly found: FoundBrowser;
  readonly version: string;
}

export interface MachineOptions {
  readonly env: NodeJS.ProcessEnv;
  /** Deckhand's cache folder. */
  readonly cacheDir: string;
  /** Called for steps that take long, and for browsers that are skipped. */
  readonly log?: (line: string) => void;
}

/** Returns the Chromium of an npm package, or `undefined` if there is none. A port, so that tests can do without ours. */
export type UnpackBundle = (
  cacheDir: string,
  log?: (line: string) => void,
) => Promise<BundledChromium | undefined>;

/**
 * The browsers of this machine that run, best first. A headless shell prints a deck in about half the time of a complete
 * Chrome, which starts processes for each page. The bundled headless shell is preferred: its version is pinned, so it gives
 * the same bytes on every machine.
 */
export async function* browsersHere(
  { env, cacheDir, log }: MachineOptions,
  unpack: UnpackBundle = unpackBundled,
  signal?: AbortSignal,
): AsyncGenerator<RunningCandidate> {
  const seen = new Set<string>();
  const bundled = await bundledHere();
  if (bundled) yield* running([bundled]);
  const caches = await Promise.all(puppeteerCaches(env, cacheDir).map(inPuppeteerCache));
  const installed = [
    ...caches.flat(),
    ...onPath(env, process.platform),
    ...inUsualPlaces(env, process.platform),
  ].map((one) => fromCandidate(one, 'installed'));
  yield* running(installed.filter(({ headlessShell }) => headlessShell));
  yield* running(installed.filter(({ headlessShell }) => !headlessShell));

  async function bundledHere(): Promise<FoundBrowser | undefined> {
    try {
      const chromium = await unpack(cacheDir, log);
      return chromium && fromBundled(chromium, env);
    } catch (error) {
      signal?.throwIfAborted();
      log?.(`Skipping @sparticuz/chromium: ${messageOf(error)}`);
      return undefined;
    }
  }

  async function* running(browsers: readonly FoundBrowser[]): AsyncGenerator<RunningCandidate> {
    for (const found of browsers) {
      if (!(await isExecutable(found.executablePath))) continue;
      // On most systems `/bin` is the same folder as `/usr/bin`.
      const file = await realpath(found.executablePath);
      if (seen.has(file)) continue;
      seen.add(file);
      const answer = await probe(found.executablePath, { ...env, ...found.env }, signal);
      if (answer.runs) yield { found, version: answer.version };
      else log?.(`Skipping ${found.executablePath}: ${answer.reason}`);
    }
  }
}

/** Puppeteer's own cache, and one in our folder for cases where that has no place or cannot be written. */
export function puppeteerCaches(env: NodeJS.ProcessEnv, cacheDir: string): readonly string[] {
  const usual = puppeteerCacheDir(env);
  return [...(usual === undefined ? [] : [usual]), join(cacheDir, 'puppeteer')];
}

export function fromCandidate({ executablePath, source }: Candidate, origin: BrowserOrigin): FoundBrowser {
  return { executablePath, source, origin, headlessShell: isHeadlessShell(executablePath), env: {} };
}

export function fromBundled(
  { executablePath, libraryDir, version }: BundledChromium,
  env: NodeJS.ProcessEnv,
): FoundBrowser {
  const libraries = [libraryDir, ...(env.LD_LIBRARY_PATH ? [env.LD_LIBRARY_PATH] : [])].join(delimiter);
  return {
    executablePath,
    source: `@sparticuz/chromium ${version}`,
    origin: 'bundled',
    headlessShell: true,
    env: { LD_LIBRARY_PATH: libraries },
  };
}
