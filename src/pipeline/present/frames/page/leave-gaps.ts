/**
 * Runs inside the page of a live presentation after `showFor`, and must stay self-contained. Replaces each element that has
 * `data-deckhand-gap` with a gap of the same size to write in: an underline for words, ruled lines for paragraphs, a frame for
 * images and code. Nothing of the content remains.
 *
 * Gaps have inline styles, because they appear on slides, in texts and on cheatsheets, and must not depend on themes.
 */
export function leaveGaps(): void {
  const { Reveal: deck } = globalThis as unknown as { Reveal: { getSlidesElement(): HTMLElement } };
  const { deckhandUndo: undos = [] } = globalThis as { deckhandUndo?: (() => void)[] };
  const PICTURES = 'img, svg, canvas, video, iframe, object, embed';
  const FRAMED = `pre, .deckhand-diagram, ${PICTURES}`;
  /** Minimum distance of lines to write on, as a fraction of the slide height. */
  const LEAST_PITCH = 1 / 14;
  /** Average width of a letter. */
  const LETTER_EM = 0.5;

  const root = deck.getSlidesElement();
  for (const element of [...root.querySelectorAll('[data-deckhand-gap]')]) {
    element.removeAttribute('data-deckhand-gap');
    if (root.contains(element)) leaveGap(element);
  }

  function leaveGap(element: Element): void {
    const { display } = getComputedStyle(element);
    const picture = element.matches(FRAMED) ? element : onlyPictureOf(element);
    const inner = partsOf(element);
    const around = element.parentElement;
    // Themes may place an image with a rule for its paragraph, such as `p:has(img)`.
    if (around?.matches('p') && onlyPictureOf(around) === element) leaveGap(around);
    else if (inner.length > 0) for (const one of inner) leaveGap(one);
    else if (element.getClientRects().length === 0) swap(element, unseenGapFor(element));
    else if (element.parentElement?.closest('svg')) swap(element, document.createComment(''));
    else if (element.matches('th, td')) swap(element, cellFor(element));
    else if (picture === element || (picture && display === 'inline'))
      swap(element, frameFor(picture, element));
    else if (picture) swap(element, boxFor(element, frameFor(picture, element)));
    else if (display === 'inline') swap(element, underlineFor(element));
    else swap(element, boxFor(element, linesFor(element, heightOf(element))));
  }

  function swap(element: Element, other: ChildNode): void {
    if (!root.contains(element)) return;
    element.replaceWith(other);
    undos.push(() => other.replaceWith(element));
  }

  /** Notes have no layout yet, so the widths of their gaps are estimated. */
  function unseenGapFor(element: Element): ChildNode {
    if (!element.closest('aside.notes')) return document.createComment('');
    if (!element.matches('p, li, dt, dd, td, th')) return underlineFor(element);
    const holder = document.createElement(element.localName);
    holder.append(underlineFor(element));
    return holder;
  }

  /** Lists and tables keep their items and cells, to be filled in. */
  function partsOf(element: Element): Element[] {
    if (element.matches('ul, ol, dl')) return [...element.querySelectorAll(':scope > :is(li, dt, dd)')];
    if (element.matches('table, thead, tbody, tfoot, tr')) return [...element.querySelectorAll('th, td')];
    return [];
  }

  /** The image or code block that is the only content of an element. */
  function onlyPictureOf(element: Element): Element | undefined {
    const [first, ...others] = [...element.querySelectorAll(FRAMED)].filter(
      (one) => !one.parentElement?.closest(FRAMED) && !one.closest('.katex'),
    );
    if (!first || others.length > 0) return undefined;
    return element.textContent?.trim() === first.textContent?.trim() ? first : undefined;
  }

  /** @param place the element that is replaced: the same, or one around it. */
  function frameFor(element: Element, place: Element): HTMLElement {
    const frame = standIn('span', element, place);
    // Otherwise its content would change its baseline.
    frame.style.setProperty('overflow', 'hidden', 'important');
    frame.style.setProperty('border', '0.06em solid currentColor', 'important');
    frame.style.setProperty('border-radius', '0.2em', 'important');
    return named(frame, frame);
  }

  function boxFor(element: Element, content: HTMLElement): HTMLElement {
    const box = standIn(element.matches('li, dt, dd') ? element.localName : 'span', element, element);
    const alignment = (one: Element): string => getComputedStyle(one).textAlign;
    if (element.parentElement && alignment(element) !== alignment(element.parentElement))
      keep(box, element, ['text-align']);
    box.append(content);
    return box;
  }

  /** If the table has lines, they are those to write on. */
  function cellFor(cell: Element): HTMLElement {
    const box = standIn(cell.localName, cell, cell);
    const sides = ['top', 'right', 'bottom', 'left'];
    keep(box, cell, ['background-color', ...sides.map((side) => `border-${side}`)]);
    for (const name of sides.map((side) => `padding-${side}`))
      box.style.setProperty(name, `${sizeOf(cell, name) / fontPx(cell)}em`, 'important');
    const isRuled = [cell, cell.parentElement].some((one) => one && sizeOf(one, 'border-bottom-width') > 0);
    const edgesPx = sum(['padding-top', 'padding-bottom'].map((name) => sizeOf(cell, name)));
    if (!isRuled) box.append(linesFor(cell, heightOf(cell) - edgesPx));
    return box;
  }

  /** As many lines as fit, with the last one at the end. */
  function linesFor(element: Element, heightPx: number): HTMLElement {
    const pitchPx = Math.max(sizeOf(element, 'line-height'), root.clientHeight * LEAST_PITCH);
    const count = Math.max(1, Math.floor(heightPx / pitchPx));
    const lines = plain('span');
    lines.style.setProperty('display', 'block', 'important');
    for (let i = 0; i < count; i++) {
      const line = plain('span');
      line.style.setProperty('display', 'block', 'important');
      line.style.setProperty('box-sizing', 'border-box', 'important');
      line.style.setProperty('height', `${heightPx / count / fontPx(element)}em`, 'important');
      line.style.setProperty('border-bottom', '0.05em solid currentColor', 'important');
      lines.append(line);
    }
    return named(lines, lines.firstElementChild as HTMLElement);
  }

  /** Screen readers must announce it. Chromium only tags elements that have content. */
  function named(gap: HTMLElement, content: HTMLElement): HTMLElement {
    gap.setAttribute('role', 'img');
    gap.setAttribute('aria-label', 'blank');
    content.append('\u00a0');
    return gap;
  }

  /** As wide as the words it replaces, with the same line breaks. */
  function underlineFor(element: Element): HTMLElement {
    const gap = plain('span');
    copyNames(element, gap);
    gap.style.setProperty('border-bottom', '0.06em solid currentColor', 'important');
    const words = element.querySelector('.katex, math') ? [element] : wordsIn(element);
    for (const one of words) gap.append(typeof one === 'string' ? one : spaceFor(one, element));
    return named(gap, gap.querySelector<HTMLElement>('.deckhand-gap') ?? gap);
  }

  function wordsIn(element: Element): (Range | string)[] {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const found: (Range | string)[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (const match of (node as Text).data.matchAll(/\s+|\S+/g)) {
        const range = document.createRange();
        range.setStart(node, match.index);
        range.setEnd(node, match.index + match[0].length);
        found.push(match[0].trim() === '' ? match[0] : range);
      }
    }
    return found;
  }

  function spaceFor(word: Range | Element, element: Element): HTMLElement {
    const widths = [...word.getClientRects()].map(({ width }) => width);
    const seenPx = (word instanceof Range ? sum(widths) : Math.max(...widths)) / zoomOf(element);
    const letters = (word instanceof Range ? word.toString() : (word.textContent ?? '')).length;
    const widthEm = widths.length > 0 ? seenPx / fontPx(element) : letters * LETTER_EM;
    const space = plain('span');
    space.style.setProperty('display', 'inline-block', 'important');
    space.style.setProperty('width', `${widthEm}em`, 'important');
    space.style.setProperty('height', '0.6em', 'important');
    space.style.setProperty('overflow', 'hidden', 'important');
    return space;
  }

  function sum(numbers: readonly number[]): number {
    return numbers.reduce((total, one) => total + one, 0);
  }

  /** reveal.js scales slides to the window. */
  function zoomOf(element: Element): number {
    const slide = element.closest<HTMLElement>('section');
    return slide && slide.offsetWidth > 0 ? slide.getBoundingClientRect().width / slide.offsetWidth : 1;
  }

  /** An empty element with the size and position of another one; in `em`, because the type size is smaller in other outputs. */
  function standIn(name: string, element: Element, place: Element): HTMLElement {
    const box = plain(name);
    copyNames(element, box);
    const { display, position } = getComputedStyle(element);
    const rules: Record<string, string> = {
      display: display === 'inline' ? 'inline-block' : display.replace(/^(?:table|flex|grid)$/, 'block'),
      'box-sizing': 'border-box',
      ...(isAsWideAsItMay(element) ? {} : { width: `${widthOf(element) / fontPx(place)}em` }),
      'max-width': '100%',
      height: `${heightOf(element) / fontPx(place)}em`,
    };
    for (const [property, value] of Object.entries(rules))
      box.style.setProperty(property, value, 'important');
    const sides = ['top', 'right', 'bottom', 'left'];
    const isCentered =
      display === 'block' && Math.abs(sizeOf(element, 'margin-left') - sizeOf(element, 'margin-right')) < 1;
    for (const side of sides) {
      const margin = `${marginOf(element, side) / fontPx(place)}em`;
      const isBeside = side === 'left' || side === 'right';
      box.style.setProperty(`margin-${side}`, isBeside && isCentered ? 'auto' : margin, 'important');
    }
    keep(box, element, [
      ...(position === 'static' || position === 'relative' ? [] : sides),
      ...['position', 'float', 'clear', 'flex', 'align-self', 'justify-self', 'order', 'grid-area'],
      ...['vertical-align', 'z-index', 'transform', 'list-style-type', 'list-style-position'],
    ]);
    return box;
  }

  /** If a block begins or ends with another one, their margins collapse to the larger one. */
  function marginOf(element: Element, side: string): number {
    const own = sizeOf(element, `margin-${side}`);
    const content = [...element.childNodes].filter(
      (node) => !(node instanceof Comment) && (node instanceof Element || node.textContent?.trim() !== ''),
    );
    const inner = side === 'top' ? content[0] : side === 'bottom' ? content.at(-1) : undefined;
    const isEdged = [`padding-${side}`, `border-${side}-width`].some((name) => sizeOf(element, name) > 0);
    const isBlock = (one: Element): boolean => getComputedStyle(one).display === 'block';
    if (isEdged || !(inner instanceof Element) || !isBlock(element) || !isBlock(inner)) return own;
    return Math.max(own, marginOf(inner, side));
  }

  /** Such elements get no fixed width: in other outputs they may be wider. */
  function isAsWideAsItMay(element: Element): boolean {
    const { display, position, cssFloat } = getComputedStyle(element);
    const around = element.parentElement;
    if (!around || display !== 'block' || position !== 'static' || cssFloat !== 'none') return false;
    const edges = ['padding-left', 'padding-right', 'border-left-width', 'border-right-width'];
    const roomPx = widthOf(around) - sum(edges.map((edge) => sizeOf(around, edge)));
    const isFlow = ['block', 'list-item', 'table-cell'].includes(getComputedStyle(around).display);
    return isFlow && Math.abs(widthOf(element) - roomPx) < 1;
  }

  function plain(name: string): HTMLElement {
    const element = document.createElement(name);
    element.className = 'deckhand-gap';
    const rules = 'margin:0;padding:0;border:0;background:none;box-shadow:none;font-size:inherit';
    for (const rule of rules.split(';')) {
      const [property = '', value = ''] = rule.split(':');
      element.style.setProperty(property, value, 'important');
    }
    return element;
  }

  /** Attributes that other elements, and counters, depend on. */
  function copyNames(element: Element, gap: HTMLElement): void {
    for (const name of ['id', 'data-cheatsheet', 'value', 'colspan', 'rowspan', 'scope']) {
      const value = element.getAttribute(name);
      if (value !== null) gap.setAttribute(name, value);
    }
  }

  function keep(box: HTMLElement, element: Element, names: readonly string[]): void {
    const style = getComputedStyle(element);
    for (const name of names) box.style.setProperty(name, style.getPropertyValue(name), 'important');
  }

  /** The font size of the parent element. */
  function fontPx(element: Element): number {
    return Number.parseFloat(getComputedStyle(element.parentElement ?? element).fontSize) || 16;
  }

  function widthOf(element: Element): number {
    return outerSize(element, 'width', ['left', 'right']);
  }

  function heightOf(element: Element): number {
    return outerSize(element, 'height', ['top', 'bottom']);
  }

  /** Size of its border box in the layout, before transforms. */
  function outerSize(element: Element, name: 'width' | 'height', sides: readonly string[]): number {
    const style = getComputedStyle(element);
    const own = Number.parseFloat(style.getPropertyValue(name));
    if (Number.isNaN(own)) return element.getBoundingClientRect()[name] / zoomOf(element);
    if (style.boxSizing === 'border-box') return own;
    const edges = sides.flatMap((side) => [`padding-${side}`, `border-${side}-width`]);
    return own + sum(edges.map((edge) => sizeOf(element, edge)));
  }

  function sizeOf(element: Element, name: string): number {
    return Number.parseFloat(getComputedStyle(element).getPropertyValue(name)) || 0;
  }
}
