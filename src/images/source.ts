import pLimit from 'p-limit';
import { boundedMemo } from '../async/bounded-memo.ts';
import type { FilePath } from '../model/paths.ts';
import { archiveUrl, mayBeArchived } from './archive.ts';
import { ASSETS, type AssetKind } from './assets.ts';
import { type BroughtHome, bringHome, ENTRY_VERSION, type HomePorts, type Kind } from './bring-home.ts';
import type { CheckedCache } from './cache/cache.ts';
import type { FetchResult, Wanted } from './fetch/answers.ts';
import type { Fetcher, FetchOptions } from './fetch/fetch.ts';
import { isFresh, timestamp } from './fetch/freshness.ts';
import { fetchedUrl } from './fetch/mirrors.ts';
import { localImage } from './local-image.ts';
import { DEFAULT_LIMITS, type ImageLimits } from './model/limits.ts';
import type { Asset, Decoder, ImageFacts, ImageResult, Provenance, StoredImage } from './model/model.ts';
import { failed } from './model/model.ts';
import { storedImage, unchanged } from './stored-image.ts';

export interface ImageSourceOptions extends FetchOptions {
  readonly offline: boolean;
  /** An archive for images whose own address no longer works: a URL with `{url}` in it. */
  readonly archive?: string;
  /** How many bytes of resources that cannot be read again are kept for later requests. Default: all. */
  readonly keptBytes?: number;
}

/** `provenance`: set for resources that came from the web, now or earlier. */
export type FoundImage = ImageResult<{ readonly image: StoredImage; readonly provenance?: Provenance }>;
export type FoundAsset = ImageResult<{ readonly asset: Asset; readonly provenance?: Provenance }>;

/** The source of images for all decks of a run. Each URL and each file is fetched and decoded once, as long as it is kept. */
export interface ImageSource {
  /** @param url absolute; http or https. */
  remote(url: string): Promise<FoundImage>;
  local(file: FilePath): Promise<FoundImage>;
  asset(url: string, kind: AssetKind): Promise<FoundAsset>;
  /** Ends every connection. */
  close(): Promise<void>;
}

type Facts = ImageFacts & Record<string, string | number>;

interface Remembered {
  readonly found: FoundImage;
  /** Bytes of an image that could not be cached. */
  readonly heldBytes: number;
}

/** Enough for the processes that decode them: more files would only take more memory. */
const FILES_AT_ONCE = 4;

/** The images of a run, over a cache that is shared with other runs. Its functions throw nothing but the signal's reason. */
export function createImageSource(
  options: ImageSourceOptions,
  cache: CheckedCache,
  decoder: Pick<Decoder, 'inspect' | 'warmUp'>,
  signal?: AbortSignal,
): ImageSource {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const image = imageKind(decoder, limits);
  const web = lazyFetcher(options, decoder, signal);
  const ports = { cache, fetch: web.fetch, mirrors: options.mirrors ?? [], limits, offline: options.offline };
  const { keptBytes = Number.POSITIVE_INFINITY } = options;
  const images = boundedMemo<Remembered>(keptBytes, ({ heldBytes }) => heldBytes);
  const files = pLimit(FILES_AT_ONCE);
  const assets = boundedMemo<FoundAsset>(keptBytes / 8, (found) => (found.ok ? found.asset.bytes.length : 0));
  return {
    remote: async (url) => {
      const one = canonical(url);
      const remembered = await images.once(`url ${one}`, () =>
        remoteImage(one, image, options.archive, ports),
      );
      return remembered.found;
    },
    local: async (file) => {
      const remembered = await images.once(`file ${file}`, async () => ({
        found: await files(() => localImage(file, image, cache, limits.maxBytes)),
        heldBytes: 0,
      }));
      return remembered.found;
    },
    asset: (url, kind) =>
      assets.once(`${kind} ${canonical(url)}`, () => remoteAsset(canonical(url), kind, ports)),
    close: web.close,
  };
}

/** As the parser writes it, without the fragment, which is never sent to a server. */
function canonical(url: string): string {
  return fetchedUrl(url);
}

/** With a full cache, no HTTP client is needed, which takes long to load. */
function lazyFetcher(
  options: FetchOptions,
  decoder: Pick<Decoder, 'warmUp'>,
  signal: AbortSignal | undefined,
) {
  let loading: Promise<Fetcher> | undefined;
  const load = async (): Promise<Fetcher> => {
    const { createFetcher } = await import('./fetch/fetch.ts');
    return createFetcher(options, { onImage: () => decoder.warmUp() });
  };
  return {
    fetch: async (url: string, wanted: Wanted): Promise<FetchResult> => {
      loading ??= load();
      return (await loading).fetch(url, wanted, signal);
    },
    close: async (): Promise<void> => {
      (await loading)?.close();
    },
  };
}

