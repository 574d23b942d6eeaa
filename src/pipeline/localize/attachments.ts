import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { LOCK_NAME, VENDOR_FOLDER } from '../../images/lock.ts';
import type { Deck } from '../../model/model.ts';
import type { Attachment } from '../../pdf/attachments.ts';

/** The sources of a deck: its Markdown as it was read, and the lock file of vendored images if the project has one. */
export async function sourceFiles(deck: Deck): Promise<Attachment[]> {
  const markdown: Attachment = {
    name: basename(deck.source.file),
    type: 'text/markdown',
    description: 'Markdown of the deck',
    bytes: Buffer.from(deck.text, 'utf8'),
  };
  const lock = await readFile(join(deck.root, VENDOR_FOLDER, LOCK_NAME)).catch(() => undefined);
  if (!lock) return [markdown];
  return [
    markdown,
    { name: LOCK_NAME, type: 'application/json', description: 'Lock of its vendored images', bytes: lock },
  ];
}
