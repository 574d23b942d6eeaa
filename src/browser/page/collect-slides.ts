import type { Block, BlockKind, SlideLink } from '../../pipeline/model.ts';

/** One `.pdf-page` as it stands. */
export interface CollectedPage {
  readonly index: string;
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly notesHtml: string;
  readonly html: string;
  readonly blocks: readonly Block[];
  readonly links: readonly SlideLink[];
  readonly marked: boolean;
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
 */
export function collectSlides(): CollectedDeck {
  const pages = [...document.querySelectorAll<HTMLElement>('.pdf-page')];
  // As they are seen: what follows changes the page.
  const texts = pages.map((page) => page.querySelector<HTMLElement>(':scope > section')?.innerText ?? '');
  const reveal = document.querySelector('.reveal');
  return {
    pages: pages.map((page, i) => collect(page, texts[i] ?? '')),
    headHtml: headHtml(),
    htmlAttributes: attributesOf(document.documentElement),
    revealAttributes: reveal ? attributesOf(reveal) : '',
  };

  function collect(page: HTMLElement, text: string): CollectedPage {
    const section = page.querySelector<HTMLElement>(':scope > section') ?? page;
    const notes = [...section.querySelectorAll('aside.notes')];
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
      blocks: blocksOf(section),
      links: [...section.querySelectorAll<HTMLAnchorElement>('a[href]')].map((link) => ({
        href: link.getAttribute('href') ?? '',
        text: plain(link),
      })),
      marked: section.hasAttribute('data-cheatsheet'),
    };
  }

  function blocksOf(section: HTMLElement): Block[] {
    const PICTURES = ':is(img, svg, .deckhand-card):not(.deckhand-card *)';
    const blocks: Block[] = [];
    let heading = '';
    const add = (kind: BlockKind, element: Element): void => {
      const text = (kind === 'picture' ? nameOf(element) : plain(element)).trim();
      if (text === '') return;
      const marked = element.hasAttribute('data-cheatsheet');
      blocks.push({ kind, html: unpinned(element), text, heading, marked });
    };
    const visit = (element: Element): void => {
      if (element.matches('h1, h2, h3, h4, h5, h6')) {
        heading = plain(element);
        add('heading', element);
      } else if (element.matches('pre')) add('code', element);
      else if (element.matches('table')) add('table', element);
      else if (element.matches('ul, ol, dl')) add(isDefinitions(element) ? 'definition' : 'list', element);
      else if (element.matches('blockquote')) add('quote', element);
      else if (element.matches(PICTURES)) add('picture', element);
      else if (element.matches('p, .katex-display')) visitParagraph(element);
      else for (const child of element.children) visit(child);
    };
    const visitParagraph = (element: Element): void => {
      if (!hasWords(element))
        for (const picture of element.querySelectorAll(PICTURES)) add('picture', picture);
      else add(isDefinition(element) ? 'definition' : 'text', element);
    };
    for (const child of section.children) visit(child);
    return blocks;
  }

  function nameOf(picture: Element): string {
    return picture.getAttribute('src') ?? (plain(picture) || picture.getAttribute('aria-label') || '');
  }

  /** Those of a card are those of a picture. */
  function hasWords(element: Element): boolean {
    if (!element.querySelector('.deckhand-card')) return plain(element) !== '';
    const copy = element.cloneNode(true) as Element;
    for (const card of copy.querySelectorAll('.deckhand-card')) card.remove();
    return plain(copy) !== '';
  }

  /** On other paper a picture takes the room there is. */
  function unpinned(element: Element): string {
    const copy = element.cloneNode(true) as Element;
    for (const part of [copy, ...copy.querySelectorAll('.deckhand-card, .deckhand-card-inner')]) {
      if (part.matches('.deckhand-card *, .deckhand-card') && !part.closest('svg'))
        part.removeAttribute('style');
    }
    for (const held of [copy, ...copy.querySelectorAll('[data-deckhand-held]')]) {
      if (!(held instanceof HTMLElement)) continue;
      for (const name of (held.dataset.deckhandHeld ?? '').split(' ')) held.style.removeProperty(name);
      delete held.dataset.deckhandHeld;
    }
    for (const picture of [copy, ...copy.querySelectorAll('*')]) {
      if (!(picture instanceof HTMLImageElement)) continue;
      const { width, height } = picture.style;
      picture.removeAttribute('style');
      picture.setAttribute('width', String(Math.round(Number.parseFloat(width)) || ''));
      picture.setAttribute('height', String(Math.round(Number.parseFloat(height)) || ''));
    }
    return copy.outerHTML;
  }

  function isDefinitions(list: Element): boolean {
    return list.matches('dl') || ([...list.children].length > 0 && [...list.children].every(isDefinition));
  }

  /** `**Term**: what it means`. */
  function isDefinition(element: Element): boolean {
    const first = element.firstChild;
    if (!(first instanceof Element) || !first.matches('strong, b, dfn')) return false;
    return /^\s*[:–—]/.test(first.nextSibling?.textContent ?? '') || /:\s*$/.test(first.textContent ?? '');
  }

  function plain(element: Element | null): string {
    return (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
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
