import { join } from 'node:path';
import type { DeckSite } from '../../model/model.ts';
import { unique } from '../../text/unique.ts';
import { sitePath } from './site-path.ts';

/** The folders that addresses in a deck may refer to. All are inside of `root`. */
export interface AddressPlaces extends Pick<DeckSite, 'aliases' | 'folders'> {
  readonly root: string;
  readonly deckFolder: string;
}

/**
 * The files that a path of a deck's site may refer to, most likely first: the path itself, then the same path in the other
 * folders of the site, because it is unknown which one the author served.
 *
 * @param path from the root of the project, decoded.
 * @param isRooted whether the path in the deck begins with a slash.
 */
export function filesAt(path: string, isRooted: boolean, places: AddressPlaces): string[] {
  const { root, deckFolder, folders, aliases = {} } = places;
  const folder = `/${sitePath(root, deckFolder)}/`.replace('//', '/');
  const isBeside = path.startsWith(folder);
  const plain = isBeside ? path.slice(folder.length) : path;
  const whole = join(root, path);
  const nearest = [...(isRooted ? [path] : []), plain].flatMap((one) => folders.map((at) => join(at, one)));
  const aliased = Object.entries(aliases).flatMap(([name, targets]) => {
    const rest = withoutFolder(plain, name);
    return rest === plain ? [] : targets.map((at) => join(at, rest));
  });
  return unique([...(isRooted && !isBeside ? [] : [whole]), ...nearest, whole, ...aliased]);
}

/** A path without a folder at its beginning; unchanged if it does not begin with it. */
export function withoutFolder(path: string, name: string): string {
  const plain = path.replace(/^\/+/, '');
  return plain.startsWith(`${name}/`) ? plain.slice(name.length + 1) : path;
}
