import { dirname, relative, sep } from 'node:path';
import type { Deck } from '../../model/model.ts';
import { MOUNT_PREFIX, MOUNTS } from './mounts.ts';

/**
 * Where decks are served from: a name that no resolver knows, so that nothing can ever be asked of the real web. Not
 * https, from where Chromium would ask for `http:` pictures as `https:` ones, and for others not at all
 * (https://www.w3.org/TR/mixed-content/).
 */
export const SITE_ORIGIN = 'http://deck.invalid';

/** A text for people: paths from the root of the project, in place of addresses that nobody but us knows. */
export function withoutSite(text: string): string {
  return text.replaceAll(`${SITE_ORIGIN}/`, '');
}

/** The URL of the deck's folder, with a slash at its end. */
export function deckFolderUrl(deck: Pick<Deck, 'root' | 'source'>): string {
  return `${SITE_ORIGIN}${pathUrl(relative(deck.root, dirname(deck.source.file)))}`.replace(/\/*$/, '/');
}

/**
 * What stands for a slide of another deck in the pages of a deck, until it is known which file it leads to. Nothing is ever
 * served there.
 *
 * @param destination none: where the file begins.
 */
export function deckLinkUrl(outputName: string, destination?: string): string {
  const name = outputName.split('/').map(encodeURIComponent).join('/');
  const hash = destination === undefined ? '' : `#${encodeURIComponent(destination)}`;
  return new URL(`${SITE_ORIGIN}${MOUNT_PREFIX}deck/${name}${hash}`).href;
}

/** The path that a stylesheet on disk is served under: below a mount where it is one of ours, else below the root. */
export function styleFileUrl(file: string, root: string): string {
  for (const [name, folder] of Object.entries(MOUNTS)) {
    if (file.startsWith(folder + sep)) return `${MOUNT_PREFIX}${name}${pathUrl(relative(folder, file))}`;
  }
  return pathUrl(relative(root, file));
}

function pathUrl(path: string): string {
  return `/${path.split(sep).map(encodeURIComponent).join('/')}`;
}
