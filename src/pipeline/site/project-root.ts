import { existsSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';

const MARKERS = [
  'deckhand.config.yaml',
  'deckhand.config.yml',
  'deckhand.config.json',
  'deckhand.config.mjs',
  'package.json',
  '.git',
];

/**
 * The nearest folder above a deck with a Deckhand configuration, a package.json or a .git; otherwise the deck's own folder.
 *
 * @param weaker names of files that are often in a subfolder of a project: they mark the root if nothing else does.
 */
export function projectRoot(deckFile: string, weaker: readonly string[] = []): string {
  const own = dirname(deckFile);
  return nearestWith(MARKERS, own) ?? nearestWith(weaker, own) ?? own;
}

function nearestWith(names: readonly string[], own: string): string | undefined {
  for (let folder = own; ; folder = dirname(folder)) {
    if (names.some((name) => existsSync(join(folder, name)))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

/** Whether a path, with symbolic links resolved, is in a folder. The path must exist. */
export function liesWithin(folder: string, path: string): boolean {
  const inside = relative(realpathSync(folder), realpathSync(path));
  return inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
}
