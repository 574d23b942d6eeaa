export interface FitOptions {
  readonly center: boolean;
  /** Only frames that match this selector; undefined: all. */
  readonly pages?: string;
  /** Maximum scale of a slide, by its index. */
  readonly limits?: Readonly<Record<string, number>>;
}

export interface Fit {
  /** The index stamped on the section. */
  readonly index: string;
  /** 1, or the scale of the slide. */
  readonly scale: number;
  /** Size of everything that the slide shows, before scaling, in CSS pixels of its page. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** Height of the slide's own area on its page, into which a slide that is too large has to fit. */
  readonly roomPx: number;
}

/**
 * Runs inside a document of frames, and must stay self-contained. A slide that is completely inside of its page is not
 * changed at all. On other slides, limits that a screen answers with scrollbars are lifted; if a slide is still too large, it
 * is scaled down to fit its area. Only `.slides` is moved and scaled, so that the section keeps all styles of the deck.
 *
 * The steps of a slide are fitted together, by everything that any of them shows: from page to page nothing moves except what
 * the step changes.
 */
export function fitSlides(options: FitOptions): Fit[] {
  /** Longer than German words and usual identifiers. */
  const LONG_WORD = /\S{30}/;
  const SIDES = ['margin-left', 'margin-right'];
  const all: Shown[] = [];
  const groups = new Map<string, Shown[]>();
  for (const page of document.querySelectorAll<HTMLElement>(options.pages ?? '.deckhand-frame')) {
    const section = page.querySelector<HTMLElement>('section[data-deckhand-slide]');
    const slides = section?.closest<HTMLElement>('.slides');
    if (!section || !slides) continue;
    // The position that reveal.js gave it, because a slide is fitted more than once.
    slides.dataset.deckhandPlace ??= slides.getAttribute('style') ?? '';
    const shown = { page, slides, section };
    all.push(shown);
    const name = `${section.dataset.deckhandSlide}/${page.dataset.deckhandPart ?? ''}`;
    groups.set(name, [...(groups.get(name) ?? []), shown]);
  }
  const fits = new Map<Shown, Fit>();
  for (const steps of groups.values()) {
    const fit = placeWithLongWords(steps);
    for (const step of steps) fits.set(step, fit);
  }
  return all.map((one) => fits.get(one) as Fit);

  /**
   * A cell or list is as wide as its longest word. If that is no readable word, such as an address, it is broken if that
   * makes the other columns half as wide again.
   */
  function placeWithLongWords(steps: readonly Shown[]): Fit {
    const whole = place(steps);
    if (whole.scale === 1) return whole;
    const long = steps.flatMap(({ section }) => holdersOfLongWords(section));
    if (long.length === 0) return whole;
    for (const one of long) one.classList.add('deckhand-broken-words');
    const broken = place(steps);
    if (broken.scale > whole.scale * 1.5) return broken;
    for (const one of long) one.classList.remove('deckhand-broken-words');
    return place(steps);
  }

  function holdersOfLongWords(section: HTMLElement): Element[] {
    const wide = [...section.querySelectorAll('table:not(.hljs-ln), ul, ol, dl')].filter(
      (one) => Math.max(one.scrollWidth, one.clientWidth) > section.clientWidth + 1,
    );
    const holders = wide.flatMap((one) =>
      one.matches('table') ? [...one.querySelectorAll('td, th')] : [one],
    );
    return holders.filter(({ textContent }) => LONG_WORD.test(textContent ?? ''));
  }

  function place(steps: readonly Shown[]): Fit {
    const [{ page, slides, section }] = steps as readonly [Shown];
    const index = section.dataset.deckhandSlide ?? '';
    const limit = options.limits?.[index] ?? 1;
    for (const step of steps) step.slides.setAttribute('style', step.slides.dataset.deckhandPlace ?? '');
    const origin = page.getBoundingClientRect();
    const area = boxIn(slides.getBoundingClientRect(), origin);
    let shown = extentOf(steps);
    const isLifted = page.classList.contains('deckhand-lifted');
    const hides = (): boolean => steps.some((step) => hidesSomething(step.section));
    if (!isLifted && limit === 1 && isInside(shown, origin) && !hides()) return fitOf(index, 1, shown, area);
    for (const step of steps) {
      if (!isLifted) {
        step.page.classList.add('deckhand-lifted');
        liftScrollers(step.section);
        spreadOverColumns(step.section);
      }
      centreTables(step.section);
    }
    centre(steps);
    shown = extentOf(steps);
    if (limit === 1 && isInside(shown, origin)) return fitOf(index, 1, shown, area);

    // Horizontally, the slide keeps its own area: content outside of it must not move the rest.
    const left = Math.min(shown.left, area.left);
    const width = Math.max(shown.right, area.right) - left;
    const tall = shown.bottom - shown.top;
    const [roomAcross, roomDown] = [area.right - area.left, area.bottom - area.top];
    const scale = Math.min(limit, roomAcross / width, roomDown / tall);
    const room = roomDown - tall * scale;
    const down = area.top + (isCentered(section) ? room / 2 : 0);
    const across = area.left + (roomAcross - width * scale) / 2;
    const by = { x: across - left * scale, y: down - shown.top * scale };
    for (const step of steps) moveAndScale(step.slides, scale, by, step.page.getBoundingClientRect());
    return fitOf(index, scale, { left, right: left + width, top: shown.top, bottom: shown.bottom }, area);
  }

  function fitOf(index: string, scale: number, shown: Edges, area: Edges): Fit {
    return {
      ...{ index, scale },
      ...{ widthPx: shown.right - shown.left, heightPx: shown.bottom - shown.top },
      roomPx: area.bottom - area.top,
    };
  }

  /** Half a pixel comes from rounding. */
  function isInside({ left, top, right, bottom }: Edges, { width, height }: DOMRect): boolean {
    return left >= -0.5 && top >= -0.5 && right <= width + 0.5 && bottom <= height + 0.5;
  }

  function isCentered(section: HTMLElement): boolean {
    return options.center || section.classList.contains('center');
  }

  /** What `layout()` of reveal.js did before the slide became larger. */
  function centre(steps: readonly Shown[]): void {
    const tall = Math.max(...steps.map(({ section }) => section.scrollHeight));
    for (const { slides, section } of steps)
      if (isCentered(section)) section.style.top = `${Math.max((slides.offsetHeight - tall) / 2, 0)}px`;
  }

  /**
   * A table that is centered by its theme and wider than its slide exceeds it on one side only: its heading would be off
   * center.
   */
  function centreTables(section: HTMLElement): void {
    for (const table of section.querySelectorAll<HTMLElement>('table:not(.hljs-ln)')) {
      const holder = table.parentElement;
      // Its words may have been broken in the meantime.
      if (table.dataset.deckhandUncentred !== undefined)
        table.setAttribute('style', table.dataset.deckhandUncentred);
      delete table.dataset.deckhandUncentred;
      const margins = table.computedStyleMap();
      if (!holder || !SIDES.every((side) => String(margins.get(side)) === 'auto')) continue;
      const { paddingLeft, paddingRight } = getComputedStyle(holder);
      const room = holder.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
      const over = table.offsetWidth - room;
      if (over <= 1) continue;
      table.dataset.deckhandUncentred = table.getAttribute('style') ?? '';
      for (const side of SIDES) table.style.setProperty(side, `${-over / 2}px`, 'important');
    }
  }

  /** In pixels of the page, after the current position and scale of the slide. */
  function moveAndScale(slides: HTMLElement, scale: number, by: Point, page: DOMRect): void {
    const holder = (slides.offsetParent ?? slides.parentElement ?? slides).getBoundingClientRect();
    const [pivotX = 0, pivotY = 0] = getComputedStyle(slides)
      .transformOrigin.split(' ')
      .map(Number.parseFloat);
    const pivot = {
      x: holder.left - page.left + slides.offsetLeft + pivotX,
      y: holder.top - page.top + slides.offsetTop + pivotY,
    };
    const [x, y] = [(scale - 1) * pivot.x + by.x, (scale - 1) * pivot.y + by.y];
    const own = slides.style.transform;
    slides.style.transform = `translate(${x}px, ${y}px) scale(${scale}) ${own === 'none' ? '' : own}`.trim();
  }

  /** Paper has no scrollbars: scrolling elements show all of their content. */
  function liftScrollers(section: HTMLElement): void {
    for (const element of section.querySelectorAll<HTMLElement>('*')) {
      if (!scrolls(element)) continue;
      if (element.scrollHeight > element.clientHeight + 1) {
        element.style.setProperty('max-height', 'none', 'important');
        element.style.setProperty('height', 'auto', 'important');
      }
      element.style.setProperty('overflow', 'visible', 'important');
    }
  }

  /** Themes make lists `inline-block`, which are not broken between columns: the first column would contain everything. */
  function spreadOverColumns(section: HTMLElement): void {
    for (const holder of section.querySelectorAll('*')) {
      const { columnCount, columnWidth } = getComputedStyle(holder);
      if (columnCount === 'auto' && columnWidth === 'auto') continue;
      for (const list of holder.querySelectorAll<HTMLElement>('ul, ol, dl'))
        if (getComputedStyle(list).display === 'inline-block') list.style.display = 'block';
    }
  }

  function hidesSomething(section: HTMLElement): boolean {
    return [...section.querySelectorAll<HTMLElement>('*')].some(
      (element) =>
        (element.scrollHeight > element.clientHeight + 1 || element.scrollWidth > element.clientWidth + 1) &&
        scrolls(element) &&
        element.checkVisibility({ opacityProperty: true, visibilityProperty: true }),
    );
  }

  function scrolls(element: HTMLElement): boolean {
    const { overflowX, overflowY } = getComputedStyle(element);
    return [overflowX, overflowY].some((value) => value === 'auto' || value === 'scroll');
  }

  function extentOf(steps: readonly Shown[]): Edges {
    return steps
      .map(({ page, section }) => extent(page, section))
      .reduce((one, other) => ({
        left: Math.min(one.left, other.left),
        top: Math.min(one.top, other.top),
        right: Math.max(one.right, other.right),
        bottom: Math.max(one.bottom, other.bottom),
      }));
  }

  /** The union of all text, images and boxes that the slide shows, relative to its page. */
  function extent(page: HTMLElement, section: HTMLElement): Edges {
    const origin = page.getBoundingClientRect();
    const all: Edges = { left: origin.width / 2, top: origin.height / 2, right: 0, bottom: 0 };
    all.right = all.left;
    all.bottom = all.top;
    const unlimited: Edges = { left: -1e6, top: -1e6, right: 1e6, bottom: 1e6 };
    visit(section, unlimited);
    return all;

    function add(rect: DOMRect, clip: Edges): void {
      if (rect.width < 0.5 || rect.height < 0.5) return;
      const shown = intersect(clip, boxIn(rect, origin));
      if (shown.right <= shown.left || shown.bottom <= shown.top) return;
      all.left = Math.min(all.left, shown.left);
      all.top = Math.min(all.top, shown.top);
      all.right = Math.max(all.right, shown.right);
      all.bottom = Math.max(all.bottom, shown.bottom);
    }

    function visit(element: Element, clip: Edges): void {
      const style = getComputedStyle(element);
      if (style.display === 'none' || element.matches('aside.notes, script, style')) return;
      const hides = style.overflowX !== 'visible' || style.overflowY !== 'visible' || style.clip !== 'auto';
      const inner = hides ? intersect(clip, boxIn(element.getBoundingClientRect(), origin)) : clip;
      const shown = style.visibility !== 'hidden' && Number(style.opacity) > 0.01;
      const painted =
        element.matches('img, input[type="image"], svg, canvas, table, pre, [data-deckhand-embed]') ||
        (element !== section &&
          (style.backgroundColor !== 'rgba(0, 0, 0, 0)' ||
            style.backgroundImage.includes('url(') ||
            style.borderTopWidth !== '0px'));
      if (shown && painted) add(element.getBoundingClientRect(), clip);
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
  }

  function intersect(one: Edges, other: Edges): Edges {
    return {
      left: Math.max(one.left, other.left),
      top: Math.max(one.top, other.top),
      right: Math.min(one.right, other.right),
      bottom: Math.min(one.bottom, other.bottom),
    };
  }

  function boxIn(rect: DOMRect, origin: DOMRect): Edges {
    return {
      left: rect.left - origin.left,
      top: rect.top - origin.top,
      right: rect.right - origin.left,
      bottom: rect.bottom - origin.top,
    };
  }
}

/** A slide, or a step of it, on its page. */
interface Shown {
  readonly page: HTMLElement;
  readonly slides: HTMLElement;
  readonly section: HTMLElement;
}

interface Edges {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}
