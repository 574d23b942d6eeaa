import type { Layout, Size } from '../../../model/model.ts';
import { readsRightToLeft } from '../../../paper/direction.ts';
import { stampText } from '../../../paper/stamp.ts';
import { escapeHtml } from '../../../text/html.ts';
import type { OutputOptions } from '../../contract/output.ts';
import type { Fit } from './fit.ts';
import type { BandLink } from './links.ts';
import type { CheatsheetSection, ChosenBlock } from './outline.ts';
import type { Item, Span } from './pack.ts';
import type { MeasuredItem, MeasuredType } from './page/measure-sheet.ts';

/** An item of the sheet, before its position is known. */
export interface SheetItem {
  readonly kind: Item['kind'];
  /** Number of its accent color, from 1. */
  readonly accent: number;
  readonly open: string;
  /** Its parts; missing if it must not be broken. */
  readonly rows: readonly string[];
  readonly close: string;
  /** The block that it shows; missing for a heading. */
  readonly chosen?: ChosenBlock;
  /** Level of a heading. */
  readonly title?: string;
  /** Id of the heading of its box; missing if it is in no box. */
  readonly box?: number;
}

const ACCENTS = 6;

/** Headings and blocks in order, with a box for each section. If the whole sheet is one section, its topics are boxes. */
export function sheetItems(sections: readonly CheatsheetSection[]): SheetItem[] {
  let group = -1;
  let box: number | undefined;
  const items: SheetItem[] = [];
  const accent = (): number => (Math.max(group, 0) % ACCENTS) + 1;
  const add = (item: Omit<SheetItem, 'accent'>): void =>
    void items.push({ ...item, accent: accent(), ...(box === undefined ? {} : { box }) });
  const addHeading = (kind: 'section' | 'topic', title: string, blocks: readonly ChosenBlock[]): void => {
    if (title === '') return;
    const tag = kind === 'section' ? 'h2' : 'h3';
    const open = `<${tag} dir="auto">${escapeHtml(title)}</${tag}>${slidesHtml(blocks)}`;
    if (kind === 'section') box = items.length;
    add({ kind, open, rows: [], close: '', title });
  };
  for (const section of sections) {
    if (section.title !== '') group += 1;
    const [first] = section.topics;
    // Its first topic has a heading, with the number of its slide.
    addHeading('section', section.title, first?.heading === '' ? first.blocks : []);
    for (const topic of section.topics) {
      const standsForSection = section.title === '' && topic.heading !== '';
      if (standsForSection) group += 1;
      addHeading(standsForSection ? 'section' : 'topic', topic.heading, topic.blocks);
      for (const chosen of topic.blocks) {
        const { html, parts } = chosen.block;
        const { open, rows, close } = parts ?? { open: html, rows: [], close: '' };
        add({ kind: 'block', open, rows, close, chosen });
      }
    }
  }
  return items;
}

/** The slides that a box comes from, as a link to the first of them. */
function slidesHtml(blocks: readonly ChosenBlock[]): string {
  const slides = [...new Set(blocks.map(({ slide }) => slide))];
  const [first, last] = [slides[0], slides.at(-1)];
  if (!first || !last) return '';
  const numbers = first === last ? first.number : `${first.number}–${last.number}`;
  return `<a class="slide" href="#${escapeHtml(first.id)}">${escapeHtml(numbers)}</a>`;
}

/** Content of the pages besides the items. */
export interface SheetFurniture {
  readonly layout: Layout;
  readonly page: Size;
  readonly options: Pick<OutputOptions, 'stamp' | 'cheatsheet'>;
  readonly links: readonly BandLink[];
}

/** A document in which every item and the available height on each kind of page are measured. */
export function measuringHtml(items: readonly SheetItem[], furniture: SheetFurniture): string {
  const all = items.map((item) => itemHtml(item, { from: 0, to: item.rows.length })).join('\n');
  const kinds = [
    { name: 'only', number: 1, of: 1 },
    { name: 'first', number: 1, of: 3 },
    { name: 'middle', number: 2, of: 3 },
    { name: 'last', number: 3, of: 3 },
  ];
  const pages = kinds.map((page, i) => pageHtml(page, i === 0 ? [all] : [], furniture));
  return sheetsHtml(pages.join('\n'), furniture, '');
}

/** The pages with the items at their positions. */
export function fittedHtml(
  items: readonly SheetItem[],
  { typeSize, pages, shrunk }: Fit,
  measured: MeasuredType,
  furniture: SheetFurniture,
): string {
  const piece = (span: Span): string => {
    const item = items[span.item] as SheetItem;
    return itemHtml(item, span, measured.items[span.item], shrunk.get(span.item));
  };
  const column = (spans: readonly Span[]): string =>
    inBoxes(items, spans)
      .map(({ box, own }) => boxHtml(items, box, own, own.map(piece)))
      .join('\n');
  const html = pages.map((columns, i) =>
    pageHtml({ name: '', number: i + 1, of: pages.length }, columns.map(column), furniture),
  );
  return sheetsHtml(html.join('\n'), furniture, `--cheatsheet-type-size:${typeSize}pt`);
}

