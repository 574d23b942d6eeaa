import { lstatSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, relative, sep } from 'node:path';

/**
 * Whether a file in the output folder, existing or not, is really in it: an output folder may come from elsewhere, and
 * contain a symbolic link to another folder. The file itself may be a link, which is replaced and never followed.
 */
export function liesInOutput(outputDir: string, file: string): boolean {
  if (lstatSync(outputDir, { throwIfNoEntry: false }) === undefined) return true;
  let folder = dirname(file);
  while (folder !== dirname(folder) && lstatSync(folder, { throwIfNoEntry: false }) === undefined)
    folder = dirname(folder);
  try {
    const inside = relative(realpathSync(outputDir), realpathSync(folder));
    return inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
  } catch {
    // A link without a target.
    return false;
  }
}
