import type { LaidOutSlide, Layout } from '../../../model/model.ts';
import { escapeHtml } from '../../../text/html.ts';
import { pageLabel } from '../../planning/page-label.ts';
import { slideWithHash } from '../../slides/slide-with-hash.ts';
import { at } from './boxes.ts';
import type { Composition } from './compose.ts';
import type { ComposedPage, TextPage } from './composed-page.ts';
import type { Cell } from './grid/cells.ts';
import { wordsBox } from './grid/page-frame.ts';
import type { Entry } from './grid/rows.ts';
import { sectionsOf } from './grid/sheets.ts';
import { LINKS_HEAD, linksHeading } from './links-heading.ts';
import { renderMarks } from './marks.ts';
import { renderLines } from './ruled.ts';
import type { TextPiece } from './text/page/split-texts.ts';
import type { SetColumn } from './text/text-columns.ts';

/** The content of the area of every page, in reading order. */
export function renderPages(layout: Layout, composition: Composition): string[] {
  const { pages, cover, listed, geometry } = composition;
  const pageOf = pageNumbers(pages);
  const coverParts = cover?.render((h) => {
    const first = [...pageOf.keys()].find((slide) => slide.h === h);
    return first && pageOf.get(first);
  });
  const slideOf = slideWithHash([...pageOf.keys()]);
  const marks = {
    listed,
    isRightToLeft: geometry.isRightToLeft,
    pageOf: (href: string) => {
      const slide = slideOf(href);
      return slide && pageOf.get(slide);
    },
  };
  const stackSizes = new Map<number, number>();
  for (const { h, handout } of layout.slides)
    if (handout !== 'only') stackSizes.set(h, (stackSizes.get(h) ?? 0) + 1);
  return pages.map((page, i) => {
    switch (page.kind) {
      case 'blank':
        return geometry.notes === 'none'
          ? ''
          : head(layout, composition, []) + linesBelow(composition, 0) + foot(layout, composition, i);
      case 'cover':
        return body(composition, coverParts?.[page.part] ?? '') + foot(layout, composition, i);
      case 'slides':
        return [
          head(layout, composition, page.slides),
          ...page.cells.map(([entry, cell]) =>
            [
              renderCell(entry, cell),
              renderCaption(entry, cell, stackSizes.get(entry.slide.h) ?? 1),
              renderMarks(entry, cell, marks),
              renderNotes(entry, cell, page.notes),
            ].join(''),
          ),
          page.links ? atFoot(composition, page.links) : '',
          foot(layout, composition, i),
        ].join('\n');
      case 'text':
        return (
          head(layout, composition, page.slides) +
          page.columns.map((column) => renderColumn(page, column)).join('') +
          foot(layout, composition, i)
        );
      case 'links':
        return (
          head(layout, composition, []) +
          body(composition, `<h2 class="links-head">${linksHeading(layout)}</h2>${page.links.html}`) +
          linesBelow(composition, LINKS_HEAD + page.links.heightPx) +
          foot(layout, composition, i)
        );
      default:
        return page satisfies never;
    }
  });
}

/** The first page that shows a slide, from 1. */
export function pageNumbers(pages: readonly ComposedPage[]): ReadonlyMap<LaidOutSlide, number> {
  const numbers = new Map<LaidOutSlide, number>();
  pages.forEach((page, i) => {
    const shown = page.kind === 'slides' ? page.slides : page.kind === 'text' ? page.begins : [];
    for (const slide of shown) if (!numbers.has(slide)) numbers.set(slide, i + 1);
  });
  return numbers;
}

/** Space that notes leave free in a column gets lines to write on. */
function renderColumn({ className, isRuled }: TextPage, { box, html, heightPx }: SetColumn): string {
  const lines = isRuled ? renderLines(box, heightPx) : '';
  const text = html === '' ? '' : `<div class="body ${className}" style="${at(box)}">${html}</div>`;
  return text + lines;
}

function head(layout: Layout, { geometry }: Composition, slides: readonly LaidOutSlide[]): string {
  const sections = sectionsOf(slides, layout).join(' · ');
  return `<div class="head" style="${at(geometry.head)}"><b>${escapeHtml(layout.metadata.title)}</b><span>${escapeHtml(sections)}</span></div>`;
}

function foot({ metadata }: Layout, { geometry, pages, stamp }: Composition, index: number): string {
  const words = [metadata.author ?? '', stamp].map((text) => `<span>${escapeHtml(text)}</span>`).join('');
  const number = `<span><bdi dir="ltr">${index + 1} / ${pages.length}</bdi></span>`;
  return `<div class="foot" style="${at(geometry.foot)}">${words}${number}</div>`;
}

/** Readers write on what is left of a page without slides. */
function linesBelow({ geometry }: Composition, takenPx: number): string {
  return geometry.notes === 'none' ? '' : renderLines(wordsBox(geometry), takenPx);
}

function body({ geometry }: Composition, html: string): string {
  return `<div class="body" style="${at(wordsBox(geometry))}">${html}</div>`;
}

function atFoot({ geometry }: Composition, { html, heightPx }: { html: string; heightPx: number }): string {
  const whole = wordsBox(geometry);
  return `<div class="band" style="${at({ ...whole, y: whole.y + whole.height - heightPx, height: heightPx })}">${html}</div>`;
}

/** The alternative text of the placeholder for a slide; no other page has the same. */
export function placeholderOf({ slide, page }: Entry): string {
  return `deckhand-slide-${slide.index}-${slide.pages.indexOf(page)}`;
}

function renderCell(entry: Entry, { slide }: Cell): string {
  // So that its border is not visible.
  const box = { ...slide, width: Math.ceil(slide.width), height: Math.ceil(slide.height) };
  // Chromium tags a box in some runs and not in others, unless its role is `presentation`.
  return `<div role="none" class="cell" style="${at(box)}"><div role="img" aria-label="${placeholderOf(entry)}" class="place"></div></div>\n`;
}

/** The slide's number as on the screen, and its position in its stack. */
function renderCaption({ slide, page }: Entry, { caption }: Cell, stackSize: number): string {
  const { v, handout } = slide;
  const place =
    stackSize > 1 && handout !== 'only'
      ? `<bdi class="in-stack" dir="ltr">${v + 1} / ${stackSize}</bdi>`
      : '';
  return `<div class="caption" style="${at(caption)}">${escapeHtml(pageLabel(slide, page))}${place}</div>`;
}

/** Notes if there are any, and lines in the remaining space. */
function renderNotes(entry: Entry, { notes, ruled }: Cell, set: ReadonlyMap<Entry, TextPiece>): string {
  const piece = set.get(entry);
  const text = piece?.html ? `<div class="notes" style="${at(notes)}">${piece.html}</div>` : '';
  return text + renderLines(notes, piece?.heightPx) + ruled.map((box) => renderLines(box)).join('');
}
