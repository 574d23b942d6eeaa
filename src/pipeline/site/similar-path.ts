import { readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { foldTitle } from '../../text/fold-title.ts';

/**
 * A path below a folder that is the same but for case or the way its accents are encoded, with `/`: on another system, such
 * as the author's, both may name one file. None where several are.
 */
export async function similarPath(folder: string, path: string): Promise<string | undefined> {
  let found = '';
  for (const name of path.split(sep)) {
    const names: readonly string[] = await readdir(join(folder, found)).catch(() => []);
    const similar = names.includes(name) ? [name] : names.filter((one) => isSimilar(one, name));
    const [same] = similar;
    if (same === undefined || similar.length > 1) return undefined;
    found = found === '' ? same : `${found}/${same}`;
  }
  return found;
}

function isSimilar(one: string, other: string): boolean {
  return foldTitle(one) === foldTitle(other);
}
