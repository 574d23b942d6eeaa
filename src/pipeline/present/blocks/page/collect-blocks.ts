import type { Block, BlockKind } from '../../../../model/model.ts';

/**
 * Runs inside the page after `prepareBlocks` and must stay self-contained. Takes every slide apart into blocks that can
 * stand on their own on a cheatsheet, page by page.
 */
export function collectBlocks(): Block[][] {
  const PICTURES = ':is(img, svg, .deckhand-card):not(.deckhand-card *, .katex *)';
  const NO_CONTENT = 'script, style, template, textarea, aside.notes';
  const MARK = 'data-cheatsheet';
  const NO_LEVEL = 7;
  const pages = [...document.querySelectorAll<HTMLElement>('.deckhand-frame')];
  return pages.map((page) => {
    const section = page.querySelector<HTMLElement>('section[data-deckhand-blocks]');
    return section ? blocksOf(section) : [];
  });

  function blocksOf(section: HTMLElement): Block[] {
    const blocks: Block[] = [];
    let heading = '';
    /** Of the heading whose mark holds for all that stands below it. */
    let markedLevel = NO_LEVEL;
    for (const child of section.children) visit(child, false);
    return blocks;

    function add(kind: BlockKind, element: Element, isMarked: boolean): void {
      const text = kind === 'picture' ? nameOf(element) : words(element);
      if (text === '') return;
      const anchors = [...element.querySelectorAll('a[href^="http"]')];
      const links = anchors.map((link) => {
        const href = link.getAttribute('href') ?? '';
        return { href: URL.canParse(href) ? new URL(href).href : href, text: words(link) };
      });
      const marked = isMarked || markedLevel < NO_LEVEL;
      const copy = unpinned(element);
      const html = copy.outerHTML;
      const parts = partsOf(copy);
      blocks.push({ kind, html, text, heading, marked, links, ...(parts ? { parts } : {}) });
    }

    function visit(element: Element, inherited: boolean): void {
      if (element.matches(NO_CONTENT)) return;
      const marked = inherited || element.hasAttribute(MARK);
      const holdsMark = marked || element.querySelector(`[${MARK}]`) !== null;
      const kind = kindOf(element);
      if (kind === undefined) for (const child of element.children) visit(child, marked);
      else if (kind === 'heading') visitHeading(element, holdsMark);
      else if (!element.matches('p') || hasWords(element)) add(kind, element, holdsMark);
      else for (const picture of element.querySelectorAll(PICTURES)) addPicture(picture, marked);
    }

    function addPicture(picture: Element, marked: boolean): void {
      add('picture', picture, marked || picture.closest(`section [${MARK}]`) !== null);
    }

    function visitHeading(element: Element, marked: boolean): void {
      const level = Number(element.localName.slice(1));
      if (level <= markedLevel) markedLevel = marked ? level : NO_LEVEL;
      heading = words(element);
      add('heading', element, marked);
    }
  }

  /** None for what only holds others. */
  function kindOf(element: Element): BlockKind | undefined {
    const isDefinition = element.matches('.deckhand-definition, dl');
    if (element.matches('h1, h2, h3, h4, h5, h6')) return 'heading';
    if (element.matches('pre')) return 'code';
    if (element.matches('table')) return ((element as HTMLElement).dataset.kind as BlockKind) ?? 'table';
    if (element.matches('ul, ol, dl')) return isDefinition ? 'definition' : 'list';
    if (element.matches('blockquote')) return 'quote';
    if (element.matches(PICTURES)) return 'picture';
    if (element.matches('p, .katex-display')) return isDefinition ? 'definition' : 'text';
    return undefined;
  }

  /** None for what has to stay whole. */
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

  /** By its address one knows a picture again. */
  function nameOf(picture: Element): string {
    const address = picture.getAttribute('src') ?? picture.getAttribute('href');
    const title = picture.querySelector('.deckhand-card-title');
    return address || picture.getAttribute('aria-label') || words(title ?? picture) || words(picture);
  }

  /** Those of a card are those of a picture. */
  function hasWords(element: Element): boolean {
    const copy = element.cloneNode(true) as Element;
    for (const other of copy.querySelectorAll(`.deckhand-card, svg, ${NO_CONTENT}`)) other.remove();
    return words(copy) !== '';
  }

  /** Math is there twice, for the eye and for the ear. */
  function words(element: Element): string {
    const copy = element.querySelector('.katex') ? (element.cloneNode(true) as Element) : element;
    if (copy !== element) for (const part of copy.querySelectorAll('.katex-html, annotation')) part.remove();
    return (copy.textContent ?? '').replace(/\s+/g, ' ').trim();
  }

  /** On other paper a picture takes the room there is, in its own shape. */
  function unpinned(element: Element): Element {
    const copy = element.cloneNode(true) as Element;
    // A drawing's own style says what it looks like.
    for (const part of copy.querySelectorAll(NO_CONTENT)) if (!part.closest('svg')) part.remove();
    for (const part of [copy, ...copy.querySelectorAll('.deckhand-card, .deckhand-card-inner')]) {
      if (part.matches('.deckhand-card *, .deckhand-card') && !part.closest('svg'))
        part.removeAttribute('style');
    }
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
