/**
 * Runs inside the page, after `place-cards.ts`, and must stay self-contained. Determines how much of each card fits into its
 * box: all of its text in the largest possible type, less text, only its QR code, a few words, or a mark. Nothing is cut off,
 * and nothing is smaller than what is legible on paper with printed slides.
 */
export function fillCards(): void {
  /**
   * A size that phones scan easily: 20 mm per side, 0.33 mm per module. If there is space it is larger, for handouts, which
   * print it at a third of the size. Below the minimum it is useless.
   */
  const CODE = { sidePx: 76, modulePx: 1.25, leastSidePx: 64, leastModulePx: 1, mostSidePx: 240 };
  /** 6 pt. */
  const LEAST_FONT_PX = 8;

  for (const card of document.querySelectorAll<HTMLElement>('.deckhand-card')) {
    const inner = card.firstElementChild;
    if (inner instanceof HTMLElement) fill(card, inner);
  }

  function fill(card: HTMLElement, inner: HTMLElement): void {
    const scale = scaleOf(card);
    const [width, height] = [card.clientWidth, card.clientHeight];
    const code = codeSides(inner, width, height, scale);
    const least = LEAST_FONT_PX / scale;
    inner.style.setProperty('--least', `${least}px`);
    const largest = Math.max(least, Math.min(20 / scale, Math.sqrt(width * height) / 20, height / 5));
    const sides = width > height * 1.2 ? ['row', 'column'] : ['column', 'row'];
    const beside = (detail: string, font: number): Way[] =>
      (code?.beside ?? []).flatMap((side) =>
        sides.map((arrangement) => ({ arrangement, detail, font, side })),
      );
    const words = { arrangement: 'words', font: least, side: 0 };
    const ways: Way[] = [
      ...beside('all', Math.max(least, largest * 0.6)),
      ...beside('host', least),
      ...(code ? beside('title', least) : [{ ...words, detail: 'all' }]),
      ...(code ? [{ arrangement: 'code', detail: 'none', font: least, side: code.alone }] : []),
      { ...words, detail: 'host' },
      { ...words, detail: 'title' },
    ];
    const found = ways.find((way) => {
      show(inner, way);
      return enlarge(inner, way.font, largest);
    });
    const isShortened = !found && shortenTitle(inner, least);
    if (!found && !isShortened) {
      show(inner, { ...words, arrangement: 'mark', detail: 'none' });
      inner.style.fontSize = `${Math.min(width, height) * 0.7}px`;
    }
    if (!found || found.arrangement === 'code') label(card, inner);
    for (const part of inner.querySelectorAll('*')) {
      if (getComputedStyle(part).display === 'none') part.remove();
    }
  }

  function show(inner: HTMLElement, { arrangement, detail, side }: Way): void {
    inner.dataset.way = arrangement;
    inner.dataset.detail = detail;
    inner.style.setProperty('--code', `${side}px`);
  }

  /** The scale with which slides are fitted; the rotation of a card does not matter. */
  function scaleOf(card: HTMLElement): number {
    const scale = card.getBoundingClientRect().width / (card.offsetWidth || 1);
    return scale > 0.1 && scale < 10 ? scale : 1;
  }

  /** Undefined if it would be too small to read. */
  function codeSides(inner: HTMLElement, width: number, height: number, scale: number) {
    const svg = inner.querySelector('svg');
    if (!svg) return undefined;
    const modules = svg.viewBox.baseVal.width;
    const wanted = Math.max(CODE.sidePx, modules * CODE.modulePx) / scale;
    const least = Math.max(CODE.leastSidePx, modules * CODE.leastModulePx) / scale;
    const room = Math.min(width, height) - 4;
    if (room < least) return undefined;
    const most = Math.max(wanted, CODE.mostSidePx / scale);
    const generous = Math.min(Math.max(width, height) * 0.36, most);
    const beside = [Math.max(wanted, generous), wanted].map((side) => Math.min(room, side));
    return { alone: Math.min(room, most), beside };
  }

  /** Sets the largest font size between the two with which everything fits. */
  function enlarge(inner: HTMLElement, least: number, largest: number): boolean {
    const fits = (px: number): boolean => {
      inner.style.fontSize = `${px}px`;
      return inner.scrollHeight <= inner.clientHeight && inner.scrollWidth <= inner.clientWidth;
    };
    if (!fits(least)) return false;
    let [low, high] = [least, Math.max(least, largest)];
    while (high - low > 0.5) {
      const middle = (low + high) / 2;
      if (fits(middle)) low = middle;
      else high = middle;
    }
    return fits(low);
  }

  function shortenTitle(inner: HTMLElement, font: number): boolean {
    const title = inner.querySelector('.deckhand-card-title');
    if (!title) return false;
    const whole = title.textContent ?? '';
    const words = whole.split(/\s+/).slice(0, 40);
    for (let count = words.length - 1; count > 0; count--) {
      title.textContent = `${words.slice(0, count).join(' ')} …`;
      if (!enlarge(inner, font, font)) continue;
      title.setAttribute('data-whole', whole);
      return true;
    }
    title.textContent = whole;
    return false;
  }

  /** Removed text remains available to screen readers. */
  function label(card: HTMLElement, inner: HTMLElement): void {
    const parts = ['title', 'reason', 'address'].map((name) => {
      const part = inner.querySelector(`.deckhand-card-${name}`);
      return part?.getAttribute('data-whole') ?? part?.textContent ?? '';
    });
    card.setAttribute('aria-label', parts.filter((part) => part !== '').join('. '));
    if (!card.hasAttribute('href')) card.setAttribute('role', 'img');
  }
}

interface Way {
  readonly arrangement: string;
  readonly detail: string;
  /** The minimum type size, in CSS px. */
  readonly font: number;
  /** Size of the QR code, in CSS px. */
  readonly side: number;
}
