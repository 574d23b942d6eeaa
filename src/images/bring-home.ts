import { createHash } from 'node:crypto';
import type { CacheMetadata, CheckedCache } from './cache/cache.ts';
import type { Fetched, FetchFailed, FetchResult, Wanted } from './fetch/answers.ts';
import { isFresh, timestamp, type Validators } from './fetch/freshness.ts';
import { fetchedUrl, type Mirror } from './fetch/mirrors.ts';
import { isWebUrl, refusal } from './fetch/policy.ts';
import type { ImageLimits } from './model/limits.ts';
import { failed, type ImageResult, type Provenance } from './model/model.ts';
import type { ResourceKind } from './model/resource-kind.ts';

/** Part of every key: increase it when the contents of entries, or what is determined about an image, changes. */
export const ENTRY_VERSION = 2;

/** How files of one kind are recognized, and what is stored about them so that it is not determined again. */
export interface Kind<Facts extends CacheMetadata> {
  readonly name: ResourceKind;
  /** Decides from the content whether these bytes are of the expected kind; may convert them. */
  examine(
    bytes: Uint8Array,
    contentType: string,
  ): Promise<ImageResult<{ readonly facts: Facts; readonly bytes: Uint8Array }>>;
  /** The facts in a cache entry, if they are complete and still within the limits. */
  recall(metadata: CacheMetadata): Facts | undefined;
}

/** A file from the web. */
export interface Home<Facts> {
  readonly bytes: Uint8Array;
  readonly sha256: string;
  /** False if the cache could not store it: then only this value has the bytes. */
  readonly isKept: boolean;
  readonly facts: Facts;
  readonly provenance: Provenance;
}

export type BroughtHome<Facts> = ({ readonly ok: true } & Home<Facts>) | FetchFailed;

export interface HomePorts {
  readonly cache: CheckedCache;
  readonly fetch: (url: string, wanted: Wanted) => Promise<FetchResult>;
  readonly mirrors: readonly Mirror[];
  readonly limits: Pick<ImageLimits, 'maxAgeMs' | 'maxBytes'>;
  readonly offline: boolean;
}

/** An entry of the cache. */
interface Copy {
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly metadata: CacheMetadata;
}

interface Shelf<Facts extends CacheMetadata> {
  readonly kind: Kind<Facts>;
  /** The URL that was actually requested. */
  readonly asked: string;
  readonly key: string;
  readonly ports: HomePorts;
}

/**
 * Returns a file from the cache, or fetches it into the cache. A copy older than `maxAgeMs` is revalidated with its server.
 * If that fails, the copy is used, because an old image is better than none. Only files that were examined and found complete
 * are stored.
 *
 * No server is asked for the same file more often than once in `maxAgeMs`, whatever the result was. Otherwise a dead server
 * would cost its time limit in every run.
 */
export async function bringHome<Facts extends CacheMetadata>(
  url: string,
  kind: Kind<Facts>,
  ports: HomePorts,
): Promise<BroughtHome<Facts>> {
  if (!isWebUrl(url)) return refusal(url);
  const shelf = { kind, asked: fetchedUrl(url, ports.mirrors), key: entryKey(kind.name, url, ports), ports };
  const kept = await ports.cache.read(shelf.key);
  const copy =
    kept.state === 'whole' && Number.isFinite(Date.parse(textOf(kept, 'fetchedAt'))) ? kept : undefined;
  if (ports.offline) return copy ? fromCopy(shelf, copy) : unavailable(kept.state === 'damaged');
  if (copy && isRecent(copy, ports)) return fromCopy(shelf, copy, textOf(copy, 'stale'));
  const fetched = await ports.fetch(url, { kind: kind.name, known: copy && validatorsIn(copy) });
  if (!fetched.ok) return copy ? keepOld(shelf, copy, fetched.failure.message) : fetched;
  if (!fetched.unchanged) return fromWeb(shelf, fetched, copy);
  // Only a cached copy has validators that the server can answer with 304.
  if (!copy) return failed('IMAGE_HTTP_STATUS', `${new URL(shelf.asked).host} sent no ${kind.name}`);
  return renew(shelf, copy, fetched.validators);
}

export function entryKey(kind: ResourceKind, url: string, { mirrors }: Pick<HomePorts, 'mirrors'>): string {
  return `${kind} ${ENTRY_VERSION} ${fetchedUrl(url, mirrors)}`;
}

