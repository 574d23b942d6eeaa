import type { ImageLock, LockEntry } from '../images/lock.ts';
import { contentOf, lockEntry } from '../images/lock-entry.ts';
import type { Asset, StoredImage } from '../images/model/model.ts';
import type { ResolvedUrl } from '../model/urls.ts';
import type { Survey } from './survey.ts';

export type VendorStatus = 'kept' | 'added' | 'updated' | 'restored' | 'unused';

/** One vendored file in its intended state. */
export interface PlannedEntry {
  readonly status: VendorStatus;
  readonly entry: LockEntry;
  /** The bytes to write; undefined if the file exists. */
  readonly content?: StoredImage | Asset;
}

export interface PlanOptions {
  /** URLs to fetch again, or `all`. */
  readonly update: readonly string[];
  /** Whether a deck, by its path below the root, still exists. */
  readonly exists: (deck: string) => boolean;
}

/** Computes the intended content of a project's vendor folder from the images that its decks use. Pure. */
export function planVendor(
  surveys: readonly Survey[],
  lock: ImageLock,
  { update, exists }: PlanOptions,
): PlannedEntry[] {
  const surveyed = new Set<string>(surveys.map(({ path }) => path));
  const usersOf = (url: ResolvedUrl, entry: LockEntry | undefined): string[] => {
    const users = surveys.filter(
      ({ remote, files }) => remote.has(url) || (entry !== undefined && files.has(entry.file)),
    );
    // Decks that are not part of this run still use their images.
    const others = (entry?.decks ?? []).filter((deck) => !surveyed.has(deck) && exists(deck));
    return [...new Set([...users.map(({ path }) => path), ...others])].sort();
  };
  const found = new Map(surveys.flatMap(({ remote }) => [...remote]));
  const damaged = new Set(surveys.flatMap((survey) => [...survey.damaged]));
  const old = lock.entries.map((entry): PlannedEntry => {
    const { url } = entry;
    const decks = usersOf(url, entry);
    const status = decks.length === 0 ? 'unused' : 'kept';
    const kept = { status, entry: { ...entry, decks: decks.length === 0 ? entry.decks : decks } } as const;
    const content = contentOf(found.get(url));
    const isAsked = update.includes(url) || update.includes('all') || damaged.has(url);
    if (!isAsked || !content) return kept;
    if (content.sha256 !== entry.sha256) {
      return {
        status: 'updated',
        entry: lockEntry(url, content, found.get(url), decks),
        content,
      };
    }
    return damaged.has(url) ? { ...kept, status: 'restored', content } : kept;
  });
  const added = [...found].flatMap(([url, one]): PlannedEntry[] => {
    const content = contentOf(one);
    if (!content || lock.find(url)) return [];
    const entry = lockEntry(url, content, one, usersOf(url, undefined));
    return [{ status: 'added', entry, content }];
  });
  return [...old, ...added];
}
