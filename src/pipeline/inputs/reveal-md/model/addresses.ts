import { dirname, relative } from 'node:path';
import type { DeckFile, DeckSite } from '../../../../model/model.ts';
import { SITE_DOMAIN } from '../../../../model/urls.ts';
import { unique } from '../../../../text/unique.ts';
import { type AddressPlaces, withoutFolder } from '../../../site/addresses.ts';
import { liesWithin } from '../../../site/project-root.ts';
import { pathUrl } from '../../../site/site-urls.ts';

/**
 * The origin of Markdown decks. Not https, because then Chromium would request `http:` images as `https:`, and other
 * resources not at all (https://www.w3.org/TR/mixed-content/).
 */
export const ORIGIN = `http://${SITE_DOMAIN}`;

/** https://github.com/webpro/reveal-md/blob/main/lib/defaults.json */
const DEFAULT_ASSETS_DIR = '_assets';

/** The folders that paths in a deck are relative to. */
export interface RevealMdPlaces extends AddressPlaces {
  /** The working directory; undefined if it is outside of the project. */
  readonly workingFolder?: string | undefined;
  /** The prefix for the working directory in addresses. */
  readonly assetsDir: string;
}

/**
 * reveal-md serves its folder of decks as `/` and its working directory as `/_assets`. Which folder that was is unknown, so
 * those between the deck and the root of its project are tried, nearest first.
 */
export function revealMdPlaces(
  { file }: Pick<DeckFile, 'file'>,
  root: string,
  {
    cwd,
    assetsDir = DEFAULT_ASSETS_DIR,
  }: { readonly cwd?: string | undefined; readonly assetsDir?: string | undefined },
): RevealMdPlaces {
  const deckFolder = dirname(file);
  const workingFolder = cwd !== undefined && liesWithin(root, cwd) ? cwd : undefined;
  const folders = foldersUp(deckFolder, root);
  const aliases = { [assetsDir]: [workingFolder ?? root, root, ...folders] };
  return { root, deckFolder, workingFolder, assetsDir, folders, aliases };
}

/** The site of a deck. */
export function siteOf({ root, deckFolder, folders, aliases = {} }: AddressPlaces): DeckSite {
  return { url: `${ORIGIN}${pathUrl(relative(root, deckFolder))}`.replace(/\/*$/, '/'), folders, aliases };
}

/** The folders from that of a deck up to the root of its project, nearest first. */
export function foldersUp(folder: string, root: string): string[] {
  const found = [folder];
  for (let at = folder; at !== root && at !== dirname(at); at = dirname(at)) found.push(dirname(at));
  return found;
}

/** Where stylesheets are looked for by their paths: reveal-md resolves them from its working directory. */
export function styleFolders({ folders, workingFolder }: RevealMdPlaces): string[] {
  return unique([...(workingFolder === undefined ? [] : [workingFolder]), ...folders]);
}

/** A path without the prefix that reveal-md's server puts before everything in its working directory. */
export function withoutAssetsDir(path: string, { assetsDir }: RevealMdPlaces): string {
  return withoutFolder(path, assetsDir);
}