function imageKind(decoder: Pick<Decoder, 'inspect'>, limits: ImageLimits): Kind<Facts> {
  return {
    name: 'image',
    examine: async (bytes) => {
      const inspected = await decoder.inspect(bytes);
      if (!inspected.ok) return inspected;
      const { type, widthPx, heightPx, frames } = inspected.facts;
      return { ok: true, bytes, facts: { type, widthPx, heightPx, frames } };
    },
    recall: ({ type, widthPx, heightPx, frames }) => {
      if (typeof type !== 'string') return undefined;
      if (![widthPx, heightPx, frames].every((value) => typeof value === 'number')) return undefined;
      const facts = { type, widthPx: Number(widthPx), heightPx: Number(heightPx), frames: Number(frames) };
      return isAllowed(facts, limits) ? facts : undefined;
    },
  };
}

/** A vector has no pixels of its own. */
function isAllowed({ type, widthPx, heightPx, frames }: ImageFacts, limits: ImageLimits): boolean {
  return type === 'image/svg+xml' || (widthPx * heightPx <= limits.maxPixels && frames <= limits.maxFrames);
}

async function remoteImage(
  url: string,
  kind: Kind<Facts>,
  archive: string | undefined,
  ports: HomePorts,
): Promise<Remembered> {
  const bring = (): Promise<BroughtHome<Facts>> =>
    archive === undefined
      ? bringHome(url, kind, ports)
      : withArchive(url, archiveUrl(archive, url), kind, ports);
  const home = await bring();
  if (!home.ok) return { found: { ok: false, failure: home.failure }, heldBytes: 0 };
  const { bytes, sha256, isKept, facts, provenance } = home;
  const read = isKept ? readingAgain(sha256, ports.cache, bring) : holding(bytes);
  const image = storedImage(facts, home, read);
  return { found: { ok: true, image, provenance }, heldBytes: isKept ? 0 : bytes.length };
}

// Functions of their own: a closure created where the bytes are in scope would hold them.

function readingAgain(
  sha256: string,
  cache: CheckedCache,
  bring: () => Promise<BroughtHome<Facts>>,
): StoredImage['read'] {
  return async () => {
    const kept = await cache.content(sha256);
    // The cache may have been emptied in the meantime.
    return kept ? { ok: true, bytes: kept } : unchanged(sha256, await bring());
  };
}

function holding(bytes: Uint8Array): StoredImage['read'] {
  return async () => ({ ok: true, bytes });
}

/**
 * Asks the archive if the address has failed permanently. The failure is cached as long as a copy counts as fresh, so that a
 * nightly build does not wait for a dead server each night. The archive's copy is cached like any other, under the archive's
 * own URL.
 */
async function withArchive(
  url: string,
  archived: string,
  kind: Kind<Facts>,
  ports: HomePorts,
): Promise<BroughtHome<Facts>> {
  const deadKey = `dead ${ENTRY_VERSION} ${fetchedUrl(url, ports.mirrors)}`;
  const death = (await ports.cache.get(deadKey))?.metadata.since;
  const isKnownDead =
    typeof death === 'string' && (ports.offline || isFresh(death, ports.limits.maxAgeMs, Date.now()));
  if (isKnownDead) {
    const kept = await bringHome(archived, kind, { ...ports, offline: true });
    if (kept.ok) return fromArchive(kept);
  }
  const found = await bringHome(url, kind, ports);
  if (found.ok || !mayBeArchived(found)) return found;
  const second = await bringHome(archived, kind, ports);
  if (!second.ok) {
    const hint = [found.failure.hint, `the archive has no copy either: ${second.failure.message}`];
    return failed(found.failure.code, found.failure.message, hint.filter(Boolean).join('; '));
  }
  await ports.cache.put(deadKey, Buffer.from('dead'), { since: timestamp(Date.now()) });
  return fromArchive(second);
}

function fromArchive<T extends { readonly provenance: Provenance }>(found: T): T {
  return { ...found, provenance: { ...found.provenance, archived: true } };
}

/** An archive is not used for these: it rewrites their content to point to itself. */
async function remoteAsset(url: string, name: AssetKind, ports: HomePorts): Promise<FoundAsset> {
  const found = await bringHome(url, ASSETS[name], ports);
  if (!found.ok) {
    const { message, hint } = found.failure;
    return failed(name === 'font' ? 'FONT_UNAVAILABLE' : 'STYLE_UNAVAILABLE', message, hint);
  }
  const { bytes, sha256, facts, provenance } = found;
  return { ok: true, asset: { bytes, sha256, type: facts.type }, provenance };
}
