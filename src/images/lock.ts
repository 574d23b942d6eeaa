import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { messageOf } from '../model/errors.ts';
import type { FilePath } from '../model/paths.ts';
import type { ResolvedUrl } from '../model/urls.ts';
import type { Asset } from './model/model.ts';

/** Paths below a project's root: the vendored files, and the lock file next to them. */
export const VENDOR_FOLDER = 'static/img/remote';
export const LOCK_NAME = 'images.lock.json';

/** A vendored file. */
const entrySchema = z.strictObject({
  /** Relative to the lock file. */
  file: z.string().regex(/^[\w-][\w.-]*$/),
  /** Hex, of the file. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** MIME type, decided from the content. */
  type: z.string(),
  bytes: z.int().min(0),
  /** CSS px; none for stylesheets and fonts. */
  width: z.number().optional(),
  height: z.number().optional(),
  /** UTC, `2026-01-31T12:00:00Z`. */
  fetchedAt: z.string(),
  /** The URL that was actually requested, for example that of a mirror or an archive. */
  fetchedFrom: z.string(),
  /** The address no longer works, and an archive answered. */
  archived: z.literal(true).optional(),
  /** The decks that use it, by their paths below the project's root. */
  decks: z.array(z.string()),
});

const lockSchema = z.strictObject({ version: z.literal(1), images: z.record(z.string(), entrySchema) });

export type LockEntry = Readonly<z.infer<typeof entrySchema>> & { readonly url: ResolvedUrl };

/** The vendored files of a project. */
export interface ImageLock {
  readonly entries: readonly LockEntry[];
  find(url: ResolvedUrl): LockEntry | undefined;
  fileOf(entry: LockEntry): FilePath;
  /** A stylesheet or font, if its file exists and matches the lock. */
  asset(entry: LockEntry): Promise<Asset | undefined>;
}

export class LockError extends Error {
  override readonly name = 'LockError';
}

/**
 * Reads the lock file of a project. Without one, the result is empty.
 *
 * @throws LockError if the file cannot be read or is not a lock file: continuing would silently ignore reviewed content.
 */
export async function readLock(root: string): Promise<ImageLock> {
  const file = join(root, VENDOR_FOLDER, LOCK_NAME);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw new LockError(messageOf(error), { cause: error });
  });
  if (text === undefined) return imageLock(root, []);
  try {
    const { images } = lockSchema.parse(JSON.parse(text));
    return imageLock(
      root,
      // A lock has addresses in their one form, as `lockEntry` got them.
      Object.entries(images).map(([url, entry]) => ({ url: url as ResolvedUrl, ...entry })),
    );
  } catch (error) {
    throw new LockError(reason(error), { cause: error });
  }
}

function reason(error: unknown): string {
  if (!(error instanceof z.ZodError)) return messageOf(error);
  const [issue] = error.issues;
  return `${issue?.path.join(' → ') || 'the file'}: ${issue?.message}`;
}

/** A lock with these entries. */
export function imageLock(root: string, entries: readonly LockEntry[]): ImageLock {
  const byUrl = new Map(entries.map((entry) => [entry.url, entry]));
  // The name of its file has no slash in it.
  const fileOf = (entry: LockEntry): FilePath => join(root, VENDOR_FOLDER, entry.file) as FilePath;
  return {
    entries,
    find: (url) => byUrl.get(url),
    fileOf,
    asset: async (entry) => {
      const bytes = await readFile(fileOf(entry)).catch(() => undefined);
      if (!bytes || createHash('sha256').update(bytes).digest('hex') !== entry.sha256) return undefined;
      return { bytes, sha256: entry.sha256, type: entry.type };
    },
  };
}

/** The lock as text. The same entries give the same text, and a changed entry changes only its own lines. */
export function formatLock(entries: readonly LockEntry[]): string {
  const images = [...entries]
    .sort((a, b) => (a.url < b.url ? -1 : 1))
    .map(({ url, file, sha256, type, bytes, width, height, fetchedAt, fetchedFrom, archived, decks }) => {
      const sorted = [...decks].sort();
      return [
        url,
        { file, sha256, type, bytes, width, height, fetchedAt, fetchedFrom, archived, decks: sorted },
      ] as const;
    });
  return `${JSON.stringify({ version: 1, images: Object.fromEntries(images) }, null, 2)}\n`;
}
