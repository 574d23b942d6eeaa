import type { Box, SlideLink } from '../../../model/model.ts';

/** One `.deckhand-frame`. */
export interface CollectedPage {
  readonly index: string;
  readonly id: string;
  /** Ids that links may lead to, its own first. */
  readonly ids: readonly string[];
  readonly title: string;
  /** Its name if it has no title. */
  readonly name: string;
  readonly text: string;
  readonly notesHtml: string;
  readonly html: string;
  readonly links: readonly SlideLink[];
  /** Value of `data-cheatsheet`; undefined if the slide has none. */
  readonly cheatsheet?: string;
  /** Values of `data-cheatsheet` of the slide and its elements. */
  readonly cheatsheetMarks: readonly string[];
  /** Value of `data-handout`. */
  readonly handout: string;
  /** Value of `data-fragments`. */
  readonly fragments: string;
  /** `part`: a part of a slide that is too large for one page. `whole`: the whole slide, which is not printed. */
  readonly role: 'page' | 'part' | 'whole';
}

export interface CollectedDeck {
  readonly pages: readonly CollectedPage[];
}

/**
 * Runs inside the page, when everything else is done, and must stay self-contained. Returns each finished page as HTML with
 * the same layout without scripts.
 *
 * @param lostPictures absolute URLs without fragments.
 */
export function collectSlides(lostPictures: readonly string[]): CollectedDeck {
  const lost = new Set(lostPictures);
  let canvas: CanvasRenderingContext2D | null = null;
  const pages = [...document.querySelectorAll<HTMLElement>('.deckhand-frame')];
  // While they are visible: the next steps change the page.
  const texts = pages.map(
    (page) => page.querySelector<HTMLElement>('section[data-deckhand-slide]')?.innerText ?? '',
  );
  const links = pages.map(linksOf);
  const names = namesOf(pages);
  return {
    pages: pages.map((page, i) => collect(page, texts[i] ?? '', names[i] ?? '', links[i] ?? [])),
  };

  function collect(
    page: HTMLElement,
    text: string,
    name: string,
    links: readonly SlideLink[],
  ): CollectedPage {
    const section = page.querySelector<HTMLElement>('section[data-deckhand-slide]') ?? page;
    const notes = [...section.querySelectorAll('aside.notes')];
    for (const picture of notes.flatMap((note) => [...note.querySelectorAll('img')])) nameLost(picture);
    const notesHtml = notes.map((note) => note.innerHTML).join('\n') || (section.dataset.notes ?? '');
    for (const element of [...notes, ...section.querySelectorAll('script, textarea[data-template]')])
      element.remove();
    const headings = [...section.querySelectorAll('h1, h2, h3, h4, h5, h6')];
    // Nobody links to the ids in formulas and drawings.
    const withId = [...section.querySelectorAll('[id]:not(svg *, .katex *, .mermaid *)')];
    return {
      index: section.dataset.deckhandSlide ?? '',
      id: section.id,
      ids: [...new Set([section.id, ...withId.map(({ id }) => id)])].filter((id) => id !== ''),
      title: headings.map((one) => plain(one) || alternative(one)).find((title) => title !== '') ?? '',
      name,
      text,
      notesHtml,
      html: page.outerHTML,
      links,
      ...(section.dataset.cheatsheet === undefined ? {} : { cheatsheet: section.dataset.cheatsheet }),
      cheatsheetMarks: [section, ...section.querySelectorAll<HTMLElement>('[data-cheatsheet]')].flatMap(
        (one) => one.dataset.cheatsheet ?? [],
      ),
      handout: section.dataset.handout ?? '',
      fragments: section.dataset.fragments ?? '',
      role: roleOf(page),
    };
  }

  function roleOf({ dataset }: HTMLElement): CollectedPage['role'] {
    if (dataset.deckhandWhole !== undefined) return 'whole';
    return dataset.deckhandPart === undefined ? 'page' : 'part';
  }

  /** Notes are not laid out yet, so there is no space for a card: a missing image becomes a link. */
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

  /** Visible links. Cards are links, too, but contain their address. */
  function linksOf(page: HTMLElement): SlideLink[] {
    const origin = page.getBoundingClientRect();
    const anchors = [...page.querySelectorAll('a[href]:not(.deckhand-card, .deckhand-card *)')];
    return anchors.flatMap((link) => {
      const parts = [link, ...link.querySelectorAll('img, svg')].flatMap((part) => [
        ...part.getClientRects(),
      ]);
      const last = parts.filter(({ width, height }) => width > 0 && height > 0).at(-1);
      const href = link.getAttribute('href') ?? '';
      if (!last || !(href.startsWith('#') || URL.canParse(href))) return [];
      const address = href.startsWith('#') ? href : new URL(href).href;
      const near = inkNear(page, last).map((box) => boxWithin(box, origin));
      return [{ href: address, text: plain(link), box: boxWithin(last, origin), near }];
    });
  }

  /** The boxes of letters around the last line of a link: a number next to it should not cover them. */
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

  /** The part of a letter's box that has ink, from the ascent to the descent of its font. */
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

  /** The first words, as written and not as styled; otherwise the description of the first image. */
  function namesOf(pages: readonly HTMLElement[]): string[] {
    const WORDS = 8;
    const LONGEST = 80;
    const reading = document.createElement('style');
    // Formulas exist twice, as HTML and as MathML; a card contains more than its title.
    const repeated = 'svg, .katex-html, annotation, [class*="deckhand-card-"]:not(.deckhand-card-inner, ';
    reading.textContent = `.deckhand-frame * { text-transform: none !important }
      :is(${repeated}.deckhand-card-words, .deckhand-card-title)) { display: none !important }`;
    document.head.append(reading);
    const names = pages.map((page) => {
      const section = page.querySelector<HTMLElement>('section[data-deckhand-slide]') ?? page;
      const words = spaced(section.innerText).split(' ').slice(0, WORDS).join(' ');
      // In scripts without spaces, words have no visible end.
      const letters = [...words];
      return letters.length > LONGEST ? `${letters.slice(0, LONGEST).join('')}…` : words;
    });
    reading.remove();
    return names.map((name, i) => name || alternative(pages[i] ?? document.body));
  }

  /** The description of the first image that has one. */
  function alternative(element: Element): string {
    const pictures = [...element.querySelectorAll('img, svg, [role="img"]')];
    const words = pictures.map((one) => {
      const said = one.getAttribute('alt') || one.getAttribute('aria-label');
      return spaced(said || (one.querySelector(':scope > title')?.textContent ?? ''));
    });
    return words.find((one) => one !== '') ?? '';
  }

  /** Formulas exist twice, as HTML and as MathML. */
  function plain(element: Element): string {
    const copy = element.querySelector('.katex, br') ? (element.cloneNode(true) as Element) : element;
    if (copy !== element) for (const part of copy.querySelectorAll('.katex-html, annotation')) part.remove();
    if (copy !== element) for (const part of copy.querySelectorAll('br')) part.replaceWith(' ');
    return spaced(copy.textContent ?? '');
  }

  /** Possible breaks within a word are not part of it. */
  function spaced(text: string): string {
    return text
      .replace(/[\u00ad\u200b]/g, '')
      .replace(/\s+/g, ' ')
      .trim();
  }
}
