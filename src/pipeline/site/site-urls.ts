import { dirname, relative, sep } from 'node:path';
import type { Deck } from '../../model/model.ts';
import { MOUNT_PREFIX, MOUNTS } from './mounts.ts';

/**
 * The origin of decks: a name that no resolver knows, so that nothing can be requested from the real web. Not https, because
 * then Chromium would request `http:` images as `https:`, and other resources not at all
 * (https://www.w3.org/TR/mixed-content/).
 */
export const SITE_ORIGIN = 'http://deck.invalid';

/** A text for people, with paths from the root of the project instead of internal addresses. */
export function withoutSite(text: string): string {
  return text.replaceAll(`${SITE_ORIGIN}/`, '');
}

/** The URL of the deck's folder, with a slash at its end. */
export function deckFolderUrl(deck: Pick<Deck, 'root' | 'source'>): string {
  return `${SITE_ORIGIN}${pathUrl(relative(deck.root, dirname(deck.source.file)))}`.replace(/\/*$/, '/');
}

/**
 * The placeholder address for a slide of another deck, until it is known which file the link leads to. Nothing is ever served
 * there.
 *
 * @param destination undefined: the beginning of the file.
 */
export function deckLinkUrl(outputName: string, destination?: string): string {
  const name = outputName.split('/').map(encodeURIComponent).join('/');
  const hash = destination === undefined ? '' : `#${encodeURIComponent(destination)}`;
  return new URL(`${SITE_ORIGIN}${MOUNT_PREFIX}deck/${name}${hash}`).href;
}

/** The path at which a stylesheet on disk is served: below a mount if it is one of ours, otherwise below the root. */
export function styleFileUrl(file: string, root: string): string {
  for (const [name, folder] of Object.entries(MOUNTS)) {
    if (file.startsWith(folder + sep)) return `${MOUNT_PREFIX}${name}${pathUrl(relative(folder, file))}`;
  }
  return pathUrl(relative(root, file));
}

function pathUrl(path: string): string {
  return `/${path.split(sep).map(encodeURIComponent).join('/')}`;
}
