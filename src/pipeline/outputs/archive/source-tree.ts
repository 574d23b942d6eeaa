import { readFile } from 'node:fs/promises';
import { basename, dirname, join, posix, relative, sep } from 'node:path';
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
import type { Deck } from '../../../model/model.ts';
import type { ResolvedUrl } from '../../../model/urls.ts';
import { deckTextOf } from '../../../text/deck-text.ts';
import type { Resources } from '../../localize/localize.ts';
import { serveFile } from '../../localize/serve.ts';
import { MOUNT_PREFIX } from '../../site/mounts.ts';
import { pictureUrl, requestedUrl, securely } from '../../site/picture-url.ts';
import { findProjectFile } from '../../site/project-files.ts';
import { REVEAL_MD_FILES } from '../../site/project-root.ts';
import { deckFolderUrl, SITE_ORIGIN, styleFileUrl, withoutSite } from '../../site/site-urls.ts';
import { safePaths } from './safe-paths.ts';
import type { ArchiveFile } from './zip.ts';

/** A project that contains everything one deck needs from its project and from the web. */
export interface SourceTree {
  /** Relative to the root of the project. */
  readonly files: readonly ArchiveFile[];
  /** Path of the deck's Markdown in it. */
  readonly deck: string;
  /** The path in it of each available image, by its absolute URL. */
  picture(url: string): string | undefined;
  /** Files that could not keep their paths. */
  readonly renamed: readonly { readonly from: string; readonly to: string }[];
}

/**
 * Collects the Markdown, the images, and the stylesheets and fonts of a deck: those of the project with the same paths, and
 * those from the web as `deckhand vendor` would store them, with a lock file. So Deckhand can build the tree again without a
 * network.
 */
export async function sourceTree(deck: Deck, resources: Resources, lock: ImageLock): Promise<SourceTree> {
  const localized = await resources.all();
  const found = canonical([...localized.images, ...localized.assets], (url) => localized.named.has(url));
  const local = new Map<string, Uint8Array>();
  const pathOf = new Map<string, string>();
  const keep = async (url: string, bytes: Uint8Array): Promise<void> => {
    const file = await findProjectFile(url, deck);
    if (file === undefined || file === 'outside') return;
    const path = projectPath(file, deck);
    local.set(path, bytes);
    pathOf.set(url, path);
  };
  const deckPath = projectPath(deck.source.file, deck);
  local.set(deckPath, await markdownOf(deck));
  for (const { file, bytes } of deck.configuration ?? []) local.set(configurationPath(file, deck), bytes);
  for (const url of projectStyles(deck)) {
    const file = await serveFile({ url, kind: 'stylesheet' }, deck);
    if (file) await keep(url, Buffer.from(file.bytes));
  }
  const entries: (readonly [LockEntry, Uint8Array])[] = [];
  for (const [url, one] of found) {
    const content = contentOf(one);
    if (!content || (url.startsWith(SITE_ORIGIN) && !isOfProject(url))) continue;
    const read = await bytesOf(content);
    if (!read.ok) {
      const { code, message, hint } = read.failure;
      throw new DeckError(diagnostic(code, message, { deck: deck.source.path, url: withoutSite(url) }, hint));
    }
    if (isOfProject(url)) await keep(url, read.bytes);
    else entries.push([entryFor(url, one, lock), read.bytes]);
  }
  const remotePath = ({ file }: LockEntry): string => `${VENDOR_FOLDER}/${file}`;
  const remote = new Map(entries.map(([entry, bytes]) => [remotePath(entry), bytes]));
  const lockPath = `${VENDOR_FOLDER}/${LOCK_NAME}`;
  const safe = safePaths([...local.keys(), ...remote.keys(), lockPath]);
  const safePath = (path: string): string => safe.get(path) ?? path;
  const locked = entries.map(([entry]) => ({
    ...entry,
    file: posix.basename(safePath(remotePath(entry))),
    decks: [safePath(deckPath)],
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
    deck: safePath(deckPath),
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
function entryFor(url: string, found: FoundImage | FoundAsset, lock: ImageLock): LockEntry {
  const content = contentOf(found);
  const vendored = lock.find(url);
  if (vendored && vendored.sha256 === content?.sha256) return vendored;
  if (!content) throw new Error(`nothing was found at ${url}`);
  return { ...lockEntry(url, content, found, []), fetchedAt: '' };
}

/** The stylesheets and fonts of the project that the deck, or one of its stylesheets, names. */
function projectStyles(deck: Deck): Set<string> {
  const inTemplate = (deck.template?.styles ?? []).flatMap((one) =>
    one.kind === 'sheet' ? [one.sheet] : [],
  );
  const named = [deck.theme, deck.highlightTheme, ...deck.css, ...inTemplate].flatMap((style) =>
    'file' in style ? [SITE_ORIGIN + styleFileUrl(style.file, deck.root)] : [],
  );
  const asked = deck.references.flatMap(({ kind, url, via }) => {
    const target = kind === 'image' ? undefined : pictureUrl(url, via ?? deckFolderUrl(deck));
    return target === undefined ? [] : [target];
  });
  return new Set([...named, ...asked].filter(isOfProject));
}

function isOfProject(url: string): boolean {
  return url.startsWith(`${SITE_ORIGIN}/`) && !url.startsWith(SITE_ORIGIN + MOUNT_PREFIX);
}

function isPicture(found: FoundImage | FoundAsset | undefined): boolean {
  return found?.ok === true && 'image' in found;
}

function projectPath(file: string, { root }: Deck): string {
  return relative(root, file).split(sep).join('/');
}

/**
 * Where it can be found again: at its path in the project, except for files found in a working directory outside of the
 * deck's folders.
 */
function configurationPath(file: string, deck: Deck): string {
  const above = join(dirname(file), sep);
  const isOfProject = above.startsWith(join(deck.root, sep));
  const isOnTheWay = isOfProject && deck.source.file.startsWith(above);
  const isLookedFor = REVEAL_MD_FILES.includes(basename(file));
  return (isLookedFor ? isOnTheWay : isOfProject) ? projectPath(file, deck) : basename(file);
}

/** The file on disk, unless it has changed since the build. */
async function markdownOf({ source, text }: Deck): Promise<Uint8Array> {
  const bytes = await readFile(source.file).catch(() => undefined);
  return bytes && deckTextOf(bytes) === text ? bytes : Buffer.from(text, 'utf8');
}
