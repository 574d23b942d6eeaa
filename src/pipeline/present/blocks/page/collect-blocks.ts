import type { Block, BlockFacts, BlockKind, CheatsheetMark } from '../../../../model/model.ts';

/**
 * Runs inside the page after `joinBlocks` and must stay self-contained. Splits every slide into blocks that make sense by
 * themselves on a cheatsheet, page by page.
 */
export function collectBlocks(): Block[][] {
  const PICTURES = ':is(img, svg, .deckhand-card):not(.deckhand-card *, .katex *)';
  const NO_CONTENT = 'script, style, template, textarea, aside.notes';
  const MARK = 'data-cheatsheet';
  /** A space to write in: see `leave-gaps.ts`. */
  const GAP = '.deckhand-gap';
  const NO_LEVEL = 7;
  /** Blocks of the previous steps. */
  const OWN_ATTRIBUTES = [
    ...['data-kind', 'data-language', 'data-session', 'data-deckhand-led'],
    ...['data-deckhand-rows', 'data-deckhand-split'],
  ];
  const pages = [...document.querySelectorAll<HTMLElement>('.deckhand-frame')];
  return pages.map((page) => {
    const section = page.querySelector<HTMLElement>('section[data-deckhand-blocks]');
    return section ? blocksOf(section) : [];
  });

  function blocksOf(section: HTMLElement): Block[] {
    const blocks: Block[] = [];
    let heading = '';
    /** The heading whose mark applies to everything below it. */
    let markedLevel = NO_LEVEL;
    let headingMark: CheatsheetMark | undefined;
    for (const child of section.children) visit(child, undefined);
    return blocks;

    function add(kind: BlockKind, element: HTMLElement | SVGElement, own: CheatsheetMark | undefined): void {
      const text = kind === 'picture' ? nameOf(element) : ownWords(element);
      if (text === '' && !element.querySelector(GAP)) return;
      const anchors = [...element.querySelectorAll('a[href^="http"]')];
      const links = anchors.map((link) => {
        const href = link.getAttribute('href') ?? '';
        return { href: URL.canParse(href) ? new URL(href).href : href, text: words(link) };
      });
      const mark = own ?? headingMark;
      const lead = element.dataset.deckhandLed === undefined ? undefined : element.previousElementSibling;
      const leadHtml = lead ? unpinned(lead).outerHTML : '';
      const facts = factsOf(kind, element);
      const copy = unpinned(element);
      const html = leadHtml + copy.outerHTML;
      const parts = partsOf(copy);
      blocks.push({
        ...{ kind, html, text, heading, lead: lead ? words(lead) : '', facts, links },
        ...(mark ? { mark } : {}),
        ...(parts ? { parts: { ...parts, open: leadHtml + parts.open } } : {}),
      });
    }

    function visit(element: Element, inherited: CheatsheetMark | undefined): void {
      if (element.matches(`${NO_CONTENT}, .deckhand-lead`)) return;
      const mark = markOf(element) ?? inherited;
      const inner = element.querySelector(`[${MARK}]`);
      const held = mark ?? (inner ? markOf(inner) : undefined);
      const kind = kindOf(element);
      const isShown = element instanceof HTMLElement || element instanceof SVGElement;
      if (kind === undefined) for (const child of element.children) visit(child, mark);
      else if (!isShown) return;
      else if (kind === 'heading') visitHeading(element, held);
      else if (kind === 'picture') addPicture(element, mark);
      else if (!element.matches('p') || ownWords(element) !== '' || element.querySelector(GAP))
        add(kind, element, held);
      else for (const picture of element.querySelectorAll<HTMLElement>(PICTURES)) addPicture(picture, mark);
    }

    /** An image alone is no sheet: without more text, its mark adds it to the automatic selection. */
    function addPicture(picture: HTMLElement | SVGElement, inherited: CheatsheetMark | undefined): void {
      const marked = picture.closest(`section [${MARK}]`);
      const mark = (marked ? markOf(marked) : undefined) ?? inherited;
      const isPlain = marked?.getAttribute(MARK) === '';
      add('picture', picture, isPlain ? 'keep' : mark);
    }

    function visitHeading(element: HTMLElement | SVGElement, mark: CheatsheetMark | undefined): void {
      const level = Number(element.localName.slice(1));
      if (level <= markedLevel) {
        markedLevel = mark ? level : NO_LEVEL;
        headingMark = mark;
      }
      heading = words(element);
      add('heading', element, mark);
    }
  }

  /** Without a value, `data-cheatsheet` means `only`. */
  function markOf(element: Element): CheatsheetMark | undefined {
    const value = element.getAttribute(MARK)?.trim();
    if (value === undefined || value === null) return undefined;
    return value === ''
      ? 'only'
      : value === 'keep' || value === 'skip' || value === 'only'
        ? value
        : undefined;
  }

  /** Undefined for elements that only contain others. */
  function kindOf(element: Element): BlockKind | undefined {
    const isDefinition = element.matches('.deckhand-definition');
    if (element.matches('h1, h2, h3, h4, h5, h6')) return 'heading';
    if (element.matches('.deckhand-formula')) return 'formula';
    if (element.matches('pre')) return 'code';
    if (element.matches('table')) return ((element as HTMLElement).dataset.kind as BlockKind) ?? 'table';
    if (element.matches('ul, ol')) return isDefinition ? 'definition' : 'list';
    if (element.matches('blockquote')) return 'quote';
    if (element.matches(`${PICTURES}, figure:has(${PICTURES})`)) return 'picture';
    if (element.matches('p')) return isDefinition ? 'definition' : 'text';
    return undefined;
  }

  function factsOf(kind: BlockKind, element: HTMLElement | SVGElement): BlockFacts {
    const rows = rowsOf(element);
    const letters = Math.max(words(element).length, 1);
    const share = (selector: string): number => {
      const found = [...element.querySelectorAll(selector)].filter(
        (one) => !one.parentElement?.closest(selector),
      );
      return Math.min(1, found.reduce((sum, one) => sum + words(one).length, 0) / letters);
    };
    const holding = (selector: string): number =>
      rows.filter((row) => row.matches(selector) || row.querySelector(selector)).length;
    const cells = kind === 'table' ? [...element.querySelectorAll('tbody td')] : [];
    const firstCells = element instanceof HTMLTableElement ? [...(element.rows[0]?.cells ?? [])] : [];
    const head = kind === 'table' ? firstCells.map(words).join(' | ') : '';
    const drawing = element.matches('svg') ? element : element.querySelector('svg:not(.katex svg)');
    const [first] = [...element.childNodes].filter((node) => words(node) !== '');
    return {
      rows: rows.length,
      inCode: kind === 'code' ? 1 : round(share('code, kbd')),
      inLinks: round(share('a[href]')),
      codeRows: holding('code, kbd'),
      formulaRows: holding('.katex'),
      numberCells: cells.filter((cell) => /^[-−+~≈$€£]?\s?\d[\d.,:\s]*\s?[%€$]?$/.test(words(cell))).length,
      columns: firstCells.length,
      head,
      language: element.dataset.language ?? '',
      isSession: element.dataset.session !== undefined,
      isPaired: element.matches('.deckhand-pairs'),
      isDrawing: drawing !== null && words(drawing) !== '',
      wordSize: drawing instanceof SVGSVGElement ? wordSizeOf(drawing) : 0,
      isOrdered: element.matches('ol'),
      isBoldFirst: first instanceof Element && first.matches('strong, b'),
    };
  }

  function wordSizeOf(drawing: SVGSVGElement): number {
    const width = drawing.viewBox.baseVal?.width || drawing.getBoundingClientRect().width;
    const labels = [...drawing.querySelectorAll('text, foreignObject *')].filter((one) => words(one) !== '');
    const sizes = labels
      .map((label) => Number.parseFloat(getComputedStyle(label).fontSize))
      .filter((size) => size > 0);
    return width > 0 && sizes.length > 0 ? Math.round(1e4 * (Math.min(...sizes) / width)) / 1e4 : 0;
  }

  function rowsOf(element: Element): Element[] {
    if (element instanceof HTMLTableElement) {
      const all = [...element.rows];
      return element.tHead ? all.filter((row) => row.parentElement !== element.tHead) : all;
    }
    if (element.matches('ul, ol')) return [...element.children];
    const lines = element.matches('pre') ? [...element.querySelectorAll('.deckhand-part')] : [];
    return lines.length > 0 ? lines : [element];
  }

  function round(share: number): number {
    return Math.round(share * 100) / 100;
  }

  /** Undefined if it must not be broken. */
  function partsOf(block: Element): Block['parts'] {
    if (!block.matches('ul, ol, pre, table')) return undefined;
    if (block.matches('table') && block.querySelector('table, [rowspan], tfoot, caption, colgroup'))
      return undefined;
    const holders = block.matches('table')
      ? block.querySelectorAll(':scope > tbody')
      : block.querySelectorAll('code');
    const holder = block.matches('ul, ol') ? block : holders[0];
    if (!holder || (holder !== block && holders.length !== 1)) return undefined;
    const rows = [...holder.children];
    for (const row of rows) row.classList.add('deckhand-part');
    if (rows.length === 0) return undefined;
    holder.replaceChildren(document.createComment('parts'));
    const [open = '', close = ''] = block.outerHTML.split('<!--parts-->');
    return { open, rows: rows.map((row) => row.outerHTML), close };
  }

  /** Images are identified by their address. */
  function nameOf(element: Element): string {
    const picture = element.matches('figure') ? (element.querySelector(PICTURES) ?? element) : element;
    const address = picture.getAttribute('src') ?? picture.getAttribute('href');
    const title = picture.querySelector('.deckhand-card-title');
    return address || picture.getAttribute('aria-label') || words(title ?? picture) || words(picture);
  }

  /** The texts of a card are those of an image. */
  function ownWords(element: Element): string {
    if (!element.querySelector('.deckhand-card, svg')) return words(element);
    const copy = element.cloneNode(true) as Element;
    for (const other of copy.querySelectorAll(`.deckhand-card, svg, ${NO_CONTENT}`)) other.remove();
    return words(copy);
  }

  /** Formulas exist twice, as HTML and as MathML. */
  function words(node: Node): string {
    const element = node instanceof Element ? node : undefined;
    const copy = element?.querySelector('.katex') ? (element.cloneNode(true) as Element) : node;
    if (copy instanceof Element && copy !== element)
      for (const part of copy.querySelectorAll('.katex-html, annotation')) part.remove();
    return (copy.textContent ?? '').replace(/\s+/g, ' ').trim();
  }

  /** In another document an image fills the available space in its own proportions. */
  function unpinned(element: Element): Element {
    const copy = element.cloneNode(true) as Element;
    // The style of a drawing itself determines its look.
    for (const part of copy.querySelectorAll(NO_CONTENT)) if (!part.closest('svg')) part.remove();
    for (const part of [copy, ...copy.querySelectorAll('.deckhand-card, .deckhand-card-inner')]) {
      if (part.matches('.deckhand-card *, .deckhand-card') && !part.closest('svg'))
        part.removeAttribute('style');
    }
    for (const part of [copy, ...copy.querySelectorAll('*')])
      for (const name of OWN_ATTRIBUTES) part.removeAttribute(name);
    for (const held of [copy, ...copy.querySelectorAll('[data-deckhand-held]')]) {
      if (!(held instanceof HTMLElement)) continue;
      for (const name of (held.dataset.deckhandHeld ?? '').split(' ')) held.style.removeProperty(name);
      delete held.dataset.deckhandHeld;
    }
    for (const picture of [copy, ...copy.querySelectorAll('*')]) {
      if (!(picture instanceof HTMLImageElement)) continue;
      const [width, height] = [picture.style.width, picture.style.height].map((side) =>
        Math.round(Number.parseFloat(side)),
      );
      picture.removeAttribute('style');
      picture.setAttribute('width', String(width || ''));
      picture.setAttribute('height', String(height || ''));
      if (width && height) picture.style.cssText = `--picture-width:${width};--picture-height:${height}`;
    }
    return copy;
  }
}
