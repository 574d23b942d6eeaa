import { relative, sep } from 'node:path';
import { isSiteUrl, SITE_DOMAIN } from '../../model/urls.ts';
import { MOUNT_PREFIX, MOUNTS } from './mounts.ts';

/** Whether an absolute URL is that of a file of the deck's own project. */
export function isProjectUrl(url: string): boolean {
  return isSiteUrl(url) && !isMountUrl(url);
}

/** Whether an absolute URL is that of one of our files, which every site has. */
export function isMountUrl(url: string): boolean {
  return isSiteUrl(url) && new URL(url).pathname.startsWith(MOUNT_PREFIX);
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
  return new URL(`http://${SITE_DOMAIN}${MOUNT_PREFIX}deck/${name}${hash}`).href;
}

/** The path at which a stylesheet on disk is served: below a mount if it is one of ours, otherwise below the root. */
export function styleFileUrl(file: string, root: string): string {
  for (const [name, folder] of Object.entries(MOUNTS)) {
    if (file.startsWith(folder + sep)) return `${MOUNT_PREFIX}${name}${pathUrl(relative(folder, file))}`;
  }
  return pathUrl(relative(root, file));
}

/** @param path below the root, in the notation of this system. */
export function pathUrl(path: string): string {
  return `/${path.split(sep).map(encodeURIComponent).join('/')}`;
}
