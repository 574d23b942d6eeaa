import { basename, dirname, join, sep } from 'node:path';
import type { SitePath } from '../../../../model/paths.ts';
import { sitePath } from '../../../site/site-path.ts';
import { REVEAL_MD_FILES } from '../model/project.ts';

/**
 * The path at which a file that belongs to a deck is found again in a project of its own: unchanged, except for files found
 * in a working directory outside of the deck's folders.
 */
export function archivedPath(file: string, deckFile: string, root: string): SitePath {
  const above = join(dirname(file), sep);
  const isOfProject = above.startsWith(join(root, sep));
  const isOnTheWay = isOfProject && deckFile.startsWith(above);
  const isLookedFor = REVEAL_MD_FILES.includes(basename(file));
  const staysThere = isLookedFor ? isOnTheWay : isOfProject;
  return sitePath(root, staysThere ? file : join(root, basename(file)));
}
