import { dirname, join, relative, sep } from 'node:path';
import { unique } from '../../text/unique.ts';
import { liesWithin } from './project-root.ts';

/** The folders that addresses in a deck may refer to. All except `root` are inside of it. */
export interface AddressPlaces {
  readonly root: string;
  readonly deckFolder: string;
  /** The working directory; undefined if it is outside of the project. */
  readonly workingFolder?: string | undefined;
  /** The prefix for the working directory in addresses; default: `_assets`. */
  readonly assetsDir?: string | undefined;
}

/** https://github.com/webpro/reveal-md/blob/main/lib/defaults.json */
const DEFAULT_ASSETS_DIR = '_assets';

/** The folders from that of a deck up to the root of its project, nearest first. */
export function foldersUp(folder: string, root: string): string[] {
  const found = [folder];
  for (let at = folder; at !== root && at !== dirname(at); at = dirname(at)) found.push(dirname(at));
  return found;
}

/** Where stylesheets are looked for by their paths: reveal-md resolves them from its working directory. */
export function styleFolders(places: AddressPlaces): string[] {
  const { root, deckFolder, workingFolder } = places;
  return unique([...(workingFolder === undefined ? [] : [workingFolder]), ...foldersUp(deckFolder, root)]);
}

/** A path without the prefix that reveal-md's server puts before everything in its working directory. */
export function withoutAssetsDir(path: string, { assetsDir = DEFAULT_ASSETS_DIR }: AddressPlaces): string {
  const plain = path.replace(/^\/+/, '');
  return plain.startsWith(`${assetsDir}/`) ? plain.slice(assetsDir.length + 1) : path;
}

/**
 * The files that a path of a deck's site may refer to, most likely first. reveal-md serves its folder of decks as `/` and its
 * working directory as `/_assets`. Which folder that was is unknown, so those between the deck and the root of its project
 * are tried, nearest first.
 *
 * @param path from the root of the project, decoded.
 * @param isRooted whether the path in the deck begins with a slash.
 */
export function filesAt(path: string, isRooted: boolean, places: AddressPlaces): string[] {
  const { root, deckFolder } = places;
  const folder = `/${relative(root, deckFolder).split(sep).join('/')}/`.replace('//', '/');
  const up = foldersUp(deckFolder, root);
  const isBeside = path.startsWith(folder);
  const plain = isBeside ? path.slice(folder.length) : path;
  const whole = isRooted && !isBeside ? [] : [join(root, path)];
  const nearest = [...(isRooted ? [path] : []), plain].flatMap((one) => up.map((at) => join(at, one)));
  const asset = withoutAssetsDir(plain, places);
  return unique([...whole, ...nearest, ...(asset === plain ? [] : assetFiles(asset, up, places))]);
}

function assetFiles(asset: string, up: readonly string[], { root, workingFolder }: AddressPlaces): string[] {
  return [workingFolder ?? root, root, ...up].map((one) => join(one, asset));
}

/** The working directory, if a deck may read from it. */
export function workingFolderIn(root: string, cwd: string | undefined): string | undefined {
  return cwd !== undefined && liesWithin(root, cwd) ? cwd : undefined;
}
