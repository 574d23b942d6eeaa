import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { ResourceRequest } from '../../browser/gateway.ts';
import { svgText } from '../../images/svg/svg.ts';
import type { Deck, Resource } from '../../model/model.ts';
import type { FilePath } from '../../model/paths.ts';
import { isSiteUrl } from '../../model/urls.ts';
import { MOUNT_PREFIX, mountedFile } from '../site/mounts.ts';
import { findProjectFile } from '../site/project-files.ts';
import type { Resources } from './localize.ts';

/** Kinds of files, besides images, that a deck's page may load. */
const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.otf': 'font/otf',
  '.ttf': 'font/ttf',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

/** Only these may come from a deck's project: a script in it could otherwise read any file there. */
const PROJECT_TYPES = new Set(['.css', '.otf', '.ttf', '.woff', '.woff2']);

/**
 * Serves the resources of a deck's page except its images: files of Deckhand or of the deck's project, and stylesheets and
 * fonts that the deck uses from the web.
 */
export async function serveFile(
  request: ResourceRequest,
  deck: Deck,
  resources?: Pick<Resources, 'asset' | 'isNamed' | 'noteFile'>,
): Promise<Resource | undefined> {
  // What the page requests as a stylesheet may not be a valid address.
  if (!URL.canParse(request.url)) return undefined;
  const url = new URL(request.url);
  if (!isSiteUrl(url.href)) return resources && remoteFile(request, resources);
  const isOurs = url.pathname.startsWith(MOUNT_PREFIX);
  const file = isOurs ? mountedFile(url.pathname) : await projectFile(request.url, deck);
  if (file === undefined) return undefined;
  const bytes = await readFile(file).catch(() => undefined);
  if (bytes && !isOurs) resources?.noteFile(url.origin + url.pathname, bytes);
  return bytes && { type: TYPES[extname(file).toLowerCase()] ?? 'application/octet-stream', bytes };
}

/**
 * A drawing of the deck's project that another one uses parts of: `<use href="signs.svg#anchor">`. Unlike an image it becomes
 * part of the page, so it must be safe and complete.
 */
export async function serveDrawing(
  { url, kind }: ResourceRequest,
  resources: Pick<Resources, 'image'>,
): Promise<Resource | undefined> {
  if (!URL.canParse(url)) return undefined;
  const { href, pathname } = new URL(url);
  if (kind !== 'other' || !isSiteUrl(href) || !/\.svg$/i.test(pathname)) return undefined;
  const found = await resources.image(url);
  if (!found.ok || found.image.type !== 'image/svg+xml') return undefined;
  const read = await found.image.read();
  if (!read.ok) return undefined;
  // Parsers of XML and CSS take long to load.
  const { makeSvgSafe } = await import('../../images/svg/svg-safe.ts');
  const safe = makeSvgSafe(svgText(read.bytes));
  return safe.ok ? { type: 'image/svg+xml', bytes: safe.svg } : undefined;
}

async function remoteFile(
  { url, kind }: ResourceRequest,
  resources: Pick<Resources, 'asset' | 'isNamed'>,
): Promise<Resource | undefined> {
  if (kind !== 'stylesheet' && kind !== 'font') return undefined;
  // Themes of reveal.js import fonts from Google. With an empty answer they use their fallback, a bundled font.
  if (!resources.isNamed(url) && new URL(url).hostname === 'fonts.googleapis.com')
    return { type: 'text/css', bytes: '' };
  const found = await resources.asset(url, kind);
  return found.ok ? found.asset : undefined;
}

async function projectFile(url: string, deck: Deck): Promise<FilePath | undefined> {
  if (!PROJECT_TYPES.has(extname(new URL(url).pathname).toLowerCase())) return undefined;
  const file = await findProjectFile(url, deck);
  return file === 'outside' ? undefined : file;
}
