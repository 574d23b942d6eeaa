/** Words of a slide that are not legible on its page. */
export interface HiddenWords {
  /** The index stamped on the section. */
  readonly index: string;
  readonly text: string;
  /** `cut`: outside of its page, or clipped by a box around it; `covered`: below something opaque. */
  readonly how: 'cut' | 'covered';
}

export interface CollectedWords {
  /** The visible text of each frame, in the order of the document, with white space between words. */
  readonly shown: readonly string[];
  readonly hidden: readonly HiddenWords[];
}

/**
 * Runs inside a document of frames, when nothing moves any more, and must stay self-contained. Reads the words that each
 * frame shows, and finds lines that are cut off or covered.
 */
export function collectWords(): CollectedWords {
  const UNREAD =
    'aside.notes, script, style, .katex, annotation, math, option, title, desc, [data-deckhand-embed], .deckhand-card, ' +
    // Parts of drawings that are only visible where something uses them.
    ':is(clipPath, defs, marker, mask, pattern, symbol)';
  const hidden: HiddenWords[] = [];
  const frames = [...document.querySelectorAll<HTMLElement>('.deckhand-frame')];
  return { shown: frames.map(wordsOf), hidden };

  function wordsOf(frame: HTMLElement): string {
    const section = frame.querySelector<HTMLElement>('section[data-deckhand-slide]');
    if (!section || frame.dataset.deckhandWhole !== undefined) return '';
    const mayCover = hasLayers(section);
    if (mayCover) frame.scrollIntoView({ block: 'start', behavior: 'instant' });
    const page = frame.getBoundingClientRect();
    const texts: string[] = [];
    const walker = document.createTreeWalker(frame, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      const text = node.textContent ?? '';
      if (text.trim() === '' || !parent || parent.closest(UNREAD)) continue;
      if (!parent.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      range.selectNodeContents(node);
      const lines = [...range.getClientRects()].filter(({ width, height }) => width >= 1 && height >= 1);
      if (lines.length === 0) continue;
      const room = roomOf(parent, frame, page);
      const seen = lines.filter((line) => isInside(line, room));
      if (seen.length === lines.length && !isDrawnAsShapes(parent, frame)) texts.push(text);
      if (!section.contains(parent)) continue;
      // If nothing of it is visible, its author hides it.
      if (seen.length < lines.length && lines.some((line) => isPartlyIn(line, room)))
        note(section, text, 'cut');
      else if (lines.every((line) => !isPartlyIn(line, page))) note(section, text, 'cut');
      if (mayCover && seen.some((line) => isCovered(line, parent, frame))) note(section, text, 'covered');
    }
    return texts.join(' ');
  }

  /**
   * Chromium prints pixels or outlines instead of text if it is filtered, masked, transformed in 3D, patterned or mirrored.
   */
  function isDrawnAsShapes(element: Element, frame: Element): boolean {
    const { fill, stroke } = getComputedStyle(element);
    if (element.closest('svg') && `${fill} ${stroke}`.includes('url(')) return true;
    for (let at: Element | null = element; at && at !== frame; at = at.parentElement) {
      const style = getComputedStyle(at);
      const effects = ['-webkit-box-reflect', 'filter', 'mask-image'].map((name) =>
        style.getPropertyValue(name),
      );
      if (effects.some((value) => value !== '' && value !== 'none')) return true;
      if (style.transform.startsWith('matrix3d')) return true;
    }
    return false;
  }

  function note(section: HTMLElement, text: string, how: HiddenWords['how']): void {
    const words = text.replace(/\s+/g, ' ').trim();
    hidden.push({ index: section.dataset.deckhandSlide ?? '', text: words.slice(0, 60), how });
  }

  /** The part of an element that the boxes around it, and its page, leave visible. */
  function roomOf(element: Element, frame: Element, page: DOMRect): DOMRect {
    let [left, top, right, bottom] = [page.left, page.top, page.right, page.bottom];
    for (let at: Element | null = element; at && at !== frame; at = at.parentElement) {
      const { overflowX, overflowY, display } = getComputedStyle(at);
      if ((overflowX === 'visible' && overflowY === 'visible') || display.startsWith('inline')) continue;
      const box = at.getBoundingClientRect();
      if (overflowX !== 'visible') [left, right] = [Math.max(left, box.left), Math.min(right, box.right)];
      if (overflowY !== 'visible') [top, bottom] = [Math.max(top, box.top), Math.min(bottom, box.bottom)];
    }
    return new DOMRect(left, top, Math.max(right - left, 0), Math.max(bottom - top, 0));
  }

  /** Lines are taller than their letters: a fifth of a line may be outside. */
  function isInside(line: DOMRect, room: DOMRect): boolean {
    const slack = line.height / 5 + 1;
    return (
      line.left >= room.left - 2 &&
      line.right <= room.right + 2 &&
      line.top >= room.top - slack &&
      line.bottom <= room.bottom + slack
    );
  }

  function isPartlyIn(line: DOMRect, room: DOMRect): boolean {
    return (
      line.left < room.right - 1 &&
      line.right > room.left + 1 &&
      line.top < room.bottom - 1 &&
      line.bottom > room.top + 1
    );
  }

  function hasLayers(section: HTMLElement): boolean {
    return [...section.querySelectorAll('*')].some(
      (one) => !one.closest('.katex, svg') && ['absolute', 'fixed'].includes(getComputedStyle(one).position),
    );
  }

  /** Tested at the middle of the line, for lines inside the window. */
  function isCovered(line: DOMRect, element: Element, frame: Element): boolean {
    const top = document.elementFromPoint(line.left + line.width / 2, line.top + line.height / 2);
    if (!top || !frame.contains(top) || top.contains(element) || element.contains(top)) return false;
    if (top.matches('img, canvas, video')) return Number(getComputedStyle(top).opacity) > 0.9;
    const { backgroundColor, opacity } = getComputedStyle(top);
    const [, alpha = '1'] = /^rgba\(.*,\s*([\d.]+)\)$/.exec(backgroundColor) ?? [];
    return Number(alpha) > 0.9 && Number(opacity) > 0.9 && backgroundColor !== 'transparent';
  }
}
