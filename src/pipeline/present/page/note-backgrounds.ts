import type { Box } from '../../../model/model.ts';
import type { CardTemplate } from '../../../paper/card.ts';
import type { FoundPainted } from './painted-pictures.ts';
import type { LostPicture } from './place-cards.ts';

export interface BackgroundOptions {
  /** By absolute URL without its fragment. */
  readonly lostPictures: Readonly<Record<string, LostPicture>>;
  /** Videos and pages behind slides, among others, by absolute URL. */
  readonly embeds: Readonly<Record<string, CardTemplate>>;
  /** Images that styles and drawings paint, page by page. */
  readonly painted: readonly (readonly FoundPainted[])[];
}

/**
 * Runs inside the page, after `place-cards.ts`, and must stay self-contained. Adds a card for each missing background, and
 * for each video or page behind a slide: in the middle of an empty box, otherwise in the corner where it covers least. It is
 * on top of the slide, so that it moves nothing.
 */
export function noteBackgrounds({ lostPictures, embeds, painted }: BackgroundOptions): void {
  /** Sizes for a QR code with text, and without. */
  const CARDS: readonly (readonly [width: number, height: number])[] = [
    [248, 92],
    [92, 92],
  ];
  const LEAST = { width: 40, height: 30 };
  const MARGIN = 10;

  for (const [i, page] of [...document.querySelectorAll<HTMLElement>('.deckhand-frame')].entries()) {
    // Once per page and background; a background of all pages is mentioned on the first one.
    const told = new Set<string>();
    for (const { url, on, box, isMissed } of painted[i] ?? []) {
      const lost = lostPictures[url];
      if (!lost || !isMissed || told.has(url) || (on === 'deck' && i > 0)) continue;
      if (box.width < LEAST.width || box.height < LEAST.height) continue;
      told.add(url);
      const title = on === 'element' ? lost.name : 'Background picture';
      page.append(makeNote(lost, title, lost.reason, freeBox(page, box)));
    }
    const { deckhandBehind: behind = '', deckhandBehindTitle: title = '' } = page.dataset;
    const card = embeds[behind];
    if (behind !== '' && card) page.append(makeNote(card, title, '', boxBehind(page)));
  }

  /** An empty slide has space in the middle, whatever is next to the slides. */
  function boxBehind(page: HTMLElement): Box {
    const { offsetWidth: width, offsetHeight: height } = page;
    const slide = page.querySelector<HTMLElement>('section[data-deckhand-slide]') ?? page;
    if (shownOn(page, slide).length > 0) return freeBox(page, { x: 0, y: 0, width, height });
    return { x: width / 4, y: height / 4, width: width / 2, height: height / 2 };
  }

  function makeNote(
    template: CardTemplate,
    title: string,
    reason: string,
    { x, y, width, height }: Box,
  ): HTMLElement {
    const card = document.createElement(template.href ? 'a' : 'span');
    card.className = 'deckhand-card';
    if (template.href) card.setAttribute('href', template.href);
    card.innerHTML = template.html;
    for (const [name, text] of [
      ['title', title || 'Picture'],
      ['reason', reason],
    ] as const) {
      const part = card.querySelector(`.deckhand-card-${name}`);
      if (part) part.textContent = text;
    }
    const rules = {
      ...{ position: 'absolute', left: `${x}px`, top: `${y}px`, 'z-index': '15' },
      ...{ width: `${width}px`, height: `${height}px`, 'max-width': 'none' },
    };
    for (const [name, value] of Object.entries(rules)) card.style.setProperty(name, value, 'important');
    return card;
  }

  function freeBox(page: HTMLElement, box: Box): Box {
    const taken = shownOn(page);
    const hidden = (one: Box): number => taken.reduce((sum, other) => sum + overlap(one, other), 0);
    if (hidden(box) === 0 && box.width * box.height < (page.offsetWidth * page.offsetHeight) / 2) return box;
    const corners = CARDS.flatMap(([wide, tall]) => {
      const [width, height] = [Math.min(wide, box.width), Math.min(tall, box.height)];
      const [inX, inY] = [Math.min(MARGIN, box.width - width), Math.min(MARGIN, box.height - height)];
      const xs = [box.x + box.width - width - inX, box.x + inX];
      const ys = [box.y + box.height - height - inY, box.y + inY];
      return ys.flatMap((y) => xs.map((x) => ({ x, y, width, height })));
    });
    return corners.reduce((best, one) => (hidden(one) < hidden(best) ? one : best));
  }

  /** The positions of the text, images and cards of a page, or of a part of it. */
  function shownOn(page: HTMLElement, part: HTMLElement = page): Box[] {
    const origin = page.getBoundingClientRect();
    const things = part.querySelectorAll(':is(img, svg, canvas):not(.deckhand-card *), .deckhand-card');
    const rects = [...things].map((one) => one.getBoundingClientRect());
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.textContent?.trim() || node.parentElement?.closest('.deckhand-card')) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      rects.push(...range.getClientRects());
    }
    return rects.map(({ left, top, width, height }) => ({
      ...{ x: left - origin.left, y: top - origin.top },
      ...{ width, height },
    }));
  }

  function overlap(a: Box, b: Box): number {
    const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
    const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
    return width > 0 && height > 0 ? width * height : 0;
  }
}
