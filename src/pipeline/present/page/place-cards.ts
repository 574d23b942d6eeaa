import type { CardTemplate } from '../../../paper/card.ts';

export interface LostPicture extends CardTemplate {
  readonly reason: string;
}

export interface CardOptions {
  /** By absolute URL without its fragment. */
  readonly lostPictures: Readonly<Record<string, LostPicture>>;
  /** Videos and pages inside slides, by absolute URL; the empty one is for those without an address. */
  readonly embeds: Readonly<Record<string, CardTemplate>>;
}

/**
 * Runs inside the page, after `pin-pictures.ts`, and must stay self-contained. Draws a card in place of each missing image,
 * and of media that cannot be printed: what it is, why it is missing, and its address. A card contains all of this;
 * `fill-cards.ts` then removes what does not fit.
 */
export function placeCards({ lostPictures, embeds }: CardOptions): void {
  const WORD: Readonly<Record<string, string>> = {
    IFRAME: 'Embedded page',
    VIDEO: 'Film',
    AUDIO: 'Sound',
    CANVAS: 'Chart',
  };
  /** Styles that a card takes over from the element that it replaces. */
  const KEPT = [
    ...[
      'position',
      'top',
      'right',
      'bottom',
      'left',
      'z-index',
      'float',
      'clear',
      'margin',
      'vertical-align',
    ],
    ...['order', 'align-self', 'justify-self', 'grid-area', 'shape-outside', 'shape-margin', 'break-inside'],
    ...['transform', 'transform-origin', 'translate', 'rotate', 'scale', 'opacity', 'visibility'],
  ];
  const none: CardTemplate = embeds[''] ?? { html: '', href: '', name: '' };

  for (const section of document.querySelectorAll<HTMLElement>(
    '.deckhand-frame section[data-deckhand-slide]',
  )) {
    const swaps = [
      ...[...section.querySelectorAll('img')].map(forPicture),
      ...[...section.querySelectorAll<HTMLInputElement>('input[type="image"]')].map(forButton),
      ...[...section.querySelectorAll<HTMLElement>('[data-deckhand-embed]')].map(forEmbed),
    ].filter((swap) => swap !== undefined);
    if (swaps.length > 0) replaceAll(section, swaps);
    for (const image of section.querySelectorAll('image')) replaceInDrawing(image);
  }

  function forPicture(picture: HTMLImageElement): Swap | undefined {
    const lost = lostPictures[withoutFragment(picture.currentSrc || picture.src)];
    const { deckhandLost: broken, deckhandFilm: film } = picture.dataset;
    const reason = broken ?? lost?.reason;
    if (reason === undefined) return undefined;
    const title = picture.alt.trim() || lost?.name || 'Picture';
    if (film !== undefined) return swap(picture, embeds[film] ?? none, title, `no preview: ${reason}`);
    return swap(picture, broken === undefined && lost ? lost : none, title, reason);
  }

  function forButton(button: HTMLInputElement): Swap | undefined {
    const lost = lostPictures[withoutFragment(button.src)];
    return lost && swap(button, lost, button.alt.trim() || lost.name || 'Button', lost.reason);
  }

  function forEmbed(embed: HTMLElement): Swap | undefined {
    const title = embed.title || embed.getAttribute('aria-label') || WORD[embed.tagName] || 'Embedded object';
    return swap(
      embed,
      embeds[embed.dataset.deckhandEmbed ?? ''] ?? none,
      title,
      embed.dataset.deckhandReason ?? '',
    );
  }

  /** A card with the same box as the element that it replaces; undefined for a hidden element. */
  function swap(
    element: HTMLElement,
    template: CardTemplate,
    title: string,
    reason: string,
  ): Swap | undefined {
    if (element.getClientRects().length === 0) return undefined;
    const style = getComputedStyle(element);
    const [width, height] = borderBox(style);
    const card = makeCard(template, title, reason, element);
    const rules: Record<string, string> = {
      ...Object.fromEntries(KEPT.map((name) => [name, style.getPropertyValue(name)])),
      ...{ width: `${width}px`, height: `${height}px`, 'max-width': 'none', flex: 'none' },
      display: /^inline/.test(style.display) ? 'inline-block' : 'block',
      ...(style.position === 'static' ? { position: 'relative' } : {}),
    };
    for (const [name, value] of Object.entries(rules)) card.style.setProperty(name, value, 'important');
    if (element.id) card.id = element.id;
    if (element.hasAttribute('data-cheatsheet')) card.setAttribute('data-cheatsheet', '');
    return { element, card };
  }

  /** The whole card is a link, unless it is inside of one: links cannot be nested. */
  function makeCard(
    { html, href }: CardTemplate,
    title: string,
    reason: string,
    where: Element,
  ): HTMLElement {
    const isLink = href !== '' && !where.closest('a');
    const card = document.createElement(isLink ? 'a' : 'span');
    card.className = 'deckhand-card';
    if (isLink) card.setAttribute('href', href);
    card.innerHTML = html;
    for (const [name, text] of Object.entries({ title, reason })) {
      const part = card.querySelector(`.deckhand-card-${name}`);
      if (part) part.textContent = text;
    }
    return card;
  }

  function borderBox(style: CSSStyleDeclaration): [width: number, height: number] {
    const px = (name: string): number => Number.parseFloat(style.getPropertyValue(name)) || 0;
    const frame = (a: string, b: string): number =>
      style.boxSizing === 'border-box'
        ? 0
        : px(`padding-${a}`) + px(`padding-${b}`) + px(`border-${a}-width`) + px(`border-${b}-width`);
    return [px('width') + frame('left', 'right'), px('height') + frame('top', 'bottom')];
  }

  /**
   * Themes have rules that match an `img` but not a card: `p:has(> img)`, `img + em`. Elements that look different after the
   * replacement keep the style that they had.
   */
  function replaceAll(section: HTMLElement, swaps: readonly Swap[]): void {
    const gone = new Set(swaps.flatMap(({ element }) => [element, ...element.querySelectorAll('*')]));
    const others = [...section.querySelectorAll<HTMLElement>('*')].filter((one) => !gone.has(one));
    const before = new Map([section, ...others].map((one) => [one, lookOf(one)]));
    const boxes = swaps.map(({ element }) => element.getBoundingClientRect());
    for (const { element, card } of swaps) element.replaceWith(card);
    const changed = [...before].filter(([one, look]) => lookOf(one) !== look).map(([one]) => one);
    if (changed.length > 0) {
      for (const { element, card } of swaps) card.replaceWith(element);
      const styles = new Map(changed.map((one) => [one, styleOf(one)]));
      for (const { element, card } of swaps) element.replaceWith(card);
      for (const [one, style] of styles) if (lookOf(one) !== before.get(one)) restyle(one, style);
    }
    swaps.forEach(({ card }, i) => {
      const box = boxes[i];
      if (box) stayAt(card, box);
    });
  }

  function lookOf(element: HTMLElement): string {
    const { x, y, width, height } = element.getBoundingClientRect();
    const { color, font, textAlign, display, backgroundColor } = getComputedStyle(element);
    const box = [x, y, width, height].map((px) => px.toFixed(1));
    return [...box, color, font, textAlign, display, backgroundColor].join();
  }

  function styleOf(element: HTMLElement): Map<string, string> {
    const style = getComputedStyle(element);
    // Sizes follow from all other properties.
    const names = [...style].filter(
      (name) => !/^(?:width|height|(?:block|inline)-size|(?:perspective|transform)-origin)$/.test(name),
    );
    return new Map(names.map((name) => [name, style.getPropertyValue(name)]));
  }

  function restyle(element: HTMLElement, wanted: ReadonlyMap<string, string>): void {
    const style = getComputedStyle(element);
    const differing = [...wanted].filter(([name, value]) => style.getPropertyValue(name) !== value);
    for (const [name, value] of differing) element.style.setProperty(name, value, 'important');
    // As in `pin-pictures.ts`: this does not apply in other documents.
    const held = [element.dataset.deckhandHeld ?? '', ...differing.map(([name]) => name)];
    if (differing.length > 0) element.dataset.deckhandHeld = held.join(' ').trim();
  }

  function stayAt(card: HTMLElement, before: DOMRect): void {
    const after = card.getBoundingClientRect();
    const scale = after.width / (card.offsetWidth || after.width || 1);
    const style = getComputedStyle(card);
    if (style.position === 'absolute' || style.position === 'fixed') return;
    for (const [name, by] of [
      ['left', before.left - after.left],
      ['top', before.top - after.top],
    ] as const) {
      const offset = Number.parseFloat(style[name]) || 0;
      if (Math.abs(by) > 0.1) card.style.setProperty(name, `${offset + by / (scale || 1)}px`, 'important');
    }
  }

  /** A card laid out in CSS px, in any coordinate system of the drawing. */
  function replaceInDrawing(image: SVGImageElement): void {
    const written = image.href.baseVal;
    if (!written || !URL.canParse(written, document.baseURI)) return;
    const lost = lostPictures[withoutFragment(new URL(written, document.baseURI).href)];
    const matrix = image.getScreenCTM();
    const { x, y, width, height } = image.getBBox();
    if (!lost || !matrix || width === 0 || image.closest('defs, symbol, pattern, mask, clipPath, marker'))
      return;
    const [across, down] = [Math.hypot(matrix.a, matrix.b), Math.hypot(matrix.c, matrix.d)];
    const SVG = 'http://www.w3.org/2000/svg';
    const group = document.createElementNS(SVG, 'g');
    const placed = `translate(${x} ${y}) scale(${1 / across} ${1 / down})`;
    group.setAttribute('transform', `${image.getAttribute('transform') ?? ''} ${placed}`.trim());
    const room = group.appendChild(document.createElementNS(SVG, 'foreignObject'));
    room.setAttribute('width', String(width * across));
    room.setAttribute('height', String(height * down));
    const title = image.querySelector('title')?.textContent?.trim() || image.getAttribute('aria-label');
    const card = makeCard(lost, title || lost.name || 'Picture', lost.reason, image);
    card.style.cssText = `display:block;width:${width * across}px;height:${height * down}px;max-width:none`;
    room.append(card);
    image.replaceWith(group);
  }

  function withoutFragment(url: string): string {
    return url.replace(/#.*$/, '');
  }
}

interface Swap {
  readonly element: HTMLElement;
  readonly card: HTMLElement;
}
