import type { Box, SlideLink } from '../../pipeline/model.ts';

/** One `.pdf-page` as it stands. */
export interface CollectedPage {
  readonly index: string;
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly notesHtml: string;
  readonly html: string;
  readonly links: readonly SlideLink[];
  readonly marked: boolean;
  /** Of `data-handout`. */
  readonly handout: string;
  /** Of `data-fragments`. */
  readonly fragments: string;
}

export interface CollectedDeck {
  readonly pages: readonly CollectedPage[];
  readonly headHtml: string;
  readonly htmlAttributes: string;
  readonly revealAttributes: string;
}

/**
 * Runs inside the page, when all else is done, and must stay self-contained. Takes each finished page down as HTML that
 * lays out the same without scripts.
 *
 * @param lostPictures absolute URLs without fragments.
 */
export function collectSlides(lostPictures: readonly string[]): CollectedDeck {
  const lost = new Set(lostPictures);
  let canvas: CanvasRenderingContext2D | null = null;
  const pages = [...document.querySelectorAll<HTMLElement>('.pdf-page')];
  // As they are seen: what follows changes the page.
  const texts = pages.map((page) => page.querySelector<HTMLElement>(':scope > section')?.innerText ?? '');
  const links = pages.map(linksOf);
  const reveal = document.querySelector('.reveal');
  return {
    pages: pages.map((page, i) => collect(page, texts[i] ?? '', links[i] ?? [])),
    headHtml: headHtml(),
    htmlAttributes: attributesOf(document.documentElement),
    revealAttributes: reveal ? attributesOf(reveal) : '',
  };

  function collect(page: HTMLElement, text: string, links: readonly SlideLink[]): CollectedPage {
    const section = page.querySelector<HTMLElement>(':scope > section') ?? page;
    const notes = [...section.querySelectorAll('aside.notes')];
    for (const picture of notes.flatMap((note) => [...note.querySelectorAll('img')])) nameLost(picture);
    const notesHtml = notes.map((note) => note.innerHTML).join('\n') || (section.dataset.notes ?? '');
    for (const element of [...notes, ...section.querySelectorAll('script, textarea[data-template]')])
      element.remove();
    const heading = section.querySelector('h1, h2, h3, h4, h5, h6');
    return {
      index: section.dataset.deckhandSlide ?? '',
      id: section.id,
      title: plain(heading),
      text,
      notesHtml,
      html: page.outerHTML,
      links,
      marked: section.hasAttribute('data-cheatsheet'),
      handout: section.dataset.handout ?? '',
      fragments: section.dataset.fragments ?? '',
    };
  }

  /** Notes are not laid out yet, so there is no place for a card: a picture that can't be had is a link there. */
  function nameLost(picture: HTMLImageElement): void {
    const url = (picture.currentSrc || picture.src).replace(/#.*$/, '');
    const isDrawn = picture.complete && picture.naturalWidth > 0;
    if (isDrawn && !lost.has(url)) return;
    const link = document.createElement(
      /^https?:/.test(url) && !url.startsWith(location.origin) ? 'a' : 'span',
    );
    if (link instanceof HTMLAnchorElement) link.href = url;
    link.textContent = `[${picture.alt || url.split('/').at(-1) || 'picture'}]`;
    picture.replaceWith(link);
  }

  /** Those that are seen. Cards are links, too, but say their address themselves. */
  function linksOf(page: HTMLElement): SlideLink[] {
    const origin = page.getBoundingClientRect();
    const anchors = [
      ...page.querySelectorAll<HTMLAnchorElement | SVGAElement>(
        'a[href]:not(.deckhand-card, .deckhand-card *)',
      ),
    ];
    return anchors.flatMap((link) => {
      const parts = [link, ...link.querySelectorAll('img, svg')].flatMap((part) => [
        ...part.getClientRects(),
      ]);
      const last = parts.filter(({ width, height }) => width > 0 && height > 0).at(-1);
      const href = link.getAttribute('href') ?? '';
      const isAddress = !href.startsWith('#') && URL.canParse(href, document.baseURI);
      const address = isAddress ? new URL(href, document.baseURI).href : href;
      if (!last) return [];
      const near = inkNear(page, last).map((box) => boxWithin(box, origin));
      return [{ href: address, text: plain(link), box: boxWithin(last, origin), near }];
    });
  }

  /** Where letters are drawn around a link's last line: what a number beside it should not cover. */
  function inkNear(page: HTMLElement, { left, right, top, bottom }: DOMRect): DOMRect[] {
    const reach = { x: 160, y: 64 };
    const isNear = (one: DOMRect): boolean =>
      one.right > left - reach.x &&
      one.left < right + reach.x &&
      one.bottom > top - reach.y &&
      one.top < bottom + reach.y;
    const walker = document.createTreeWalker(page, NodeFilter.SHOW_TEXT);
    const found: DOMRect[] = [];
    const range = document.createRange();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent ?? '';
      range.selectNodeContents(node);
      if (text.trim() === '' || !isNear(range.getBoundingClientRect())) continue;
      const measure = node.parentElement && measureIn(node.parentElement);
      if (!measure) continue;
      let at = 0;
      for (const letter of text) {
        range.setStart(node, at);
        at += letter.length;
        range.setEnd(node, at);
        const rect = letter.trim() === '' ? undefined : range.getClientRects()[0];
        if (rect && rect.width > 0 && isNear(rect)) found.push(measure(letter, rect));
      }
    }
    return found;
  }

  /** The part of a letter's box, from the ascent to the descent of its font, that has ink. */
  function measureIn(element: Element): ((letter: string, box: DOMRect) => DOMRect) | undefined {
    canvas ??= document.createElement('canvas').getContext('2d');
    const { font, visibility } = getComputedStyle(element);
    if (!canvas || visibility !== 'visible') return undefined;
    const context = canvas;
    context.font = font;
    return (letter, box) => {
      const ink = context.measureText(letter);
      const scale = box.height / (ink.fontBoundingBoxAscent + ink.fontBoundingBoxDescent);
      const top = box.top + (ink.fontBoundingBoxAscent - ink.actualBoundingBoxAscent) * scale;
      const height = (ink.actualBoundingBoxAscent + ink.actualBoundingBoxDescent) * scale;
      return new DOMRect(box.left, top, box.width, height);
    };
  }

  function boxWithin({ x, y, width, height }: DOMRect, origin: DOMRect): Box {
    return { x: x - origin.x, y: y - origin.y, width, height };
  }

  /** Math is there twice, for the eye and for the ear. */
  function plain(element: Element | null): string {
    const copy = element?.querySelector('.katex') ? (element.cloneNode(true) as Element) : element;
    if (copy !== element)
      for (const part of copy?.querySelectorAll('.katex-html, annotation') ?? []) part.remove();
    return (copy?.textContent ?? '').replace(/\s+/g, ' ').trim();
  }

  function headHtml(): string {
    const kept = [...document.head.querySelectorAll('link[rel="stylesheet"], style')].map((element) => {
      if (!(element instanceof HTMLStyleElement)) return element.outerHTML;
      const css = [...(element.sheet?.cssRules ?? [])].filter((rule) => !(rule instanceof CSSPageRule));
      return `<style>${css.map((rule) => rule.cssText).join('\n')}</style>`;
    });
    return kept.join('\n');
  }

  function attributesOf(element: Element): string {
    const kept = [...element.attributes].filter(({ name }) =>
      ['class', 'lang', 'dir', 'data-theme'].includes(name),
    );
    return kept
      .map(({ name, value }) => `${name}="${value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`)
      .join(' ');
  }
}
