import { type Diagnostic, diagnostic } from '../../model/diagnostics.ts';
import type { Deck, Layout } from '../../model/model.ts';
import { foldTitle } from '../../text/fold-title.ts';
import { nearest } from '../../text/nearest.ts';

/** Diagnostics for sections that the front matter includes in the cheatsheet, or excludes, and that are not in the deck. */
export function sectionDiagnostics(deck: Deck, { sections }: Layout): Diagnostic[] {
  const { take = [], leave = [] } = deck.metadata.cheatsheet ?? {};
  const known = new Map(sections.filter(Boolean).map((title) => [foldTitle(title), title]));
  return [...take, ...leave]
    .filter(({ title }) => !known.has(foldTitle(title)))
    .map(({ title, line }) => {
      const near = known.get(nearest(foldTitle(title), [...known.keys()]) ?? '');
      const hint = near ? `did you mean “${near}”?` : `its sections: ${[...known.values()].join(', ')}`;
      const message = `the deck has no section “${title}”`;
      return diagnostic('CHEATSHEET_SECTION_UNKNOWN', message, { deck: deck.source.path, line }, hint);
    });
}
