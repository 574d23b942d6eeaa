import { readFile } from 'node:fs/promises';
import { posix } from 'node:path';
import {
  formatLock,
  type ImageLock,
  LOCK_NAME,
  type LockEntry,
  VENDOR_FOLDER,
} from '../../../images/lock.ts';
import { bytesOf, contentOf, lockEntry } from '../../../images/lock-entry.ts';
import type { FoundAsset, FoundImage } from '../../../images/source.ts';
import { DeckError, diagnostic } from '../../../model/diagnostics.ts';
import type { Deck, SourceFile } from '../../../model/model.ts';
import type { SitePath } from '../../../model/paths.ts';
import { isSiteUrl, type ResolvedUrl, withoutSite } from '../../../model/urls.ts';
import { deckTextOf } from '../../../text/deck-text.ts';
import type { PageSheet } from '../../contract/input.ts';
import type { Resources } from '../../localize/localize.ts';
import { serveFile } from '../../localize/serve.ts';
import { pictureUrl, requestedUrl, securely } from '../../site/picture-url.ts';
import { findProjectFile } from '../../site/project-files.ts';
import { sitePath } from '../../site/site-path.ts';
import { isProjectUrl } from '../../site/site-urls.ts';
import { safePaths } from './safe-paths.ts';
import type { ArchiveFile } from './zip.ts';

/** A project that contains everything one deck needs from its project and from the web. */
export interface SourceTree {
  /** Relative to the root of the project. */
  readonly files: readonly ArchiveFile[];
  /** Path of the deck's own file in it. */
  readonly deck: string;
  /** The path in it of each available image, by its absolute URL. */
  picture(url: string): string | undefined;
  /** Files that could not keep their paths. */
  readonly renamed: readonly { readonly from: string; readonly to: string }[];
}

/**
 * Gathers the deck's own file, the pictures, and the stylesheets and fonts of a deck: those of the project under the paths they
 * have there, and what comes from the web as `deckhand vendor` would keep it, with its lock. So Deckhand can build the
 * tree again, and needs no network for it.
 *
 * @param sheets stylesheets of the page that presents it.
 */
export async function sourceTree(
  deck: Deck,
  sheets: readonly PageSheet[],
  resources: Resources,
  lock: ImageLock,
): Promise<SourceTree> {
  const localized = await resources.all();
  const found = canonical([...localized.images, ...localized.assets], (url) => localized.named.has(url));
  const local = new Map<SitePath, Uint8Array>();
  const pathOf = new Map<string, SitePath>();
  const keep = async (url: string, bytes: Uint8Array): Promise<void> => {
    const file = await findProjectFile(url, deck);
    if (file === undefined || file === 'outside') return;
    const path = sitePath(deck.root, file);
    local.set(path, bytes);
    pathOf.set(url, path);
  };
  const [own, ...others] = deck.sources;
  local.set(own.path, await asOnDisk(own));
  for (const { path, content } of others) local.set(path, Buffer.from(content));
  for (const url of projectStyles(deck, sheets)) {
    const file = await serveFile({ url, kind: 'stylesheet' }, deck);
    if (file) await keep(url, Buffer.from(file.bytes));
  }
  const entries: (readonly [LockEntry, Uint8Array])[] = [];
  for (const [url, one] of found) {
    const content = contentOf(one);
    if (!content || (isSiteUrl(url) && !isProjectUrl(url))) continue;
    const read = await bytesOf(content);
    if (!read.ok) {
      const { code, message, hint } = read.failure;
      throw new DeckError(diagnostic(code, message, { deck: deck.source.path, url: withoutSite(url) }, hint));
    }
    if (isProjectUrl(url)) await keep(url, read.bytes);
    else entries.push([entryFor(url, one, lock), read.bytes]);
  }
  const remotePath = ({ file }: LockEntry): SitePath => `${VENDOR_FOLDER}/${file}` as SitePath;
  const remote = new Map(entries.map(([entry, bytes]) => [remotePath(entry), bytes]));
  const lockPath = `${VENDOR_FOLDER}/${LOCK_NAME}`;
  const safe = safePaths([...local.keys(), ...remote.keys(), lockPath]);
  const safePath = (path: string): string => safe.get(path) ?? path;
  const locked = entries.map(([entry]) => ({
    ...entry,
    file: posix.basename(safePath(remotePath(entry))),
    decks: [safePath(own.path)],
  }));
  const pictures = new Map([
    ...[...pathOf].filter(([url]) => isPicture(found.get(requestedUrl(url)))),
    ...entries.flatMap(([entry]) =>
      isPicture(found.get(requestedUrl(entry.url))) ? [[entry.url, remotePath(entry)] as const] : [],
    ),
  ]);
  const files = [...local, ...remote].map(([path, bytes]) => ({ path: safePath(path), bytes }));
  return {
    files:
      locked.length === 0
        ? files
        : [...files, { path: safePath(lockPath), bytes: Buffer.from(formatLock(locked)) }],
    deck: safePath(own.path),
    picture: (url) => {
      const path = pictures.get(canonicalUrl(url, (one) => pictures.has(one)));
      return path === undefined ? undefined : safePath(path);
    },
    renamed: [...safe].filter(([from, to]) => from !== to).map(([from, to]) => ({ from, to })),
  };
}

/** Under one name each: a page requests `//host/path` with another scheme than on the web. */
function canonical(
  asked: readonly (readonly [string, FoundImage | FoundAsset])[],
  isNamed: (url: ResolvedUrl) => boolean,
): Map<ResolvedUrl, FoundImage | FoundAsset> {
  return new Map(asked.map(([url, found]) => [canonicalUrl(url, isNamed), found]));
}

function canonicalUrl(url: string, isNamed: (url: ResolvedUrl) => boolean): ResolvedUrl {
  const one = requestedUrl(url);
  const secure = securely(one);
  return !isNamed(one) && isNamed(secure) ? secure : one;
}

/**
 * A vendored file keeps its entry. For others the date of fetching is omitted: it would differ on another machine, or after
 * the cache was cleared, and so would the archive.
 */
function entryFor(url: ResolvedUrl, found: FoundImage | FoundAsset, lock: ImageLock): LockEntry {
  const content = contentOf(found);
  const vendored = lock.find(url);
  if (vendored && vendored.sha256 === content?.sha256) return vendored;
  if (!content) throw new Error(`nothing was found at ${url}`);
  return { ...lockEntry(url, content, found, []), fetchedAt: '' };
}

/** The stylesheets and fonts of the project that the deck, or one of its stylesheets, names. */
function projectStyles(deck: Deck, sheets: readonly PageSheet[]): Set<string> {
  const named = sheets.flatMap((sheet) => ('url' in sheet ? [new URL(sheet.url, deck.site.url).href] : []));
  const asked = deck.references.flatMap(({ kind, url, via }) => {
    const target = kind === 'image' ? undefined : pictureUrl(url, via ?? deck.site.url);
    return target === undefined ? [] : [target];
  });
  return new Set([...named, ...asked].filter(isProjectUrl));
}

function isPicture(found: FoundImage | FoundAsset | undefined): boolean {
  return found?.ok === true && 'image' in found;
}

/** The text on disk, unless it has changed since the build. */
async function asOnDisk({ file, content }: SourceFile): Promise<Uint8Array> {
  const bytes = await readFile(file).catch(() => undefined);
  return bytes && deckTextOf(bytes) === content ? bytes : Buffer.from(content);
}
