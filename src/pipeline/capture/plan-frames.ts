import type { Deck, Ink, LaidOutPage, Layout } from '../../model/model.ts';
import type { OutputKind } from '../../model/output-kinds.ts';
import type { Settings } from '../../settings/options.ts';
import type { Output } from '../contract/output.ts';
import { linkOwnSlides } from '../links/own-links.ts';
import { inkFor } from '../planning/ink.ts';
import { framesDocumentOf } from '../planning/slide-pages.ts';

/** One print of slides for all files that show them in the same way. */
export interface FramesPlan {
  readonly layout: Layout;
  readonly pages: readonly LaidOutPage[];
  readonly html: string;
  readonly ink: Ink;
}

/**
 * Decides which slides are printed together: all that the files of a deck show in one ink, each once, in the order of the
 * first file. A page that occurs in two layouts is printed once.
 *
 * @param kinds of output that are created for the deck.
 * @returns the print for each output; none for an output that shows no slides.
 */
export function planFrames(
  deck: Pick<Deck, 'source'>,
  layouts: ReadonlyMap<Output, Layout>,
  settings: Pick<Settings, 'ink' | 'notes' | 'handout'>,
  kinds: readonly OutputKind[],
): ReadonlyMap<Output, FramesPlan> {
  const groups = new Map<string, [Output, Layout, readonly LaidOutPage[]][]>();
  for (const [output, layout] of layouts) {
    const pages = output.frames?.(layout, settings) ?? [];
    if (pages.length === 0) continue;
    const key = JSON.stringify([inkFor(output, settings, layout), layout.headHtml, layout.definitions]);
    groups.set(key, [...(groups.get(key) ?? []), [output, layout, pages]]);
  }
  const plans = new Map<Output, FramesPlan>();
  for (const members of groups.values()) {
    const [first] = members;
    if (!first) continue;
    const [output, layout] = first;
    const pages = [...first[2]];
    const known = new Set(pages.map(({ html }) => html));
    for (const page of members.slice(1).flatMap(([, , own]) => own))
      if (!known.has(page.html)) pages.push(page);
    const document = framesDocumentOf(layout, pages, { style: 'slides' });
    // Links to slides that only another print shows get an address from the start.
    const { html } = linkOwnSlides(document, deck.source, output.kind, layout, kinds);
    const plan = { layout, pages, html, ink: inkFor(output, settings, layout) };
    for (const [member] of members) plans.set(member, plan);
  }
  return plans;
}
