import type { LaidOutSlide, Layout } from '../../../model/model.ts';
import { qrSvg } from '../../../paper/qr.ts';
import { escapeHtml } from '../../../text/html.ts';
import { slideTitle } from '../../planning/bookmarks.ts';
import type { Geometry } from './grid/geometry.ts';
import { wordsBox } from './grid/page-frame.ts';
import { stacked } from './text/columns.ts';
import { columnBoxes, WIDEST_COLUMN } from './text/text-columns.ts';
import { heightsOf, type SetTexts } from './text/typeset.ts';

/** The title page and, if a deck has many sections, further pages of contents. */
export interface Cover {
  /** Number of its pages. */
  readonly pages: number;
  /** @param pageOf returns the page on which a section begins, from 1. */
  render(pageOf: (h: number) => number | undefined): string[];
}

/** Share of the body for the contents on the first page; the title has the rest. */
const CONTENTS_SHARE = 0.55;
/** A long title is smaller. */
const TITLE_SCALES = [1, 0.85, 0.7, 0.6, 0.5] as const;

/** @param slides those that the handout shows. */
export async function setCover(
  layout: Layout,
  slides: readonly LaidOutSlide[],
  geometry: Geometry,
  stamp: string,
  setTexts: SetTexts,
): Promise<Cover> {
  const { body } = geometry;
  const sections = sectionsOf(slides, layout);
  const heightsAt = (widthPx: number) =>
    heightsOf(
      sections.map(({ title }) => ({ html: entry(title, 999), className: 'contents-entry', widthPx })),
      setTexts,
    );
  const roomPx = body.height * CONTENTS_SHARE;
  const titles = TITLE_SCALES.map((scale) => titleOf(layout, stamp, scale));
  const titleHeights = await heightsOf(
    titles.map((html) => ({ html, className: 'cover', widthPx: wordsBox(geometry).width })),
    setTexts,
  );
  const title = titles.find((_, i) => (titleHeights[i] ?? 0) <= body.height - roomPx) ?? titles.at(-1);
  // A short list is one column, so that its titles need not be broken.
  const single = { count: 1, widthPx: Math.min(wordsBox(geometry).width, WIDEST_COLUMN) };
  const inOne = await heightsAt(single.widthPx);
  const isShort = stacked(inOne, roomPx).length <= 1;
  const boxes = columnBoxes(geometry);
  const { count, widthPx } = isShort ? single : { count: boxes.length, widthPx: boxes[0]?.width ?? 0 };
  const heights = isShort ? inOne : await heightsAt(widthPx);
  // The columns of the title page have a height of their own; those of further pages have the whole height.
  const first = stacked(heights, roomPx).slice(0, count);
  const done = first.flat().length;
  const rest = stacked(heights.slice(done), body.height).map((column) => column.map((i) => i + done));
  const further = stacked(
    rest.map(() => 1),
    count,
  ).map((page) => page.map((column) => rest[column] ?? []));
  return {
    pages: 1 + further.length,
    render: (pageOf) => {
      const contents = (columns: readonly (readonly number[])[]): string =>
        columns
          .map((column) => {
            const own = column.flatMap((i) => sections[i] ?? []);
            const lines = own.map(
              ({ title, h }) => `<div class="contents-entry">${entry(title, pageOf(h))}</div>`,
            );
            return `<div class="contents-column" style="width:${widthPx}px">${lines.join('')}</div>`;
          })
          .join('');
      const top = `<div class="cover" style="height:${body.height - roomPx}px">${title}</div>`;
      return [
        `${top}<div class="contents">${contents(first)}</div>`,
        ...further.map((columns) => `<div class="contents">${contents(columns)}</div>`),
      ];
    },
  };
}

interface Section {
  readonly title: string;
  readonly h: number;
}

function sectionsOf(slides: readonly LaidOutSlide[], layout: Layout): Section[] {
  const hs = [...new Set(slides.map(({ h }) => h))];
  return hs.map((h) => {
    const first = slides.find((slide) => slide.h === h);
    return { h, title: layout.sections[h] || (first ? slideTitle(first) : '') };
  });
}

function entry(title: string, page: number | undefined): string {
  return `<span>${escapeHtml(title)}</span><span class="contents-page">${page ?? ''}</span>`;
}

function titleOf({ metadata }: Layout, stamp: string, scale: number): string {
  const { title, subtitle, author, url } = metadata;
  const lines = [
    `<h1>${escapeHtml(title)}</h1>`,
    subtitle ? `<p class="subtitle">${escapeHtml(subtitle)}</p>` : '',
    author ? `<p class="author">${escapeHtml(author)}</p>` : '',
    stamp ? `<p class="stamp">${escapeHtml(stamp)}</p>` : '',
  ];
  const code = url ? qrSvg(url) : undefined;
  const home = url
    ? `<p class="home">${code ? `<span class="home-code" aria-hidden="true">${code}</span>` : ''}<a href="${escapeHtml(url)}">${escapeHtml(url)}</a></p>`
    : '';
  return `<div class="cover-words" style="--cover-scale:${scale}">${lines.join('')}${home}</div>`;
}
