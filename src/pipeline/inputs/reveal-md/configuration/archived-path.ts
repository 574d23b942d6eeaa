import { basename, dirname, join, relative, sep } from 'node:path';
import { REVEAL_MD_FILES } from '../../../site/project-root.ts';

/**
 * Where a file that a deck was read with must be in a project of its own, so that it is found again: as it lies in this one,
 * but for what was found in a working directory beside the deck's way.
 *
 * @returns below the root, with `/`.
 */
export function archivedPath(file: string, deckFile: string, root: string): string {
  const above = join(dirname(file), sep);
  const isOfProject = above.startsWith(join(root, sep));
  const isOnTheWay = isOfProject && deckFile.startsWith(above);
  const isLookedFor = REVEAL_MD_FILES.includes(basename(file));
  const staysThere = isLookedFor ? isOnTheWay : isOfProject;
  return staysThere ? relative(root, file).split(sep).join('/') : basename(file);
}