interface BoxPart {
  readonly box: number | undefined;
  readonly own: Span[];
}

function inBoxes(items: readonly SheetItem[], spans: readonly Span[]): BoxPart[] {
  const parts: BoxPart[] = [];
  for (const span of spans) {
    const box = items[span.item]?.box;
    const last = parts.at(-1);
    if (last && last.box === box) last.own.push(span);
    else parts.push({ box, own: [span] });
  }
  return parts;
}

/** If a box continues in the next column, its title is repeated there, but not as a heading of the document. */
function boxHtml(
  items: readonly SheetItem[],
  box: number | undefined,
  spans: readonly Span[],
  pieces: readonly string[],
): string {
  const head = box === undefined ? undefined : items[box];
  if (!head) return pieces.join('\n');
  const isTorn = spans[0]?.item !== box;
  const again = isTorn
    ? `<div class="item section accent-${head.accent}"><p class="again" dir="auto">${escapeHtml(head.title ?? '')} …</p></div>`
    : '';
  return `<div class="box accent-${head.accent}">${again}${pieces.join('\n')}</div>`;
}

type Piece = Pick<Span, 'from' | 'to'>;

function itemHtml(
  { kind, accent, open, rows, close, box }: SheetItem,
  { from, to }: Piece,
  measured?: MeasuredItem,
  scale?: number,
): string {
  const style = scale === undefined ? '' : ` style="zoom:${scale.toFixed(4)}"`;
  const whole = open + rows.slice(from, to).join('') + close;
  const isWhole = rows.length === 0 ? ' data-whole' : '';
  const boxName = box === undefined ? '' : ` data-box="${box}"`;
  return `<div class="item ${kind} accent-${accent}"${isWhole}${style}${boxName}>${withScale(withColumns(whole, measured), measured)}</div>`;
}

/** A formula at the scale that was measured. */
function withScale(html: string, measured: MeasuredItem | undefined): string {
  if (measured?.formulaScale === undefined) return html;
  const style = ` style="font-size:${measured.formulaScale.toFixed(4)}em"`;
  return html.replace('<div class="deckhand-formula"', (open) => open + style);
}

/** A table with the column widths that were measured. */
function withColumns(html: string, measured: MeasuredItem | undefined): string {
  if (!measured?.columns) return html;
  const columns = measured.columns.map((width) => `<col style="width:${width}%">`).join('');
  const open = `<table class="${escapeHtml(measured.tableClass ?? '')}"><colgroup>${columns}</colgroup>`;
  // A lead sentence may come before it.
  return html.replace(/<table[^>]*>/, () => open);
}

interface PageNumber {
  readonly name: string;
  readonly number: number;
  readonly of: number;
}

function pageHtml(page: PageNumber, columns: readonly string[], furniture: SheetFurniture): string {
  const { layout, links, options } = furniture;
  const isLast = page.number === page.of;
  const filled = Array.from({ length: options.cheatsheet.columns }, (_, i) => columns[i] ?? '');
  const band = links.map(({ html }) => html).join('');
  return `<section class="page" data-page="${page.name}">
${page.number === 1 ? headHtml(layout) : ''}
<main>${filled.map((column) => `<div class="column">${column}</div>`).join('\n')}</main>
${isLast && band ? `<aside class="links">${band}</aside>` : ''}
${footHtml(page, furniture)}
</section>`;
}

function headHtml({ metadata }: Layout): string {
  const { title, subtitle, author } = metadata;
  const more = subtitle ? `<span dir="auto">${escapeHtml(subtitle)}</span>` : '';
  const by = author ? `<span class="author" dir="auto">${escapeHtml(author)}</span>` : '';
  return `<header><h1 dir="auto">${escapeHtml(title)}</h1>${more}${by}</header>`;
}

/** Identifies the second page when it is separated from the first. */
function footHtml({ number, of }: PageNumber, { layout, options }: SheetFurniture): string {
  const title = number > 1 ? escapeHtml(layout.metadata.title) : '';
  const stamp = escapeHtml(stampText(options.stamp, layout));
  const count = of > 1 ? `${number} / ${of}` : '';
  if (!title && !stamp && !count) return '';
  return `<footer><span dir="auto">${title}</span><span class="stamp" dir="auto">${stamp}</span><span>${count}</span></footer>`;
}

function sheetsHtml(pages: string, { layout, page, options }: SheetFurniture, style: string): string {
  const size = `--page-width:${page.widthPx}px;--page-height:${page.heightPx}px`;
  const columns = `--cheatsheet-columns:${options.cheatsheet.columns}`;
  return `<style>:root{${size};${columns};${style}}</style>
<div class="sheets" dir="${readsRightToLeft(layout) ? 'rtl' : 'ltr'}">${pages}</div>`;
}
