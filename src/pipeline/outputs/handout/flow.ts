import type { Box, LaidOutSlide, Layout } from '../../../model/model.ts';
import { mm } from '../../../paper/paper.ts';
import { escapeHtml } from '../../../text/html.ts';
import type { TextPage } from './composed-page.ts';
import type { Geometry } from './grid/geometry.ts';
import { wordsBox } from './grid/page-frame.ts';
import { type ListedLink, numberedNotes } from './links.ts';
import type { Reading } from './readings.ts';
import { columnBoxes, setColumns } from './text/text-columns.ts';
import type { SetTexts } from './text/typeset.ts';

/** An article has a margin of this width for the numbers of slides. */
const ARTICLE_SIDE = mm(20);
/** Wider text is hard to read. */
const ARTICLE_WIDTH = mm(150);

/** Lays out the texts of slides, one after the other, on as many pages as necessary. */
export async function flowPages(
  layout: Layout,
  readings: readonly Reading[],
  className: TextPage['className'],
  geometry: Geometry,
  listed: ReadonlyMap<string, ListedLink>,
  setTexts: SetTexts,
): Promise<TextPage[]> {
  const texts = readings.map(
    ({ slide, html }) =>
      `<div id="${escapeHtml(slide.id)}" data-reads="${slide.index}">${numberedNotes(html, listed)}</div>`,
  );
  const title = className === 'notes article' ? titleOf(layout) : '';
  const boxes = className === 'notes article' ? [articleBox(geometry)] : columnBoxes(geometry);
  const [pages = []] = await setColumns([title + texts.join('\n')], className, boxes, setTexts);
  const slideAt = new Map(readings.map(({ slide }) => [slide.index, slide]));
  const begun = new Set<LaidOutSlide>();
  return pages.map((columns) => {
    const named = columns.flatMap(({ html }) => [...html.matchAll(/data-reads="(\d+)"/g)]);
    const slides = [...new Set(named.flatMap(([, index]) => slideAt.get(Number(index)) ?? []))];
    const begins = slides.filter((slide) => !begun.has(slide));
    for (const slide of begins) begun.add(slide);
    return { kind: 'text', className, slides, begins, columns, isRuled: false };
  });
}

function articleBox(geometry: Geometry): Box {
  const whole = wordsBox(geometry);
  const width = Math.min(whole.width, ARTICLE_SIDE + ARTICLE_WIDTH);
  return { ...whole, width, x: geometry.isRightToLeft ? whole.x + whole.width - width : whole.x };
}

function titleOf({ metadata: { title, subtitle, author } }: Layout): string {
  const lines = [subtitle, author].flatMap((line) => (line ? [`<p>${escapeHtml(line)}</p>`] : []));
  return `<div class="article-title"><h1>${escapeHtml(title)}</h1>${lines.join('')}</div>`;
}
