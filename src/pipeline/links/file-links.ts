import { posix } from 'node:path';
import type { BrowserPlan, DeckFile, DeckLink, Layout, PrintPlan } from '../../model/model.ts';
import type { OutputKind } from '../../model/output-kinds.ts';
import type { FileLink } from '../../model/pdf-parts.ts';
import { pdfPlace } from '../contract/places.ts';
import { linkOwnSlides } from './own-links.ts';

/**
 * Lets the links of a document lead to other files: to other decks, and to slides of its own that it does not show. A picture
 * has no links.
 *
 * @param only what the build makes of the deck.
 */
export function withFileLinks(
  plan: BrowserPlan,
  source: DeckFile,
  kind: OutputKind,
  layout: Layout,
  only: readonly OutputKind[],
): BrowserPlan {
  if ('shots' in plan) return plan;
  const own = linkOwnSlides(shownHtml(plan), source, kind, layout, only);
  const { html, links, elsewhere, diagnostics } = own;
  return {
    ...plan,
    ...('html' in plan && !plan.cells ? { html } : { elsewhere }),
    fileLinks: fileLinks(source, kind, [...layout.deckLinks, ...links]),
    diagnostics: [...(plan.diagnostics ?? []), ...diagnostics],
  };
}

/** The HTML of everything that a file shows, as far as it has links to slides. */
function shownHtml(plan: PrintPlan): string {
  const frames = 'frames' in plan ? plan.frames : plan.cells?.flat().map(({ frame }) => frame);
  return frames ? frames.map(({ html }) => html).join('\n') : 'html' in plan ? plan.html : '';
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
