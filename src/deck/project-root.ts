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

/** The nearest folder above a deck with a config, a package.json or a .git; without one, the deck's own folder. */
export function projectRoot(deckFile: string): string {
  const own = dirname(deckFile);
  for (let folder = own; ; folder = dirname(folder)) {
    if (MARKERS.some((marker) => existsSync(join(folder, marker)))) return folder;
    if (folder === dirname(folder)) return own;
  }
}

/** Whether a path, its symbolic links followed, lies in a folder. The path must exist. */
export function liesWithin(folder: string, path: string): boolean {
  const inside = relative(realpathSync(folder), realpathSync(path));
  return inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
}
