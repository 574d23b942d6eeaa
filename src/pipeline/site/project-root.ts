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

/** What reveal-md calls its configuration, in the order in which it looks for it. */
export const REVEAL_MD_CONFIGS = ['reveal-md.json5', 'reveal-md.json'] as const;
/** What reveal-md calls its configuration of reveal.js. */
export const REVEAL_CONFIGS = ['reveal.json5', 'reveal.json'] as const;
export const REVEAL_MD_FILES: readonly string[] = [...REVEAL_MD_CONFIGS, ...REVEAL_CONFIGS];

/**
 * The nearest folder above a deck with a config, a package.json or a .git; else the nearest with a configuration of
 * reveal-md, which may well lie in a folder of a project; without any, the deck's own folder.
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

/** Whether a path, its symbolic links followed, lies in a folder. The path must exist. */
export function liesWithin(folder: string, path: string): boolean {
  const inside = relative(realpathSync(folder), realpathSync(path));
  return inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
}
