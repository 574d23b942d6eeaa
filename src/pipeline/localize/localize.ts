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
 * The external resources of one deck: its images, and its stylesheets and fonts from the web. Those that the deck names are
 * fetched from the start; those that only its page requests follow.
 *
 * Images are identified by the canonical form of their URL (see `picture-url.ts`), because Node and Chromium write some URLs
 * differently.
 */
export interface Resources {
  /** @param url absolute, as the page requests it. */
  image(url: string): Promise<FoundImage>;
  /** The images that were requested so far. */
  imagesSoFar(): readonly Promise<FoundImage>[];
  /** @param url absolute, on the web. */
  asset(url: string, kind: AssetKind): Promise<FoundAsset>;
  /** Resources that did not arrive in time are treated as missing from now on: the print must show what was measured. */
  giveUp(url: string, afterMs: number): void;
  /** Whether the deck, or a stylesheet that was fetched for it, names a canonical URL. */
  isNamed(url: string): boolean;
  /** The references to it, in order. */
  referencesTo(url: string): readonly Reference[];
  /** Records that a file of the project was read, by its URL on the site. */
  noteFile(url: string, bytes: Uint8Array): void;
  /** All results of requests so far, when they are complete. */
  all(): Promise<Localized>;
}

/** The requests of a deck, and their results. */
export interface Localized {
  /** By each URL under which it was requested. */
  readonly images: ReadonlyMap<string, FoundImage>;
  readonly assets: ReadonlyMap<string, FoundAsset>;
  /** The references, by canonical URL, in order. */
  readonly named: ReadonlyMap<ResolvedUrl, readonly Reference[]>;
  /** Hashes of other files of the project that were read, by URL: stylesheets, fonts. SHA-256 in hex. */
  readonly files: ReadonlyMap<string, string>;
  /** Vendored files that are missing, or differ from the lock file. */
  readonly damaged: readonly LockEntry[];
}

/** Starts fetching everything that the deck names. */
export function localizeDeck(deck: Deck, source: ImageSource, lock: ImageLock): Resources {
  const images = new Map<ResolvedUrl, Promise<FoundImage>>();
  const assets = new Map<ResolvedUrl, Promise<FoundAsset>>();
  const asked = new Map<string, ResolvedUrl>();
  const named = new Map<ResolvedUrl, Reference[]>();
  const damaged = new Map<string, LockEntry>();
  const files = new Map<string, string>();

  const remoteImage = async (url: ResolvedUrl): Promise<FoundImage> => {
    const entry = lock.find(url);
    if (!entry) return source.remote(url);
    const found = await source.local(lock.fileOf(entry));
    if (found.ok && found.image.sha256 === entry.sha256) return found;
    damaged.set(url, entry);
    return source.remote(url);
  };
  const remoteAsset = async (url: ResolvedUrl, kind: AssetKind): Promise<FoundAsset> => {
    const entry = lock.find(url);
    const locked = entry && (await lock.asset(entry));
    if (entry && !locked) damaged.set(url, entry);
    return locked ? { ok: true, asset: locked } : source.asset(url, kind);
  };
  /** The page is not https, so it requests `//host/path` with another scheme than on the web. */
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
  /** Reads the references of a stylesheet from the web before the page requests them, so that they count as expected. */
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
    // A stylesheet may offer fonts for every script: the page requests those that it needs.
  }
  return {
    image: (url) => image(url),
    imagesSoFar: () => [...images.values()],
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

/** A later await gets its error. Until then the rejection must not count as unhandled, which would end the process. */
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

/** A path in the deck may lead out of the project; the resolved URL no longer shows that. */
function climbs({ url, via }: Reference, deck: Deck): boolean {
  const path = decodePath(url.replace(/[?#].*$/, ''));
  const isRelative = path !== undefined && !/^(?:[a-z][\w+.-]*:|\/)/i.test(path);
  if (via !== undefined || !isRelative || !path.includes('..')) return false;
  const file = resolve(dirname(deck.source.file), path);
  return file !== deck.root && !file.startsWith(join(deck.root, '/'));
}

async function localImage(url: string, deck: Deck, source: ImageSource): Promise<FoundImage> {
  const { pathname } = new URL(url);
  // Some styles of highlight.js include an image.
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
