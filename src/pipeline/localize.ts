import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { liesWithin } from '../deck/project-root.ts';
import { type Diagnostic, diagnostic, type Place } from '../diagnostics.ts';
import { failed } from '../images/model.ts';
import type { FoundImage, ImageSource } from '../images/source.ts';
import type { Deck } from './model.ts';
import { MOUNT_PREFIX, mountedFile } from './mounts.ts';
import { deckFolderUrl, SITE_ORIGIN } from './render.ts';

/** The pictures of one deck: those that its Markdown names, and on demand those that only its page asks for. */
export interface Pictures {
  /** By absolute URL in the site. */
  get(url: string): Promise<FoundImage>;
  /** Everything that was asked for so far. */
  all(): Promise<ReadonlyMap<string, FoundImage>>;
}

/** Starts bringing home every picture that the deck's Markdown names; the page, while it renders, may ask for more. */
export function localizePictures(deck: Deck, source: ImageSource): Pictures {
  const asked = new Map<string, Promise<FoundImage>>();
  const get = (url: string): Promise<FoundImage> => {
    const known = asked.get(url);
    if (known) return known;
    const found = url.startsWith(`${SITE_ORIGIN}/`) ? localImage(url, deck, source) : source.remote(url);
    asked.set(url, found);
    return found;
  };
  for (const reference of deck.images) {
    const url = absoluteUrl(reference.url, deck);
    if (url && !asked.has(url)) asked.set(url, referencedImage(reference.url, url, deck, source));
  }
  const all = async (): Promise<ReadonlyMap<string, FoundImage>> =>
    new Map(await Promise.all([...asked].map(async ([url, image]) => [url, await image] as const)));
  return { get, all };
}

/** One diagnostic for each picture that could not be had, at the first place that asks for it. */
export function pictureDiagnostics(deck: Deck, images: ReadonlyMap<string, FoundImage>): Diagnostic[] {
  const places = new Map<string, Place[]>();
  for (const { url, line, slide } of deck.images) {
    const absolute = absoluteUrl(url, deck);
    if (!absolute) continue;
    const place = { deck: deck.source.path, line, slide, url: shownUrl(absolute, url) };
    places.set(absolute, [...(places.get(absolute) ?? []), place]);
  }
  return [...images].flatMap(([url, image]) => {
    const [first, ...others] = places.get(url) ?? [];
    const place = first ?? { deck: deck.source.path, url: shownUrl(url, url) };
    const isOurs = url.startsWith(SITE_ORIGIN + MOUNT_PREFIX);
    const late =
      first || isOurs
        ? []
        : [diagnostic('IMAGE_LATE', 'only the rendered page asks for this picture', place)];
    if (image.ok) return late;
    const more = others.length > 0 ? ` (and on ${others.length} more)` : '';
    return [
      ...late,
      diagnostic(image.failure.code, `${image.failure.message}${more}`, place, image.failure.hint),
    ];
  });
}

function shownUrl(absolute: string, written: string): string {
  return absolute.startsWith(`${SITE_ORIGIN}/`) ? written.replace(`${SITE_ORIGIN}/`, '') : absolute;
}

/** The URL that the browser makes of one in a deck; none for what carries its own bytes. */
function absoluteUrl(url: string, deck: Deck): string | undefined {
  if (/^(?:data|blob|javascript):/i.test(url.trim())) return undefined;
  const base = deckFolderUrl(deck);
  return URL.canParse(url, base) ? new URL(url, base).href.replace(/#.*$/, '') : undefined;
}

/** A path as the deck writes it may climb out of the project; the URL made of it no longer shows that. */
async function referencedImage(
  written: string,
  url: string,
  deck: Deck,
  source: ImageSource,
): Promise<FoundImage> {
  if (!url.startsWith(`${SITE_ORIGIN}/`)) return source.remote(url);
  const path = decodePath(written.replace(/[?#].*$/, ''));
  if (path === undefined || path.startsWith('/') || !path.includes('..'))
    return localImage(url, deck, source);
  const file = resolve(dirname(deck.source.file), path);
  return file === deck.root || file.startsWith(join(deck.root, '/'))
    ? localImage(url, deck, source)
    : outside(deck);
}

async function localImage(url: string, deck: Deck, source: ImageSource): Promise<FoundImage> {
  const { pathname } = new URL(url);
  // Some styles of highlight.js come with a picture.
  const mounted = pathname.startsWith(MOUNT_PREFIX) ? mountedFile(pathname) : undefined;
  if (mounted) return source.local(mounted);
  const file = await findProjectFile(url, deck);
  if (file === 'outside') return outside(deck);
  if (file === undefined) {
    const hint = `paths are relative to the deck, then to its project root (${deck.root})`;
    return failed('IMAGE_NOT_FOUND', 'there is no such file beside the deck or in its project', hint);
  }
  return source.local(file);
}

function outside(deck: Deck): FoundImage {
  const hint = `copy it into the project (${deck.root})`;
  return failed('IMAGE_OUTSIDE_ROOT', 'the file lies outside the project of the deck', hint);
}

/**
 * The file that a URL of the site names: relative to the deck's folder, then to the project root, as reveal-md's static
 * folders have it. Symbolic links are followed, but not out of the project; devices and pipes are no files.
 */
export async function findProjectFile(url: string, deck: Deck): Promise<string | 'outside' | undefined> {
  const path = decodePath(new URL(url).pathname);
  if (path === undefined) return undefined;
  const folder = decodePath(new URL(deckFolderUrl(deck)).pathname) ?? '/';
  const fallback = path.startsWith(folder) ? [path.slice(folder.length)] : [];
  for (const candidate of [path, ...fallback].map((one) => join(deck.root, one))) {
    const stats = await stat(candidate).catch(() => undefined);
    if (!stats?.isFile()) continue;
    return liesWithin(deck.root, candidate) ? candidate : 'outside';
  }
  return undefined;
}

function decodePath(path: string): string | undefined {
  try {
    const decoded = decodeURIComponent(path);
    return decoded.includes('\0') ? undefined : decoded;
  } catch {
    return undefined;
  }
}
