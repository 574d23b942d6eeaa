/** A text that has to be broken at the end of each of its spaces. */
export interface TextRooms {
  /** Height of its first space, its second, …, in pixels; all others are like the last one. */
  readonly roomsPx: readonly number[];
}

/** The part of a text that fits into one space. */
export interface TextPiece {
  readonly html: string;
  readonly heightPx: number;
}

/**
 * Runs inside a page that contains one `.deckhand-text` for each request, in order, and must stay self-contained. Breaks each
 * text between its lines, never through one; a table is broken between its rows. A space into which nothing fits stays empty,
 * unless all others are like it: an element that is too large for those is placed anyway.
 */
export function splitTexts(requests: readonly TextRooms[]): TextPiece[][] {
  const texts = [...document.querySelectorAll<HTMLElement>('.deckhand-text')];
  return texts.map((text, i) => split(text, requests[i]?.roomsPx ?? []));

  function split(text: HTMLElement, roomsPx: readonly number[]): TextPiece[] {
    const pieces: TextPiece[] = [];
    for (let room = 0; isThere(text); room++) {
      const roomPx = roomsPx[Math.min(room, roomsPx.length - 1)] ?? Number.POSITIVE_INFINITY;
      if (heightOf(text) <= roomPx + 0.5) {
        pieces.push({ html: text.innerHTML, heightPx: heightOf(text) });
        break;
      }
      const isLast = room >= roomsPx.length - 1;
      pieces.push(takePiece(text, roomPx, isLast));
    }
    return pieces;
  }

  function isThere(element: Element): boolean {
    return element.textContent?.trim() !== '' || element.querySelector('img, svg, hr') !== null;
  }

  /** Including the margins of its content. */
  function heightOf(element: HTMLElement): number {
    return element.getBoundingClientRect().height;
  }

  function takePiece(text: HTMLElement, roomPx: number, mustTake: boolean): TextPiece {
    const limit = text.getBoundingClientRect().top + roomPx + 0.5;
    const range = document.createRange();
    range.setStart(text, 0);
    const [node, offset] = cutAt(text, limit) ?? [text, text.childNodes.length];
    setEnd(range, node, offset, text);
    if (range.toString().trim() === '' && !range.cloneContents().querySelector('img, svg, hr')) {
      if (!mustTake) return { html: '', heightPx: 0 };
      range.setEndAfter(firstPart(text));
    }
    return extract(text, range);
  }

  /** The first node that does not end above the limit: a character, or an element that cannot be broken. */
  function cutAt(text: HTMLElement, limit: number): [Node, number] | undefined {
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node instanceof Element) {
        if (!node.matches('img, svg, tr, hr, .katex, .deckhand-card, h1, h2, h3, h4, h5, h6')) continue;
        if (node.getBoundingClientRect().bottom > limit) return [node, -1];
      } else {
        const offset = cutInText(node as Text, limit);
        if (offset !== undefined) return [node, offset];
      }
    }
    return undefined;
  }

  function cutInText(node: Text, limit: number): number | undefined {
    const range = document.createRange();
    const isBelow = (offset: number): boolean => {
      range.setStart(node, offset);
      range.setEnd(node, offset + 1);
      const rects = [...range.getClientRects()].filter(({ height }) => height > 0);
      return rects.some(({ bottom }) => bottom > limit);
    };
    const { length } = node.data;
    range.selectNode(node);
    if (![...range.getClientRects()].some(({ bottom }) => bottom > limit)) return undefined;
    for (let offset = 0; offset < length; offset++) if (isBelow(offset)) return offset;
    return undefined;
  }

  /**
   * A break before a node, and before everything that begins with it, so that no bullet is left alone. A heading, or a
   * slide's number, stays with its text.
   */
  function setEnd(range: Range, node: Node, offset: number, text: HTMLElement): void {
    if (offset > 0) {
      range.setEnd(node, offset);
      return;
    }
    let cut = withWhatItBegins(node, text);
    const before = previousElement(cut);
    if (before?.matches('h1, h2, h3, h4, h5, h6, .article-goes-on') && before !== text.firstElementChild)
      cut = withWhatItBegins(before, text);
    range.setEndBefore(cut);
  }

  function withWhatItBegins(node: Node, text: HTMLElement): Node {
    let cut = node;
    for (;;) {
      const { parentNode, previousSibling } = cut;
      const isFirst = !previousSibling || (isBlank(previousSibling) && !previousSibling.previousSibling);
      if (!isFirst || !parentNode || parentNode === text) return cut;
      cut = parentNode;
    }
  }

  function isBlank(node: Node): boolean {
    return node.nodeType === Node.TEXT_NODE && node.textContent?.trim() === '';
  }

  function previousElement(node: Node): Element | null {
    let before = node.previousSibling;
    while (before && isBlank(before)) before = before.previousSibling;
    return before instanceof Element ? before : null;
  }

  /** The smallest node at the beginning. */
  function firstPart(text: HTMLElement): Node {
    let part: Node = text;
    while (part instanceof Element && !part.matches('img, svg, tr, hr, .katex')) {
      const next: Node | undefined = [...part.childNodes].find((child) => !isBlank(child));
      if (!next) break;
      part = next;
    }
    return part === text ? (text.firstChild ?? text) : part;
  }

  function extract(text: HTMLElement, range: Range): TextPiece {
    const lists = [...text.querySelectorAll('ol')].map((list) => [list, list.children.length] as const);
    const torn = [...text.querySelectorAll('li')].filter((item) => item.contains(range.endContainer));
    const piece = text.cloneNode(false) as HTMLElement;
    piece.append(range.extractContents());
    text.before(piece);
    for (const [list, count] of lists) if (text.contains(list)) list.start += count - list.children.length;
    // The continuation of an item has no bullet.
    for (const item of torn) if (text.contains(item)) item.style.listStyle = 'none';
    const result = { html: piece.innerHTML, heightPx: heightOf(piece) };
    piece.remove();
    return result;
  }
}
