import { createHash } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import type { ImageLock, LockEntry } from '../../images/lock.ts';
import { failed } from '../../images/model/model.ts';
import type { FoundAsset, FoundImage, ImageSource } from '../../images/source.ts';
import { cssReferences } from '../../markup/css.ts';
import type { Deck, Reference } from '../../model/model.ts';
import { isSiteUrl, type ResolvedUrl } from '../../model/urls.ts';
import { decodePath } from '../../text/decode.ts';
import { MOUNT_PREFIX, mountedFile } from '../site/mounts.ts';
import { pictureUrl, requestedUrl, securely } from '../site/picture-url.ts';
import { findProjectFile } from '../site/project-files.ts';

export type AssetKind = 'stylesheet' | 'font';

/**
 * What one deck asks for besides its own files: its pictures, and the stylesheets and fonts that it has on the web. What
 * the deck names is on its way from the start; what only its page asks for joins in.
 *
 * Pictures go by the canonical form of their URL (see `picture-url.ts`), since Node and Chromium write some differently.
 */
export interface Resources {
  /** @param url absolute, as the page asks for it. */
  image(url: string): Promise<FoundImage>;
  /** @param url absolute, on the web. */
  asset(url: string, kind: AssetKind): Promise<FoundAsset>;
  /** What was asked for and did not come in time is lost from now on: what is measured must be what is printed. */
  giveUp(url: string, afterMs: number): void;
  /** Whether the deck, or a stylesheet that was fetched for it, names a canonical URL. */
  isNamed(url: string): boolean;
  /** Where they name it, in order. */
  referencesTo(url: string): readonly Reference[];
  /** Notes that a file of the project was read, by its URL on the site. */
  noteFile(url: string, bytes: Uint8Array): void;
  /** Everything that was asked for so far, once it is there. */
  all(): Promise<Localized>;
}

/** What a deck asked for, and what became of it. */
export interface Localized {
  /** Under each URL that was requested for it. */
  readonly images: ReadonlyMap<string, FoundImage>;
  readonly assets: ReadonlyMap<string, FoundAsset>;
  /** Who names what, by canonical URL, in order. */
  readonly named: ReadonlyMap<ResolvedUrl, readonly Reference[]>;
  /** Hashes of the other files of the project that were read, by URL: stylesheets, fonts. SHA-256, hex. */
  readonly files: ReadonlyMap<string, string>;
  /** Vendored files that are gone, or not what the lock says. */
  readonly damaged: readonly LockEntry[];
}

