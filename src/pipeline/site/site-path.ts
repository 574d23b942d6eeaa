import { relative, sep } from 'node:path';
import type { SitePath } from '../../model/paths.ts';

/** Where a file lies below the root of its project. */
export function sitePath(root: string, file: string): SitePath {
  return relative(root, file).split(sep).join('/') as SitePath;
}
