export interface FitOptions {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly center: boolean;
  /** Only pages that match this selector; none: all. */
  readonly pages?: string;
  /** The scale that a slide must not exceed, by its index. */
  readonly limits?: Readonly<Record<string, number>>;
}

export interface Fit {
  /** The index stamped on the section. */
  readonly index: string;
  /** 1, or what the slide was scaled by. */
  readonly scale: number;
  /** Size of everything the slide shows, before scaling, in CSS pixels. */
  readonly widthPx: number;
  readonly heightPx: number;
}

/**
 * Runs inside the page and must stay self-contained. Places each slide on its page as reveal.js does, and scales it
 * down where anything that it shows would lie outside the page.
 */
export function fitSlides(options: FitOptions): Fit[] {
  const fits: Fit[] = [];
  for (const page of document.querySelectorAll<HTMLElement>(options.pages ?? '.pdf-page')) {
    const section = page.querySelector<HTMLElement>(':scope > section');
    if (!section) continue;
    // `contain: strict`: without it Chromium drops pictures on slides that were scaled.
    const rules = `width:${options.widthPx}px;height:${options.heightPx}px;contain:strict`;
    page.style.cssText += `;${rules}`;
    fits.push(placeWithTables(page, section));
  }
  return fits;

  /** The words of a wide table are broken only where that makes them half as large again, as with a long address. */
  function placeWithTables(page: HTMLElement, section: HTMLElement): Fit {
    const whole = place(page, section);
    const wide = [...section.querySelectorAll('table:not(.hljs-ln)')].filter(
      (table) => Math.max(table.scrollWidth, table.clientWidth) > section.clientWidth + 1,
    );
    if (wide.length === 0 || whole.scale === 1) return whole;
    for (const table of wide) table.classList.add('deckhand-wide');
    const broken = place(page, section);
    if (broken.scale > whole.scale * 1.5) return broken;
    for (const table of wide) table.classList.remove('deckhand-wide');
    return place(page, section);
  }

  function place(page: HTMLElement, section: HTMLElement): Fit {
    const centered = options.center || section.classList.contains('center');
    for (const name of ['left', 'transform', 'transform-origin']) section.style.removeProperty(name);
    section.style.top = '0px';
    const height = section.scrollHeight;
    const top = centered ? Math.max((options.heightPx - height) / 2, 0) : 0;
    section.style.top = `${top}px`;
    const shown = extent(page, section);
    // Across, the slide keeps its own frame: what lies outside it must not push the rest aside.
    const leftmost = Math.min(shown.left, 0);
    const width = Math.max(shown.right, options.widthPx) - leftmost;
    const tall = shown.bottom - shown.top;
    // Half a pixel is rounding, not loss.
    const inside =
      shown.left >= -0.5 &&
      shown.top >= -0.5 &&
      shown.right <= options.widthPx + 0.5 &&
      shown.bottom <= options.heightPx + 0.5;
    const index = section.dataset.deckhandSlide ?? '';
    const limit = options.limits?.[index] ?? 1;
    const result = { index, scale: 1, widthPx: width, heightPx: tall };
    if (inside && limit === 1) return result;
    const margin = 8;
    const scale = Math.min(
      limit,
      scaleFor(width, options.widthPx, margin),
      scaleFor(tall, options.heightPx, margin),
    );
    const room = options.heightPx - tall * scale;
    const down = centered ? room / 2 : Math.min(margin, room);
    section.style.left = `${(options.widthPx - width * scale) / 2 - leftmost * scale}px`;
    section.style.top = `${down - (shown.top - top) * scale}px`;
    if (scale === 1) return result;
    section.style.setProperty('transform-origin', '0 0', 'important');
    section.style.setProperty('transform', `scale(${scale})`, 'important');
    return { ...result, scale };
  }

  function scaleFor(needed: number, available: number, margin: number): number {
    return needed <= available ? 1 : (available - 2 * margin) / needed;
  }

  /** The union of all text, pictures and boxes that the slide shows, relative to its page. */
  function extent(page: HTMLElement, section: HTMLElement): Edges {
    const origin = page.getBoundingClientRect();
    const all: Edges = { left: options.widthPx / 2, top: options.heightPx / 2, right: 0, bottom: 0 };
    all.right = all.left;
    all.bottom = all.top;
    const unlimited: Edges = { left: -1e6, top: -1e6, right: 1e6, bottom: 1e6 };
    visit(section, unlimited);
    return all;

    function add(rect: DOMRect, clip: Edges): void {
      if (rect.width < 0.5 || rect.height < 0.5) return;
      const left = Math.max(rect.left - origin.left, clip.left);
      const top = Math.max(rect.top - origin.top, clip.top);
      const right = Math.min(rect.right - origin.left, clip.right);
      const bottom = Math.min(rect.bottom - origin.top, clip.bottom);
      if (right <= left || bottom <= top) return;
      all.left = Math.min(all.left, left);
      all.top = Math.min(all.top, top);
      all.right = Math.max(all.right, right);
      all.bottom = Math.max(all.bottom, bottom);
    }

    function visit(element: Element, clip: Edges): void {
      const style = getComputedStyle(element);
      if (style.display === 'none' || element.matches('aside.notes, script, style')) return;
      const rect = element.getBoundingClientRect();
      const hides = style.overflowX !== 'visible' || style.overflowY !== 'visible' || style.clip !== 'auto';
      const inner = hides ? intersect(clip, rect) : clip;
      const shown = style.visibility !== 'hidden' && Number(style.opacity) > 0.01;
      const painted =
        element.matches('img, input[type="image"], svg, canvas, table, pre, [data-deckhand-embed]') ||
        (element !== section &&
          (style.backgroundColor !== 'rgba(0, 0, 0, 0)' ||
            style.backgroundImage.includes('url(') ||
            style.borderTopWidth !== '0px'));
      if (shown && painted) add(rect, clip);
      if (element.matches('svg')) return;
      for (const node of element.childNodes) {
        if (node instanceof Element) visit(node, inner);
        else if (shown && node.nodeType === Node.TEXT_NODE && node.textContent?.trim()) {
          const range = document.createRange();
          range.selectNodeContents(node);
          for (const box of range.getClientRects()) add(box, inner);
        }
      }
    }

    function intersect(clip: Edges, rect: DOMRect): Edges {
      return {
        left: Math.max(clip.left, rect.left - origin.left),
        top: Math.max(clip.top, rect.top - origin.top),
        right: Math.min(clip.right, rect.right - origin.left),
        bottom: Math.min(clip.bottom, rect.bottom - origin.top),
      };
    }
  }
}

interface Edges {
  left: number;
  top: number;
  right: number;
  bottom: number;
}
