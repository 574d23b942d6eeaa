import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DeckhandError, EXIT, messageOf } from '../model/errors.ts';
import { temporaryCacheRoot } from './cache-root.ts';

const STAGING = '.staging-';
/** Files of a killed process are removed by a later one; nothing takes an hour to unpack. */
const ABANDONED_MS = 60 * 60 * 1000;
const UNWRITABLE = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOSPC', 'EDQUOT', 'ENOENT']);

/** How a folder is filled, and how to check that it is complete. */
export interface FolderRecipe {
  /** Path below the cache folder. */
  readonly name: string;
  readonly fill: (dir: string) => Promise<void>;
  readonly isWhole: (dir: string) => Promise<boolean>;
}

/**
 * Creates a folder completely or not at all: it is filled under another name and renamed. Two processes may do this at the
 * same time; a folder that lost files is created again. If `cacheDir` cannot be written, the user's private temporary folder
 * is used.
 *
 * @returns the folder's path.
 * @throws DeckhandError `CACHE_UNWRITABLE` if neither can be written.
 */
export async function stagedFolder(cacheDir: string, recipe: FolderRecipe): Promise<string> {
  try {
    return await stage(join(cacheDir, recipe.name), recipe);
  } catch (error) {
    if (!isUnwritable(error)) throw error;
    return await stageElsewhere(recipe, cacheDir, error);
  }
}

async function stageElsewhere(recipe: FolderRecipe, cacheDir: string, cause: unknown): Promise<string> {
  try {
    return await stage(join(temporaryCacheRoot(), recipe.name), recipe);
  } catch (error) {
    if (!isUnwritable(error)) throw error;
    throw new DeckhandError(
      'CACHE_UNWRITABLE',
      EXIT.environment,
      `the cache folder ${cacheDir} cannot be written (${messageOf(cause)}), nor can the temporary folder (${messageOf(error)})`,
      { hint: 'Free some space, or name a writable folder with --cache-dir or XDG_CACHE_HOME.', cause },
    );
  }
}

async function stage(dir: string, recipe: FolderRecipe): Promise<string> {
  if (await recipe.isWhole(dir)) return dir;
  const parent = dirname(dir);
  await mkdir(parent, { recursive: true, mode: 0o700 });
  await removeAbandoned(parent);
  const staging = await mkdtemp(join(parent, STAGING));
  try {
    await recipe.fill(staging);
    if (!(await recipe.isWhole(staging))) throw new Error(`${recipe.name} could not be made in ${parent}`);
    await settle(staging, dir, recipe);
    return dir;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** Renames `staging` to `dir`. An existing folder is kept, unless it is incomplete. */
async function settle(staging: string, dir: string, recipe: FolderRecipe): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await rename(staging, dir);
    } catch (error) {
      if (await recipe.isWhole(dir)) return;
      if (attempt === 3) throw error;
      const broken = await mkdtemp(join(dirname(dir), STAGING));
      await rename(dir, join(broken, 'broken')).catch(() => undefined);
      await rm(broken, { recursive: true, force: true });
    }
  }
}

async function removeAbandoned(parent: string): Promise<void> {
  const names = (await readdir(parent)).filter((name) => name.startsWith(STAGING));
  for (const path of names.map((name) => join(parent, name))) {
    const stats = await stat(path).catch(() => undefined);
    if (stats !== undefined && Date.now() - stats.mtimeMs > ABANDONED_MS) {
      await rm(path, { recursive: true, force: true }).catch(() => undefined);
    }
  }
}

function isUnwritable(error: unknown): boolean {
  return error instanceof Error && 'code' in error && UNWRITABLE.has(String(error.code));
}
