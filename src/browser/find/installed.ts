import { readdir } from 'node:fs/promises';
import { basename, delimiter, isAbsolute, join } from 'node:path';
import { Browser, computeExecutablePath, detectBrowserPlatform } from '@puppeteer/browsers';
import { homeOf } from '../../system/cache-root.ts';

/** A path where a browser may be. It has not been checked yet. */
export interface Candidate {
  readonly executablePath: string;
  /** Where the path comes from, in words for people. */
  readonly source: string;
}

// Headless shells first; stable versions before unstable ones, Chrome before browsers based on it.
const PATH_NAMES = [
  'chromium-headless-shell',
  'chrome-headless-shell',
  'headless_shell',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'chromium',
  'chromium-browser',
  'microsoft-edge-stable',
  'microsoft-edge',
] as const;

/** True for a headless shell, which is started with another kind of `--headless`. */
export function isHeadlessShell(executablePath: string): boolean {
  return /headless[-_]shell/i.test(basename(executablePath));
}

/** Puppeteer's folder for browsers, or `undefined` without a home directory. */
export function puppeteerCacheDir(env: NodeJS.ProcessEnv): string | undefined {
  const home = homeOf(env);
  return env.PUPPETEER_CACHE_DIR || (home && join(home, '.cache', 'puppeteer'));
}

/** The Chromes in a cache folder of puppeteer's, newest first. Of one version the headless shell comes first. */
export async function inPuppeteerCache(dir: string): Promise<readonly Candidate[]> {
  const platform = detectBrowserPlatform();
  if (platform === undefined) return [];
  const found: { readonly buildId: string; readonly executablePath: string }[] = [];
  for (const browser of [Browser.CHROMEHEADLESSSHELL, Browser.CHROME]) {
    for (const folder of await readdir(join(dir, browser)).catch(() => [])) {
      const buildId = folder.startsWith(`${platform}-`) ? folder.slice(platform.length + 1) : '';
      if (!/^\d+(\.\d+){3}$/.test(buildId)) continue;
      try {
        found.push({
          buildId,
          executablePath: computeExecutablePath({ browser, buildId, platform, cacheDir: dir }),
        });
      } catch {
        // A damaged `.metadata` file counts as no browser.
      }
    }
  }
  return found
    .sort((a, b) => compareVersions(b.buildId, a.buildId))
    .map(({ executablePath }) => ({ executablePath, source: 'puppeteer cache' }));
}

/** Compares all four numbers. Puppeteer's own comparison rejects versions whose build number is 0. */
function compareVersions(one: string, two: string): number {
  const numbers = two.split('.').map(Number);
  const differences = one.split('.').map((part, index) => Number(part) - (numbers[index] ?? 0));
  return differences.find((difference) => difference !== 0) ?? 0;
}

/**
 * The usual names in every folder of PATH. Relative folders are skipped, so that a deck's folder cannot provide a browser.
 */
export function onPath(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): readonly Candidate[] {
  const folders = (env.PATH ?? env.Path ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
  const suffix = platform === 'win32' ? '.exe' : '';
  return PATH_NAMES.flatMap((name) =>
    folders.map((folder) => ({ executablePath: join(folder, name + suffix), source: 'PATH' })),
  );
}

/** Where the installers of Chrome, Chromium and Edge put them. */
export function inUsualPlaces(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): readonly Candidate[] {
  return usualPaths(env, platform).map((executablePath) => ({ executablePath, source: 'usual place' }));
}

function usualPaths(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): readonly string[] {
  switch (platform) {
    case 'darwin': {
      const home = homeOf(env);
      return ['/Applications', ...(home ? [join(home, 'Applications')] : [])].flatMap((folder) =>
        ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
          (app) => `${folder}/${app}.app/Contents/MacOS/${app}`,
        ),
      );
    }
    case 'win32':
      return [
        'Google\\Chrome\\Application\\chrome.exe',
        'Chromium\\Application\\chrome.exe',
        'Microsoft\\Edge\\Application\\msedge.exe',
      ].flatMap((path) =>
        [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].flatMap((base) =>
          base ? [`${base}\\${path}`] : [],
        ),
      );
    case 'linux':
      return ['/opt/google/chrome/chrome', '/usr/lib/chromium/chromium', '/snap/bin/chromium'];
    default:
      return [];
  }
}
