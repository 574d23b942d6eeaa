import { basename, dirname, join, sep } from 'node:path';
import type { SitePath } from '../../../../model/paths.ts';
import { sitePath } from '../../../site/site-path.ts';
import { REVEAL_MD_FILES } from '../model/project.ts';

/**
 * Where a file that a deck was read with must be in a project of its own, so that it is found again: as it lies in this one,
 * but for what was found in a working directory beside the deck's way.
 */
export function archivedPath(file: string, deckFile: string, root: string): SitePath {
  const above = join(dirname(file), sep);
  const isOfProject = above.startsWith(join(root, sep));
  const isOnTheWay = isOfProject && deckFile.startsWith(above);
  const isLookedFor = REVEAL_MD_FILES.includes(basename(file));
  const staysThere = isLookedFor ? isOnTheWay : isOfProject;
  return sitePath(root, staysThere ? file : join(root, basename(file)));
}
