import { dirname, join, relative, sep } from 'node:path';
import { unique } from '../../text/unique.ts';
import { liesWithin } from './project-root.ts';

/** The folders that the addresses of a deck are about. All but `root` lie in it. */
export interface AddressPlaces {
  readonly root: string;
  readonly deckFolder: string;
  /** Where the command was started; none where that is outside the project. */
  readonly workingFolder?: string | undefined;
  /** What stands in an address for the working folder; none: `_assets`. */
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

/** Where stylesheets are looked for by their paths: reveal-md has them relative to the folder it is started in. */
export function styleFolders(places: AddressPlaces): string[] {
  const { root, deckFolder, workingFolder } = places;
  return unique([...(workingFolder === undefined ? [] : [workingFolder]), ...foldersUp(deckFolder, root)]);
}

/** A path without what reveal-md's server puts before everything in its working folder. */
export function withoutAssetsDir(path: string, { assetsDir = DEFAULT_ASSETS_DIR }: AddressPlaces): string {
  const plain = path.replace(/^\/+/, '');
  return plain.startsWith(`${assetsDir}/`) ? plain.slice(assetsDir.length + 1) : path;
}

/**
 * The files that a path of a deck's site may mean, likeliest first. reveal-md serves the folder that it is given as `/` and
 * its working folder as `/_assets`; which folder that was nobody knows, so those between the deck and the root of its
 * project are tried, nearest first.
 *
 * @param path from the root of the project, decoded.
 * @param isRooted whether the deck writes it with a slash in front.
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

/** The working folder as far as a deck may read from it. */
export function workingFolderIn(root: string, cwd: string | undefined): string | undefined {
  return cwd !== undefined && liesWithin(root, cwd) ? cwd : undefined;
}
