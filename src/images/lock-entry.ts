import type { ResolvedUrl } from '../model/urls.ts';
import type { LockEntry } from './lock.ts';
import type { Asset, ImageResult, StoredImage } from './model/model.ts';
import type { FoundAsset, FoundImage } from './source.ts';

export function contentOf(found: FoundImage | FoundAsset | undefined): StoredImage | Asset | undefined {
  if (!found?.ok) return undefined;
  return 'image' in found ? found.image : found.asset;
}

export async function bytesOf(
  content: StoredImage | Asset,
): Promise<ImageResult<{ readonly bytes: Uint8Array }>> {
  return 'read' in content ? content.read() : { ok: true, bytes: content.bytes };
}

/** The entry in the lock file for a resource from the web. */
export function lockEntry(
  url: ResolvedUrl,
  content: StoredImage | Asset,
  found: FoundImage | FoundAsset | undefined,
  decks: readonly string[],
): LockEntry {
  const provenance = found?.ok ? found.provenance : undefined;
  return {
    url,
    file: fileName(url, content),
    sha256: content.sha256,
    type: content.type,
    bytes: 'read' in content ? content.byteCount : content.bytes.length,
    ...('widthPx' in content ? { width: content.widthPx, height: content.heightPx } : {}),
    fetchedAt: provenance?.fetchedAt ?? '',
    fetchedFrom: provenance?.fetchedUrl ?? url,
    ...(provenance?.archived ? { archived: true as const } : {}),
    decks: [...decks],
  };
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/svg+xml': 'svg',
  'text/css': 'css',
};

/** Readable, valid on every system, and different for different content: `logo-1a2b3c4d.png`. */
export function fileName(
  url: string,
  { type, sha256 }: Pick<StoredImage | Asset, 'type' | 'sha256'>,
): string {
  const { pathname, hostname } = new URL(url);
  const stem = (pathname.split('/').at(-1) ?? '').replace(/\.\w{1,5}$/, '') || hostname;
  const slug = stem
    .replace(/%[0-9a-f]{2}/gi, '-')
    .replace(/[^a-z0-9]+/gi, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase()
    .slice(0, 40);
  const [base = type] = type.split(';');
  return `${slug || 'image'}-${sha256.slice(0, 8)}.${EXTENSIONS[base] ?? base.split('/')[1] ?? 'bin'}`;
}
