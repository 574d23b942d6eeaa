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

/** Names of reveal-md's configuration file, in the order in which they are tried. */
export const REVEAL_MD_CONFIGS = ['reveal-md.json5', 'reveal-md.json'] as const;
/** Names of reveal-md's file with options of reveal.js. */
export const REVEAL_CONFIGS = ['reveal.json5', 'reveal.json'] as const;
export const REVEAL_MD_FILES: readonly string[] = [...REVEAL_MD_CONFIGS, ...REVEAL_CONFIGS];

/**
 * The nearest folder above a deck with a Deckhand configuration, a package.json or a .git; otherwise the nearest with a
 * configuration of reveal-md, which is often in a subfolder of a project; otherwise the deck's own folder.
 */
export function projectRoot(deckFile: string): string {
  const own = dirname(deckFile);
  return nearestWith(MARKERS, own) ?? nearestWith(REVEAL_MD_FILES, own) ?? own;
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
