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

/** Who put a browser there: the user named it, the npm package brought it, it was installed, or we downloaded it. */
export type BrowserOrigin = 'named' | 'bundled' | 'installed' | 'downloaded';

export interface FoundBrowser {
  readonly executablePath: string;
  /** Where it comes from, in human words: `PATH`, `CHROME_PATH`, `@sparticuz/chromium 147.0.0`. */
  readonly source: string;
  readonly origin: BrowserOrigin;
  /** The browser without a window (`--headless` of old) rather than a whole Chrome. */
  readonly headlessShell: boolean;
  /** Variables it needs besides the usual ones. */
  readonly env: Readonly<Record<string, string>>;
}

/** A browser that answered, with its own name and version. */
export interface RunningCandidate {
  readonly found: FoundBrowser;
  readonly version: string;
}

export interface MachineOptions {
  readonly env: NodeJS.ProcessEnv;
  /** Deckhand's cache folder. */
  readonly cacheDir: string;
  /** Hears what takes long, and what was passed over. */
  readonly log?: (line: string) => void;
}

/** Gives the Chromium of an npm package; `undefined` where there is none. A port, since no machine can be without ours. */
export type UnpackBundle = (
  cacheDir: string,
  log?: (line: string) => void,
) => Promise<BundledChromium | undefined>;

/**
 * The browsers of this machine that run, best first. A headless shell prints a deck in about half the time of a whole
 * Chrome, which starts processes of its own for each page. Of the headless shells the bundled one comes first: its version
 * is pinned, so it gives the same bytes on every machine.
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
      // `/bin` is `/usr/bin` on most systems.
      const file = await realpath(found.executablePath);
      if (seen.has(file)) continue;
      seen.add(file);
      const answer = await probe(found.executablePath, { ...env, ...found.env }, signal);
      if (answer.runs) yield { found, version: answer.version };
      else log?.(`Skipping ${found.executablePath}: ${answer.reason}`);
    }
  }
}

/** Puppeteer's own cache, and one in our folder for when that has no place or can't be written. */
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
