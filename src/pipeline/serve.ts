import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { ResourceRequest } from '../browser/gateway.ts';
import { findProjectFile } from './localize.ts';
import type { Deck, Resource } from './model.ts';
import { MOUNT_PREFIX, mountedFile } from './mounts.ts';
import { SITE_ORIGIN } from './render.ts';

/** Kinds of files, besides pictures, that a deck's page may load. */
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

/** A file of ours or of the deck's project, for its page. Pictures go another way: see `localize.ts`. */
export async function serveFile(request: ResourceRequest, deck: Deck): Promise<Resource | undefined> {
  const url = new URL(request.url);
  if (url.origin !== SITE_ORIGIN) return googleFont(url);
  const file = url.pathname.startsWith(MOUNT_PREFIX)
    ? mountedFile(url.pathname)
    : await projectFile(request.url, deck);
  if (file === undefined) return undefined;
  const bytes = await readFile(file).catch(() => undefined);
  return bytes && { type: TYPES[extname(file).toLowerCase()] ?? 'application/octet-stream', bytes };
}

async function projectFile(url: string, deck: Deck): Promise<string | undefined> {
  if (!PROJECT_TYPES.has(extname(new URL(url).pathname).toLowerCase())) return undefined;
  const file = await findProjectFile(url, deck);
  return file === 'outside' ? undefined : file;
}

/** reveal.js's own themes import faces from Google. An empty answer leaves them their fallback, a bundled face. */
function googleFont(url: URL): Resource | undefined {
  return url.hostname === 'fonts.googleapis.com' ? { type: 'text/css', bytes: '' } : undefined;
}
