import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { LOCK_NAME, VENDOR_FOLDER } from '../../images/lock.ts';
import { type Diagnostic, diagnostic } from '../../model/diagnostics.ts';
import type { Deck, Layout, Paper } from '../../model/model.ts';
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

/** Marks in the source, also on slides that are not presented. */
const WITHHELD = /data-handout\s*=\s*["']?\s*(?:skip|blank)\b/i;

/**
 * The reason not to attach the source to a file: it contains what the file omits. Undefined: there is no reason.
 *
 * @param withholds whether the presented deck has such marks: scripts and templates may add some that its source does not have.
 */
export function sourceWithheld(
  { sources: [own], source }: Pick<Deck, 'source' | 'sources'>,
  { withholds }: Pick<Layout, 'withholds'>,
  paper: Paper | undefined,
): Diagnostic | undefined {
  if (paper === undefined) return undefined;
  if (!withholds && !WITHHELD.test(Buffer.from(own.content).toString())) return undefined;
  const message = `the ${paper} has no source attached: it contains what the ${paper} omits`;
  return diagnostic('SOURCE_NOT_ATTACHED', message, { deck: source.path });
}
