import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { LOCK_NAME, VENDOR_FOLDER } from '../../images/lock.ts';
import type { Deck } from '../../model/model.ts';
import type { Attachment } from '../../pdf/attachments.ts';
import type { SourceFormat } from '../contract/input.ts';

/** The sources of a deck: its own file as it was read, and the lock file of vendored images if the project has one. */
export async function sourceFiles(
  deck: Pick<Deck, 'root' | 'sources'>,
  { mediaType, name }: SourceFormat,
): Promise<Attachment[]> {
  const [{ file, content }] = deck.sources;
  const own: Attachment = {
    name: basename(file),
    type: mediaType,
    description: `${name} of the deck`,
    bytes: Buffer.from(content),
  };
  const lock = await readFile(join(deck.root, VENDOR_FOLDER, LOCK_NAME)).catch(() => undefined);
  if (!lock) return [own];
  return [
    own,
    { name: LOCK_NAME, type: 'application/json', description: 'Lock of its vendored images', bytes: lock },
  ];
}
