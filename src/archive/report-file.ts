import { dirname } from 'node:path';
import type { Diagnostic } from '../diagnostics.ts';
import type { Artifact, Deck } from '../pipeline/model.ts';
import { describeDeck } from '../pipeline/publish.ts';
import { textFile } from './bag.ts';
import type { ArchiveFile } from './zip.ts';

export interface DeckSummary {
  readonly version: string;
  /** Path of the deck's Markdown below `data/`. */
  readonly path: string;
  /** The PDFs, at their paths below `data/`. */
  readonly pdfs: readonly Artifact[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What `report.json` says of the deck, with the paths of the archive in place of those of the machine. */
export function reportFile(deck: Deck, { version, path, pdfs, diagnostics }: DeckSummary): ArchiveFile {
  const told = diagnostics.map((one) => ({ ...one, deck: path }));
  const report = { version, ...describeDeck(deck, pdfs, told), path };
  const hasName = dirname(deck.root) !== deck.root;
  const withoutRoot = (_: string, value: unknown): unknown =>
    typeof value === 'string' && hasName ? value.replaceAll(deck.root, 'source') : value;
  return textFile('report.json', `${JSON.stringify(report, withoutRoot, 2)}\n`);
}