function unavailable(isDamaged: boolean): FetchFailed {
  const what = isDamaged ? 'the cached copy is damaged' : 'not in the cache';
  const hint = `build once without --offline, to fetch it into the cache${isDamaged ? ' again' : ''}`;
  return failed('IMAGE_OFFLINE', `${what}, and --offline is set`, hint);
}

function isRecent(copy: Copy, { limits }: HomePorts): boolean {
  return isFresh(textOf(copy, 'triedAt') || textOf(copy, 'fetchedAt'), limits.maxAgeMs, Date.now());
}

async function fromWeb<Facts extends CacheMetadata>(
  shelf: Shelf<Facts>,
  fetched: Fetched,
  old: Copy | undefined,
): Promise<BroughtHome<Facts>> {
  const { kind, key, ports } = shelf;
  const examined = await kind.examine(fetched.bytes, fetched.contentType);
  if (!examined.ok) {
    const { code, message, hint } = examined.failure;
    const failure = failed(code, `${new URL(shelf.asked).host}: ${message}`, hint);
    return old ? keepOld(shelf, old, failure.failure.message) : failure;
  }
  const { bytes, facts } = examined;
  const fetchedAt = timestamp(Date.now());
  const isKept = await ports.cache.put(key, bytes, { ...facts, fetchedAt, ...flat(fetched.validators) });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { ok: true, bytes, sha256, isKept, facts, provenance: provenanceOf(shelf, fetchedAt) };
}

/** The server answered that the cached copy is current. */
async function renew<Facts extends CacheMetadata>(
  shelf: Shelf<Facts>,
  copy: Copy,
  validators: Validators,
): Promise<BroughtHome<Facts>> {
  const { stale: _, triedAt: __, ...metadata } = copy.metadata;
  const renewed = { ...metadata, ...flat(validators), fetchedAt: timestamp(Date.now()) };
  await shelf.ports.cache.put(shelf.key, copy.bytes, renewed);
  return fromCopy(shelf, { ...copy, metadata: renewed });
}

async function keepOld<Facts extends CacheMetadata>(
  shelf: Shelf<Facts>,
  copy: Copy,
  reason: string,
): Promise<BroughtHome<Facts>> {
  const noted = { ...copy.metadata, triedAt: timestamp(Date.now()), stale: reason };
  await shelf.ports.cache.put(shelf.key, copy.bytes, noted);
  return fromCopy(shelf, copy, reason);
}

async function fromCopy<Facts extends CacheMetadata>(
  shelf: Shelf<Facts>,
  copy: Copy,
  stale = '',
): Promise<BroughtHome<Facts>> {
  const { kind, ports } = shelf;
  const { bytes, sha256, metadata } = copy;
  if (bytes.length > ports.limits.maxBytes) {
    return failed('IMAGE_TOO_LARGE', `the cached copy has ${bytes.length} bytes, more than the limit`);
  }
  const provenance = provenanceOf(shelf, textOf(copy, 'fetchedAt'), stale);
  const facts = kind.recall(metadata);
  if (facts) return { ok: true, bytes, sha256, isKept: true, facts, provenance };
  // The limits may have been different when it was stored.
  const examined = await kind.examine(bytes, '');
  return examined.ok
    ? { ok: true, bytes, sha256, isKept: true, facts: examined.facts, provenance }
    : examined;
}

function provenanceOf(shelf: Shelf<CacheMetadata>, fetchedAt: string, stale = ''): Provenance {
  return { fetchedUrl: shelf.asked, fetchedAt, archived: false, ...(stale === '' ? {} : { stale }) };
}

function textOf({ metadata }: Pick<Copy, 'metadata'>, name: string): string {
  const value = metadata[name];
  return typeof value === 'string' ? value : '';
}

function flat({ url, etag, lastModified }: Validators): CacheMetadata {
  if (etag === undefined && lastModified === undefined) return {};
  return {
    validatedUrl: url,
    ...(etag === undefined ? {} : { etag }),
    ...(lastModified === undefined ? {} : { lastModified }),
  };
}

function validatorsIn(copy: Copy): Validators | undefined {
  const [url, etag, lastModified] = ['validatedUrl', 'etag', 'lastModified'].map((name) =>
    textOf(copy, name),
  );
  if (!url) return undefined;
  return { url, ...(etag ? { etag } : {}), ...(lastModified ? { lastModified } : {}) };
}
