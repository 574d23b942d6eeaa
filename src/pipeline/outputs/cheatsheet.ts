import { printDocument } from '../../print/document.ts';
import { mm, paperSize } from '../../print/paper.ts';
import type { Block, LaidOutSlide, Layout } from '../model.ts';
import { escapeHtml } from '../render.ts';
import type { Output } from './output.ts';

/** What is worth having beside the keyboard, small and in columns. */
export const cheatsheet: Output = {
  kind: 'cheatsheet',
  followsFragments: false,
  // Its pictures are as wide as a column at most; none is made larger.
  printScale: () => 1,
  plan: (layout, options) => {
    const sections = selectBlocks(layout);
    if (sections.length === 0) return undefined;
    const page = paperSize(options.paper, 'landscape');
    const style = `<style>@page { margin: ${mm(9)}px ${mm(10)}px !important }</style>`;
    const title = escapeHtml(layout.metadata.title);
    const author = escapeHtml(layout.metadata.author ?? '');
    return {
      html: printDocument(layout, {
        page,
        style: 'cheatsheet',
        bodyClass: 'deckhand-cheatsheet',
        body: `${style}<header><h1>${title}</h1><span>${author}</span></header>
<main>${sections.map(renderSection).join('\n')}</main>`,
      }),
      page,
    };
  },
  bookmarks: () => [],
};

export interface CheatsheetSection {
  /** Empty where all of the sheet is one section. */
  readonly title: string;
  readonly topics: readonly CheatsheetTopic[];
}

export interface CheatsheetTopic {
  readonly heading: string;
  readonly blocks: readonly Block[];
}

/** Words that a stack of this kind is titled with, in the languages that courses here are held in. */
const CHEATSHEET_TITLE =
  /(?<!\p{L})(?:cheat\s*-?\s*sheets?|aide[\s-]?m[ée]moire|pense[\s-]?b[êe]te|antis[èe]che|spickzettel|kurz(?:referenz|übersicht)|merkblatt|quick\s*reference|reference\s*card|refcard|summary|r[ée]sum[ée]|r[ée]capitulatif|zusammenfassung|hoja\s+de\s+referencia|chuleta|resumen|riassunto|in\s+a\s+nutshell)(?!\p{L})/iu;

/**
 * What goes on the sheet: the slides and blocks that the author marks; else the stack that is titled for it; else, by
 * section, what one looks up: code, tables and definitions. Never a block twice.
 */
export function selectBlocks(layout: Layout): CheatsheetSection[] {
  const marked = layout.slides.some((slide) => slide.marked || slide.blocks.some((block) => block.marked));
  const named = layout.sections.findIndex((title) => CHEATSHEET_TITLE.test(title));
  const wanted = (slide: LaidOutSlide): readonly Block[] => {
    if (marked) return slide.marked ? slide.blocks : slide.blocks.filter((block) => block.marked);
    if (named !== -1) return slide.h === named ? slide.blocks : [];
    return slide.blocks.filter((block) => ['code', 'table', 'definition'].includes(block.kind));
  };
  const seen = new Set<string>();
  const fresh = (block: Block): boolean => {
    const key = `${block.kind}\n${block.text}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  };
  const sections = layout.sections.map((title, h) => ({
    title: !marked && h === named ? '' : title,
    topics: layout.slides
      .filter((slide) => slide.h === h)
      .flatMap((slide) => topics(wanted(slide).filter((block) => block.kind !== 'heading' && fresh(block)))),
  }));
  return sections.filter((section) => section.topics.length > 0);
}

/** Blocks under one heading belong together. */
function topics(blocks: readonly Block[]): CheatsheetTopic[] {
  const headings = [...new Set(blocks.map((block) => block.heading))];
  return headings.map((heading) => ({
    heading,
    blocks: blocks.filter((block) => block.heading === heading),
  }));
}

function renderSection(section: CheatsheetSection): string {
  const title = section.title ? `<h2>${escapeHtml(section.title)}</h2>` : '';
  return `${title}${section.topics.map((topic) => renderTopic(topic, section.title)).join('\n')}`;
}

function renderTopic(topic: CheatsheetTopic, sectionTitle: string): string {
  const own = topic.heading !== sectionTitle ? topic.heading : '';
  const heading = own ? `<h3>${escapeHtml(own)}</h3>` : '';
  return `<article>${heading}${topic.blocks.map(renderBlock).join('')}</article>`;
}

/** A listing longer than half a column may break: kept whole, it would leave the rest of a column, or a page, blank. */
const LONG_LISTING_LINES = 25;

function renderBlock(block: Block): string {
  const isLong = block.kind === 'code' && block.html.split(/\n|<tr/).length > LONG_LISTING_LINES;
  return isLong ? `<div class="long">${block.html}</div>` : block.html;
}
