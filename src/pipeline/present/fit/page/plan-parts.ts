import type { Fit } from './fit-slides.ts';

export interface PlanPartsOptions {
  /** Below this scale a slide continues on another page. */
  readonly minScale: number;
  /** The fits of the slides on their pages, in order. */
  readonly fits: readonly Fit[];
}

/** A slide that is too large for one page. */
export interface PlannedParts {
  /** The index stamped on the section. */
  readonly index: string;
  /** At least two. */
  readonly parts: number;
}

/**
 * Runs inside the page, after its slides are fitted, and must stay self-contained. If a slide is so tall that it would be
 * illegible, decides how it is divided into pages: between blocks, rows of tables, lines of code and items of lists, into as
 * few pages as necessary, with similar amounts on each. The result is in `data-deckhand-at` (the part, from 1) of these
 * elements and in `data-deckhand-repeated` of the slide's heading; `continue-slides.ts` makes the pages.
 *
 * The attributes are set in a copy of the page. The page itself does not change, except for `data-deckhand-whole`.
 */
export async function planParts({ minScale, fits }: PlanPartsOptions): Promise<PlannedParts[]> {
  /** Share of the height of a page: text in columns may wrap differently when some of it is removed. */
  const FILLED = 0.96;
  /** Minimum gain in size; an image that is too tall gains nothing. */
  const WORTHWHILE = 1.25;
  const WHOLE =
    'img, svg, canvas, figure, iframe, video, object, h1, h2, h3, h4, h5, h6, tr, dt, .katex-display, .r-stack, .deckhand-line, .deckhand-card, .deckhand-diagram, [data-deckhand-embed]';
  const UNPLACED = 'aside.notes, script, style, template, link, caption, colgroup, thead';

  const planned: PlannedParts[] = [];
  const sections = [
    ...document.querySelectorAll<HTMLElement>('.deckhand-frame section[data-deckhand-slide]'),
  ];
  for (const [i, section] of sections.entries()) {
    const fit = fits[i];
    if (!fit || !isTooTall(fit)) continue;
    const page = section.closest('.deckhand-frame') as HTMLElement;
    const copy = await copyOf(page);
    const parts = plan(copy, fit);
    if (parts < 2) {
      copy.remove();
      continue;
    }
    page.dataset.deckhandWhole = '';
    planned.push({ index: section.dataset.deckhandSlide ?? '', parts });
  }
  return planned;

  /** Only its height can be reduced: content that is too wide is as wide on every page. */
  function isTooTall({ scale, heightPx: tall, roomPx }: Fit): boolean {
    return scale < minScale && roomPx / tall <= scale * 1.001;
  }

  async function copyOf(page: HTMLElement): Promise<HTMLElement> {
    const copy = page.cloneNode(true) as HTMLElement;
    page.after(copy);
    await Promise.all([...copy.querySelectorAll('img')].map((img) => img.decode().catch(() => undefined)));
    return copy;
  }

  /** The number of its pages; 1 if more pages would not help. */
  function plan(page: HTMLElement, fit: Fit): number {
    const section = page.querySelector<HTMLElement>('section[data-deckhand-slide]') as HTMLElement;
    const slides = section.closest<HTMLElement>('.slides') as HTMLElement;
    slides.setAttribute('style', slides.dataset.deckhandPlace ?? '');
    for (const code of section.querySelectorAll<HTMLElement>('pre')) cutIntoLines(code);
    const tall = piecesOf(section).filter(({ top, bottom }) => bottom - top > fit.roomPx / minScale);
    for (const { elements } of tall) for (const one of elements) cutIntoRows(one);
    const pieces = glued(piecesOf(section));
    const heading = section.querySelector<HTMLElement>('h1, h2, h3, h4, h5, h6');
    const repeatedPx = heightOf(heading) + tallest(section.querySelectorAll('thead'));
    const parts = isMovable(section) ? spread(pieces, repeatedPx, fit) : [pieces];
    if (parts.length < 2) return 1;
    parts.forEach((part, i) => {
      for (const { elements } of part)
        for (const element of elements) element.dataset.deckhandAt = String(i + 1);
    });
    if (heading?.dataset.deckhandAt === '1') heading.dataset.deckhandRepeated = '';
    for (const list of section.querySelectorAll('ol')) numberItems(list);
    for (const table of section.querySelectorAll('table')) keepColumns(table);
    return parts.length;
  }

  /** Positioned elements do not move up when the content above them is removed. */
  function isMovable(section: HTMLElement): boolean {
    const bottom = (section.closest('.deckhand-frame') as HTMLElement).getBoundingClientRect().bottom;
    return ![...section.querySelectorAll<HTMLElement>('*')].some(
      (element) => isLifted(element) && element.getBoundingClientRect().bottom > bottom + 1,
    );
  }

  function isLifted(element: Element): boolean {
    return (
      ['absolute', 'fixed'].includes(getComputedStyle(element).position) && !element.closest('.katex, svg')
    );
  }

  /** The smallest elements that are never divided, in the order of the slide. */
  function piecesOf(element: HTMLElement): Piece[] {
    wrapLooseWords(element);
    return [...element.children].flatMap((child): Piece[] => {
      if (!(child instanceof HTMLElement || child instanceof SVGElement)) return [];
      const { display } = getComputedStyle(child);
      if (display === 'none' || child.matches(UNPLACED) || isLifted(child)) return [];
      const isCut = child.querySelector(':scope .deckhand-row') !== null;
      const isWhole = (child.matches(WHOLE) && !isCut) || !hasBlocks(child);
      if (!isWhole) return piecesOf(child as HTMLElement);
      const rects = rectsOf(child);
      if (rects.length === 0) return [];
      const top = Math.min(...rects.map((rect) => rect.top));
      const bottom = Math.max(...rects.map((rect) => rect.bottom));
      return [{ elements: [child], top, bottom, sticks: sticksToNext(child) }];
    });
  }

  /**
   * A heading, a term and the text above a nested list; the first of several rows, lines or items, and the last but one: none
   * of them may be alone.
   */
  function sticksToNext(element: Element): boolean {
    if (element.matches('h1, h2, h3, h4, h5, h6, dt, li > span:first-child:not(:only-child)')) return true;
    const { previousElementSibling: before, nextElementSibling: next } = element;
    return (
      element.matches('li, tr, .deckhand-line, .deckhand-row') &&
      next !== null &&
      (!before || !next.nextElementSibling)
    );
  }

  /** An element without a box has the boxes of its children. */
  function rectsOf(element: Element): DOMRect[] {
    const range = document.createRange();
    range.selectNodeContents(element);
    const own = [...element.getClientRects()];
    return (own.length > 0 ? own : [...range.getClientRects()]).filter(({ height }) => height > 0);
  }

  function hasBlocks(element: Element): boolean {
    return [...element.children].some(isBlock);
  }

  /** In many themes lists are `inline-block`. */
  function isBlock(element: Element): boolean {
    const { display, float } = getComputedStyle(element);
    if (/^inline-./.test(display)) return hasBlocks(element);
    return float === 'none' && /^(block|list-item|table|flex|grid|flow-root)/.test(display);
  }

  /** Text next to blocks, as in an item with nested items, becomes an element that can be assigned to a part. */
  function wrapLooseWords(element: HTMLElement): void {
    let run: ChildNode[] = [];
    const flush = (): void => {
      if (run.some((node) => node.textContent?.trim() !== '' || node instanceof Element)) {
        const holder = document.createElement('span');
        holder.style.display = 'contents';
        run[0]?.before(holder);
        holder.append(...run);
      }
      run = [];
    };
    for (const child of [...element.childNodes]) {
      if (child instanceof Text || (child instanceof Element && isInline(child))) run.push(child);
      else if (!(child instanceof Comment)) flush();
    }
    flush();
  }

  function isInline(element: Element): boolean {
    return /^(inline|contents|ruby)/.test(getComputedStyle(element).display) && !isBlock(element);
  }

  /** A heading stays with the content after it, a row with those that its cells extend into. */
  function glued(pieces: readonly Piece[]): Piece[] {
    const result: Piece[] = [];
    let held: Piece | undefined;
    let rowsHeld = 0;
    for (const piece of pieces) {
      const joined: Piece = held
        ? {
            elements: [...held.elements, ...piece.elements],
            top: Math.min(held.top, piece.top),
            bottom: Math.max(held.bottom, piece.bottom),
            sticks: piece.sticks,
          }
        : piece;
      const [row] = piece.elements;
      rowsHeld = row instanceof HTMLTableRowElement ? Math.max(rowsHeld - 1, reachOf(row) - 1) : 0;
      held = joined.sticks || rowsHeld > 0 ? joined : undefined;
      if (!held) result.push(joined);
    }
    return held ? [...result, held] : result;
  }

  /** Number of rows that the cells of a row extend into, including itself. */
  function reachOf(row: HTMLTableRowElement): number {
    const section = row.parentElement as HTMLTableSectionElement;
    const below = section.rows.length - row.sectionRowIndex;
    return Math.max(1, ...[...row.cells].map(({ rowSpan }) => Math.min(rowSpan || below, below)));
  }

  /** As few pages as make it legible, with similar amounts on each. */
  function spread(pieces: readonly Piece[], repeatedPx: number, fit: Fit): Piece[][] {
    const room = fit.roomPx;
    let [least, most] = [0, (room * FILLED) / minScale];
    const fewest = fill(pieces, most, repeatedPx);
    while (most - least > 1) {
      const middle = (least + most) / 2;
      if (fill(pieces, middle, repeatedPx).length > fewest.length) least = middle;
      else most = middle;
    }
    const parts = fill(pieces, most, repeatedPx);
    const tallestPx = Math.max(...parts.map((part, i) => heightFrom(part) + (i > 0 ? repeatedPx : 0)));
    return room / tallestPx >= fit.scale * WORTHWHILE ? parts : [[...pieces]];
  }

  /** Takes as much as fits from the top. Columns next to each other are cut separately. */
  function fill(pieces: readonly Piece[], roomPx: number, repeatedPx: number): Piece[][] {
    const parts: Piece[][] = [];
    let rest = [...pieces];
    while (rest.length > 0) {
      const top = Math.min(...rest.map((piece) => piece.top));
      const limit = top + roomPx - (parts.length > 0 ? repeatedPx : 0);
      const first = rest.reduce((one, other) => (other.top < one.top ? other : one));
      const taken = rest.filter((piece) => piece === first || piece.bottom <= limit + 0.5);
      parts.push(taken);
      rest = rest.filter((piece) => !taken.includes(piece));
    }
    return parts;
  }

  function heightFrom(part: readonly Piece[]): number {
    return Math.max(...part.map(({ bottom }) => bottom)) - Math.min(...part.map(({ top }) => top));
  }

  function tallest(elements: Iterable<Element>): number {
    return Math.max(0, ...[...elements].map(heightOf));
  }

  function heightOf(element: Element | null): number {
    if (!element) return 0;
    const { marginTop, marginBottom } = getComputedStyle(element);
    const margins = Number.parseFloat(marginTop) + Number.parseFloat(marginBottom);
    return element.getBoundingClientRect().height + (margins || 0);
  }

  /** Each line with its colors, in an element of its own. Lines with numbers are rows of a table already. */
  function cutIntoLines(pre: HTMLElement): void {
    const code = pre.querySelector<HTMLElement>('code') ?? pre;
    if (code.querySelector('table') || code.querySelector(WHOLE)) return;
    cut(
      code,
      'deckhand-line',
      ({ data }) => data.split(/(?<=\n)/),
      (piece) => piece.endsWith('\n'),
    );
  }

  /** Text without a blank line in it may be taller than a page: it is cut where the browser broke its lines. */
  function cutIntoRows(element: Element): void {
    const isText =
      element instanceof HTMLElement && (!element.matches(WHOLE) || element.matches('.deckhand-line'));
    if (!isText || element.querySelector(`${WHOLE}, .katex, math, input, ruby`)) return;
    const starts = new Map<Text, readonly string[]>();
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      starts.set(node as Text, rowsOf(node as Text));
    cut(
      element,
      'deckhand-row',
      (text) => starts.get(text) ?? [text.data],
      (_, isLast) => !isLast,
    );
  }

  /** Splits a text into its lines; into groups of lines if there are many, because finding each takes time. */
  function rowsOf(text: Text): string[] {
    const range = document.createRange();
    range.selectNodeContents(text);
    const tops = [...range.getClientRects()].map(({ top }) => top);
    const together = Math.ceil(tops.length / 400);
    const starts = [0];
    for (let row = together; row < tops.length; row += together) {
      let [before, behind] = [starts.at(-1) ?? 0, text.length];
      while (behind - before > 1) {
        const middle = (before + behind) >> 1;
        if (topAt(middle) < (tops[row] ?? 0) - 1) before = middle;
        else behind = middle;
      }
      starts.push(behind);
    }
    return starts.map((start, i) => text.data.slice(start, starts[i + 1]));

    /** The position of the first letter from there on: collapsed white space has none. */
    function topAt(offset: number): number {
      range.setStart(text, offset);
      range.setEnd(text, Math.min(offset + 1, text.length));
      const [rect] = range.getClientRects();
      if (rect) return rect.top;
      return offset + 1 < text.length ? topAt(offset + 1) : Infinity;
    }
  }

  /** Each piece of a text with its ancestors; pieces that belong together are in one block. */
  function cut(
    holder: HTMLElement,
    className: string,
    piecesOfText: (text: Text) => readonly string[],
    endsBlock: (piece: string, isLast: boolean) => boolean,
  ): void {
    const blocks: HTMLElement[] = [];
    const block = (): HTMLElement => blocks.at(-1) ?? newBlock();
    for (const child of [...holder.childNodes]) copyInto(child, []);
    holder.replaceChildren(...blocks);

    function newBlock(): HTMLElement {
      const made = document.createElement('span');
      made.className = className;
      made.style.display = 'block';
      blocks.push(made);
      return made;
    }

    function copyInto(node: Node, path: readonly Node[]): void {
      if (node instanceof HTMLBRElement) newBlock();
      if (!(node instanceof Text)) {
        for (const child of node.childNodes) copyInto(child, [...path, node]);
        return;
      }
      const pieces = piecesOfText(node);
      pieces.forEach((piece, i) => {
        let copy: Node = document.createTextNode(piece);
        for (const around of [...path].reverse()) {
          const shell = around.cloneNode(false);
          shell.appendChild(copy);
          copy = shell;
        }
        block().append(copy);
        if (endsBlock(piece, i === pieces.length - 1)) newBlock();
      });
    }
  }

  /** A continued list continues its numbering. */
  function numberItems(list: HTMLOListElement): void {
    const items = [...list.children].filter((item): item is HTMLLIElement => item instanceof HTMLLIElement);
    let next = list.hasAttribute('start') || !list.reversed ? list.start : items.length;
    for (const item of items) {
      if (item.hasAttribute('value')) next = item.value;
      else item.value = next;
      next += list.reversed ? -1 : 1;
    }
  }

  /** Columns have the same width on each page. */
  function keepColumns(table: HTMLTableElement): void {
    const rows = [...table.rows].filter((row) => [...row.cells].every(({ colSpan }) => colSpan === 1));
    const row = rows.sort((a, b) => b.cells.length - a.cells.length)[0];
    if (!row || table.querySelector('[rowspan]')) return;
    // reveal.js scales all slides. Widths are rounded up to whole pixels: with less, the longest word of a column would be
    // broken.
    const scale = table.getBoundingClientRect().width / (table.offsetWidth || 1) || 1;
    const widths = [...row.cells].map((cell) => Math.ceil(cell.getBoundingClientRect().width / scale - 0.01));
    const width = Math.ceil(table.getBoundingClientRect().width / scale - 0.01);
    table.querySelector(':scope > colgroup')?.remove();
    const group = document.createElement('colgroup');
    for (const one of widths) group.appendChild(document.createElement('col')).style.width = `${one}px`;
    table.querySelector(':scope > caption')?.after(group);
    if (!group.isConnected) table.prepend(group);
    table.style.setProperty('table-layout', 'fixed', 'important');
    table.style.setProperty('width', `${width}px`, 'important');
  }
}

interface Piece {
  readonly elements: readonly (HTMLElement | SVGElement)[];
  readonly top: number;
  readonly bottom: number;
  /** Never the last element on a page. */
  readonly sticks: boolean;
}
