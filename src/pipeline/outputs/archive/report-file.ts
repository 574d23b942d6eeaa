import { dirname } from 'node:path';
import type { Diagnostic } from '../../../model/diagnostics.ts';
import type { Deck } from '../../../model/model.ts';
import type { MadeOutput } from '../../assemble/output-status.ts';
import { describeDeck, describeOutput } from '../../report/describe.ts';
import { textFile } from './bag.ts';
import type { ArchiveFile } from './zip.ts';

export interface DeckSummary {
  readonly version: string;
  /** Path of the deck's own file below `data/`. */
  readonly path: string;
  /** Results of the PDFs, with their paths below `data/`. */
  readonly made: readonly MadeOutput[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The deck's part of `report.json`, with the paths of the archive instead of those of the machine. */
export function reportFile(deck: Deck, { version, path, made, diagnostics }: DeckSummary): ArchiveFile {
  const told = diagnostics.map((one) => ({ ...one, deck: path }));
  // An archive contains no earlier archive.
  const outputs = made.flatMap((one) => describeOutput(one, []));
  const report = { version, ...describeDeck(deck, outputs, told), path };
  const hasName = dirname(deck.root) !== deck.root;
  const withoutRoot = (_: string, value: unknown): unknown =>
    typeof value === 'string' && hasName ? value.replaceAll(deck.root, 'source') : value;
  return textFile('report.json', `${JSON.stringify(report, withoutRoot, 2)}\n`);
}
