import { posix } from 'node:path';
import type { FileLink } from '../pdf/file-links.ts';
import type { DeckFile, DeckLink, Layout, OutputKind, Plan } from './model.ts';
import { linkOwnSlides } from './own-links.ts';
import { pdfPlace } from './places.ts';

/**
 * Lets the links of a document lead to other files: to other decks, and to slides of its own that it does not show. A picture
 * has no links.
 *
 * @param only what the build makes of the deck.
 */
export function withFileLinks(
  plan: Plan,
  source: DeckFile,
  kind: OutputKind,
  layout: Layout,
  only: readonly OutputKind[],
): Plan {
  if ('shots' in plan) return plan;
  const { html, links, diagnostics } = linkOwnSlides(plan.html, source, kind, layout, only);
  return {
    ...plan,
    html,
    fileLinks: fileLinks(source, kind, [...layout.deckLinks, ...links]),
    diagnostics: [...(plan.diagnostics ?? []), ...diagnostics],
  };
}

/** To the file of the same kind, or else to the first that shows their slide. */
function fileLinks(source: DeckFile, kind: OutputKind, links: readonly DeckLink[]): FileLink[] {
  const { folder } = pdfPlace(source, kind);
  return links.map(({ url, outputName, destination, words, kinds }) => {
    const target = pdfPlace({ outputName }, kinds.includes(kind) ? kind : kinds[0]);
    const file = posix.relative(folder, `${target.folder}/${target.name}`);
    return { url, file, words, ...(destination === undefined ? {} : { destination }) };
  });
}
