import { accessSync, constants, lstatSync, mkdirSync, mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';

const NAME = 'deckhand';

/**
 * The folder for everything that can be created again: images, renditions, fonts, an unpacked browser.
 *
 * `XDG_CACHE_HOME/deckhand` or `~/.cache/deckhand`, `~/Library/Caches/deckhand` on macOS, `%LOCALAPPDATA%\deckhand\Cache` on
 * Windows. If that cannot be created or written (no HOME, or a read-only one), the private folder of {@link
 * temporaryCacheRoot}. The folder exists when this returns.
 */
export function cacheRoot(env: NodeJS.ProcessEnv): string {
  const usual = usualCacheRoot(env, process.platform);
  return usual !== undefined && isUsable(usual) ? usual : temporaryCacheRoot(env);
}

/** The folder in the settings, relative to `cwd`, or else {@link cacheRoot}. */
export function cacheFolder(named: string | undefined, cwd: string, env: NodeJS.ProcessEnv): string {
  return named === undefined ? cacheRoot(env) : resolve(cwd, named);
}

/** The usual folder of the platform, or `undefined` if the environment has no home directory. Creates nothing. */
export function usualCacheRoot(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string | undefined {
  if (platform === 'win32') {
    const local = env.LOCALAPPDATA || (env.USERPROFILE && join(env.USERPROFILE, 'AppData', 'Local'));
    return local ? join(local, NAME, 'Cache') : undefined;
  }
  const home = homeOf(env);
  if (platform === 'darwin') return home && join(home, 'Library', 'Caches', NAME);
  // The XDG specification says that a relative path must be ignored.
  if (env.XDG_CACHE_HOME && isAbsolute(env.XDG_CACHE_HOME)) return join(env.XDG_CACHE_HOME, NAME);
  return home && join(home, '.cache', NAME);
}

/** The home directory in the environment. That of the account in passwd is not used: unsetting HOME is intentional. */
export function homeOf(env: NodeJS.ProcessEnv): string | undefined {
  const home = process.platform === 'win32' ? env.USERPROFILE : env.HOME;
  return home && isAbsolute(home) ? home : undefined;
}

/**
 * A private folder of this user in the system's temporary folder. It has a fixed name, so that the next run finds its
 * content. Anyone can create a folder of that name first; in that case a new folder is created instead.
 */
export function temporaryCacheRoot(env: NodeJS.ProcessEnv = {}): string {
  const parent = env.TMPDIR && isAbsolute(env.TMPDIR) ? env.TMPDIR : tmpdir();
  const uid = process.getuid?.();
  const fixed = join(parent, uid === undefined ? NAME : `${NAME}-${uid}`);
  return isUsable(fixed) && isPrivate(fixed, uid) ? fixed : mkdtempSync(join(parent, `${NAME}-`));
}

function isUsable(dir: string): boolean {
  try {
    makeFolders(dir);
    accessSync(dir, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** `mkdir -p`. Node's own never returns (seen with 20.20) if a folder is missing and cannot be created, as in /proc. */
function makeFolders(dir: string): void {
  if (statSync(dir, { throwIfNoEntry: false })?.isDirectory()) return;
  if (dirname(dir) !== dir) makeFolders(dirname(dir));
  try {
    mkdirSync(dir, { mode: 0o700 });
  } catch (error) {
    // Another process was faster; or it is not a folder, and this throws.
    if (!statSync(dir, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}

function isPrivate(dir: string, uid: number | undefined): boolean {
  const stats = lstatSync(dir);
  if (!stats.isDirectory()) return false;
  return uid === undefined || (stats.uid === uid && (stats.mode & 0o077) === 0);
}