/** Starts bringing home everything that the deck names. */
export function localizeDeck(deck: Deck, source: ImageSource, lock: ImageLock): Resources {
  const images = new Map<ResolvedUrl, Promise<FoundImage>>();
  const assets = new Map<ResolvedUrl, Promise<FoundAsset>>();
  const asked = new Map<string, ResolvedUrl>();
  const named = new Map<ResolvedUrl, Reference[]>();
  const damaged = new Map<string, LockEntry>();
  const files = new Map<string, string>();

  const remoteImage = async (url: string): Promise<FoundImage> => {
    const entry = lock.find(url);
    if (!entry) return source.remote(url);
    const found = await source.local(lock.fileOf(entry));
    if (found.ok && found.image.sha256 === entry.sha256) return found;
    damaged.set(url, entry);
    return source.remote(url);
  };
  const remoteAsset = async (url: string, kind: AssetKind): Promise<FoundAsset> => {
    const entry = lock.find(url);
    const locked = entry && (await lock.asset(entry));
    if (entry && !locked) damaged.set(url, entry);
    return locked ? { ok: true, asset: locked } : source.asset(url, kind);
  };
  /** The page, which is not https, asks for `//host/path` by another scheme than the web would. */
  const nameOf = (url: string): ResolvedUrl => {
    const canonical = requestedUrl(url);
    const secure = securely(canonical);
    return !named.has(canonical) && named.has(secure) ? secure : canonical;
  };
  const image = (url: string, find?: () => Promise<FoundImage>): Promise<FoundImage> => {
    const canonical = nameOf(url);
    asked.set(url, canonical);
    const known = images.get(canonical);
    if (known) return known;
    const isLocal = isSiteUrl(canonical);
    const found = find?.() ?? (isLocal ? localImage(canonical, deck, source) : remoteImage(canonical));
    images.set(canonical, found);
    return found;
  };
  const asset = (asked: string, kind: AssetKind): Promise<FoundAsset> => {
    const url = nameOf(asked);
    const known = assets.get(url);
    if (known) return known;
    const found = remoteAsset(url, kind);
    assets.set(url, found);
    return kind === 'stylesheet' ? found.then((style) => scanned(url, style)) : found;
  };
  /** Notes what a stylesheet of the web asks for, before the page can: none of that is a surprise. */
  const scanned = (url: ResolvedUrl, style: FoundAsset): FoundAsset => {
    if (!style.ok) return style;
    const from = named.get(url)?.[0];
    for (const { kind, url: written } of cssReferences(Buffer.from(style.asset.bytes).toString('utf8'))) {
      const target = pictureUrl(written, url);
      if (target) note(target, { kind, url: written, ...lineOf(from), ...slideOf(from), via: url });
    }
    return style;
  };
  const note = (canonical: ResolvedUrl, reference: Reference): void => {
    named.set(canonical, [...(named.get(canonical) ?? []), reference]);
  };

  for (const reference of deck.references) {
    const canonical = pictureUrl(reference.url, reference.via ?? deck.site.url);
    if (!canonical) continue;
    note(canonical, reference);
    const isRemote = !isSiteUrl(canonical);
    if (reference.kind === 'image') {
      inBackground(image(canonical, climbs(reference, deck) ? async () => outside(deck) : undefined));
    } else if (reference.kind === 'stylesheet' && isRemote) inBackground(asset(canonical, 'stylesheet'));
    // A stylesheet may offer fonts for every script on earth: the page asks for those that it sets text in.
  }
  return {
    image: (url) => image(url),
    asset,
    giveUp: (url, afterMs) => {
      const name = nameOf(url);
      const message = `it was not loaded within ${afterMs / 1000} s`;
      const hint = 'build again, or raise --timeout';
      const late = (code: 'FONT_UNAVAILABLE' | 'IMAGE_TIMEOUT') =>
        Promise.resolve(failed(code, message, hint));
      if (assets.has(name)) assets.set(name, late('FONT_UNAVAILABLE'));
      if (images.has(name)) images.set(name, late('IMAGE_TIMEOUT'));
    },
    isNamed: (url) => named.has(nameOf(url)),
    referencesTo: (url) => named.get(nameOf(url)) ?? [],
    noteFile: (url, bytes) => void files.set(url, createHash('sha256').update(bytes).digest('hex')),
    all: async () => {
      const ofImages = [...asked].map(
        async ([url, canonical]) => [url, await (images.get(canonical) ?? image(url))] as const,
      );
      const ofAssets = [...assets].map(async ([url, found]) => [url, await found] as const);
      return {
        images: new Map(await Promise.all(ofImages)),
        assets: new Map(await Promise.all(ofAssets)),
        named,
        files,
        damaged: [...damaged.values()],
      };
    },
  };
}

/** A later await gets its error. Until then the rejection is unhandled, which would end the process. */
function inBackground(coming: Promise<unknown>): void {
  coming.catch(() => undefined);
}

/** Of a stylesheet that nobody names, the deck's first one. */
function lineOf(reference: Reference | undefined): Pick<Reference, 'line'> {
  return { line: reference ? reference.line : 1 };
}

function slideOf(reference: Reference | undefined): Pick<Reference, 'slide'> {
  return reference?.slide === undefined ? {} : { slide: reference.slide };
}

/** A path as the deck writes it may climb out of the project; the URL made of it no longer shows that. */
function climbs({ url, via }: Reference, deck: Deck): boolean {
  const path = decodePath(url.replace(/[?#].*$/, ''));
  const isRelative = path !== undefined && !/^(?:[a-z][\w+.-]*:|\/)/i.test(path);
  if (via !== undefined || !isRelative || !path.includes('..')) return false;
  const file = resolve(dirname(deck.source.file), path);
  return file !== deck.root && !file.startsWith(join(deck.root, '/'));
}

async function localImage(url: string, deck: Deck, source: ImageSource): Promise<FoundImage> {
  const { pathname } = new URL(url);
  // Some styles of highlight.js come with a picture.
  const mounted = pathname.startsWith(MOUNT_PREFIX) ? mountedFile(pathname) : undefined;
  if (mounted) return source.local(mounted);
  const file = await findProjectFile(url, deck);
  if (file === 'outside') return outside(deck);
  if (file !== undefined) return source.local(file);
  const hint = `paths are relative to the deck, then to the folders above it up to its project root (${deck.root})`;
  return failed('IMAGE_NOT_FOUND', 'there is no such file next to the deck or in its project', hint);
}

function outside(deck: Deck): FoundImage {
  const hint = `copy it into the project (${deck.root})`;
  return failed('IMAGE_OUTSIDE_ROOT', 'the file is outside the project of the deck', hint);
}
