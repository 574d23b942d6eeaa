import { basename, dirname, join, relative, sep } from 'node:path';
import { REVEAL_MD_FILES } from '../../../site/project-root.ts';

/**
 * The path at which a file that belongs to a deck is found again in a project of its own: unchanged, except for files found
 * in a working directory outside of the deck's folders.
 *
 * @returns path below the root, with `/`.
 */
export function archivedPath(file: string, deckFile: string, root: string): string {
  const above = join(dirname(file), sep);
  const isOfProject = above.startsWith(join(root, sep));
  const isOnTheWay = isOfProject && deckFile.startsWith(above);
  const isLookedFor = REVEAL_MD_FILES.includes(basename(file));
  const staysThere = isLookedFor ? isOnTheWay : isOfProject;
  return staysThere ? relative(root, file).split(sep).join('/') : basename(file);
}
