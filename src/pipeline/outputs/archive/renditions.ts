import { createHash } from 'node:crypto';
import { fileName } from '../../../images/lock-entry.ts';
import type { Resource } from '../../../model/model.ts';
import { isSiteUrl, withoutSite } from '../../../model/urls.ts';
import { decodeOrKeep } from '../../../text/decode.ts';
import { MOUNT_PREFIX } from '../../site/mounts.ts';
import { textFile } from './bag.ts';
import type { SourceTree } from './source-tree.ts';
import type { ArchiveFile } from './zip.ts';

/** An image as it was printed. */
export interface Printed {
  /** The absolute URL in the printed documents. */
  readonly url: string;
  readonly ink: 'colour' | 'gray';
  readonly rendition: Resource;
}

/**
 * The folder `renditions/`: the images as they were printed, and a list of them. One that was printed unchanged has no second
 * copy.
 */
export function renditionFiles(printed: readonly Printed[], { files, picture }: SourceTree): ArchiveFile[] {
  const originals = new Map(files.map(({ path, bytes }) => [sha256(bytes), path]));
  const kept = new Map<string, Uint8Array>();
  const list = printed.flatMap(({ url, ink, rendition: { type, bytes } }) => {
    const { url: of, frame } = originalOf(url);
    const path = picture(of);
    if (path === undefined) return [];
    const content = Buffer.from(bytes);
    const hash = sha256(content);
    const original = originals.get(hash);
    const file = fileName(of, { type, sha256: hash });
    if (original === undefined) kept.set(file, content);
    const one = {
      picture: withoutSite(of),
      ...(frame === undefined ? {} : { frame }),
      ...(ink === 'gray' ? { ink } : {}),
      original: `../source/${path}`,
      file: original === undefined ? file : `../source/${original}`,
      type,
      sha256: hash,
    };
    return [one];
  });
  if (list.length === 0) return [];
  list.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  return [
    textFile('renditions/index.json', `${JSON.stringify(list, null, 2)}\n`),
    ...[...kept].map(([name, bytes]) => ({ path: `renditions/${name}`, bytes })),
  ];
}

/** A frame of an animation has an address of its own: see `settle-pictures.ts`. */
function originalOf(url: string): { readonly url: string; readonly frame?: string } {
  const path = `/${withoutSite(url)}`;
  const prefix = `${MOUNT_PREFIX}frame/`;
  if (!isSiteUrl(url) || !path.startsWith(prefix)) return { url };
  const [frame = '', of = ''] = path.slice(prefix.length).split('/');
  return { url: decodeOrKeep(of), frame };
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
