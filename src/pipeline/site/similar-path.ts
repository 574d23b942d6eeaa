import { readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { foldTitle } from '../../text/fold-title.ts';

/**
 * A path below a folder that is equal except for case or the encoding of accents, with `/`: on other systems both name the
 * same file. Undefined if there are several.
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
