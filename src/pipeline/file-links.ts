import { dirname, posix } from 'node:path';
import type { FileLink } from '../pdf/file-links.ts';
import { artifactFile } from './artifact-file.ts';
import type { DeckFile, DeckLink, OutputKind } from './model.ts';

/** Where a file's links to other decks lead: to the file of its own kind, or else to the first that shows their slide. */
export function fileLinks(source: DeckFile, kind: OutputKind, links: readonly DeckLink[]): FileLink[] {
  const folder = dirname(artifactFile(source, kind));
  return links.map(({ url, outputName, destination, words, kinds }) => {
    const target = kinds.includes(kind) ? kind : kinds[0];
    const file = posix.relative(folder, artifactFile({ outputName }, target));
    return { url, file, words, ...(destination === undefined ? {} : { destination }) };
  });
}
