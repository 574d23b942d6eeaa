import { posix } from 'node:path';
import type { BrowserPlan, DeckFile, DeckLink, Layout, PrintPlan } from '../../model/model.ts';
import type { OutputKind } from '../../model/output-kinds.ts';
import type { FileLink } from '../../model/pdf-parts.ts';
import { pdfPlace } from '../contract/places.ts';
import { linkOwnSlides } from './own-links.ts';

/**
 * Makes the links of a document lead to other files: to other decks, and to slides of its own deck that it does not show.
 * Images have no links.
 *
 * @param only the kinds of output that the build creates.
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

/** The HTML of everything that a file shows, if it may contain links to slides. */
function shownHtml(plan: PrintPlan): string {
  const frames = 'frames' in plan ? plan.frames : plan.cells?.flat().map(({ frame }) => frame);
  return frames ? frames.map(({ html }) => html).join('\n') : 'html' in plan ? plan.html : '';
}

/** Links to the file of the same kind, otherwise to the first one that shows the slide. */
function fileLinks(source: DeckFile, kind: OutputKind, links: readonly DeckLink[]): FileLink[] {
  const { folder } = pdfPlace(source, kind);
  return links.map(({ url, outputName, destination, words, kinds }) => {
    const target = pdfPlace({ outputName }, kinds.includes(kind) ? kind : kinds[0]);
    const file = posix.relative(folder, `${target.folder}/${target.name}`);
    return { url, file, words, ...(destination === undefined ? {} : { destination }) };
  });
}
