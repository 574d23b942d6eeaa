import type { Block, BlockKind, PlacedPicture, SlideLink } from '../../pipeline/model.ts';

/** One `.pdf-page` as it stands. */
export interface CollectedPage {
  readonly index: string;
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly notesHtml: string;
  readonly html: string;
  readonly pictures: readonly PlacedPicture[];
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
 * Runs inside the page and must stay self-contained. Takes each finished page down as HTML that lays out the same
 * without scripts: pictures keep the size they have now whatever bytes stand in for them later, drawings on a canvas
 * become pictures.
 */
export function collectSlides(): CollectedDeck {
  const pages = [...document.querySelectorAll<HTMLElement>('.pdf-page')];
  // Boxes first: what follows changes the page.
  const placed = pages.map(placedPictures);
  const texts = pages.map((page) => page.querySelector<HTMLElement>(':scope > section')?.innerText ?? '');
  pages.forEach(pinPictures);
  const reveal = document.querySelector('.reveal');
  return {
    pages: pages.map((page, i) => collect(page, placed[i] ?? [], texts[i] ?? '')),
    headHtml: headHtml(),
    htmlAttributes: attributesOf(document.documentElement),
    revealAttributes: reveal ? attributesOf(reveal) : '',
  };

  function collect(page: HTMLElement, pictures: PlacedPicture[], text: string): CollectedPage {
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
      pictures,
      blocks: blocksOf(section),
      links: [...section.querySelectorAll<HTMLAnchorElement>('a[href]')].map((link) => ({
        href: link.getAttribute('href') ?? '',
        text: plain(link),
      })),
      marked: section.hasAttribute('data-cheatsheet'),
    };
  }

  function placedPictures(page: HTMLElement): PlacedPicture[] {
    const origin = page.getBoundingClientRect();
    const found: PlacedPicture[] = [];
    for (const picture of page.querySelectorAll('img')) {
      const style = getComputedStyle(picture);
      const rect = picture.getBoundingClientRect();
      if (style.visibility === 'hidden' || rect.width < 1 || rect.height < 1 || !picture.naturalWidth)
        continue;
      if (hiddenByOpacity(picture)) continue;
      const scale = rect.width / (picture.offsetWidth || rect.width);
      const edge = (name: 'Left' | 'Right' | 'Top' | 'Bottom'): number =>
        scale *
        (Number.parseFloat(style[`border${name}Width`] || '0') +
          Number.parseFloat(style[`padding${name}`] || '0'));
      const box = {
        x: rect.left - origin.left + edge('Left'),
        y: rect.top - origin.top + edge('Top'),
        width: rect.width - edge('Left') - edge('Right'),
        height: rect.height - edge('Top') - edge('Bottom'),
      };
      const url = (picture.currentSrc || picture.src).replace(/#.*$/, '');
      const size = { widthPx: box.width, heightPx: box.height };
      found.push({ url, box: visiblePart(picture, page, origin, drawnBox(picture, style, box)), size });
    }
    return found;
  }

  /** Where `object-fit` lets the picture be drawn, in its content box. */
  function drawnBox(picture: HTMLImageElement, style: CSSStyleDeclaration, box: PlacedPicture['box']) {
    if (style.objectFit !== 'contain' && style.objectFit !== 'scale-down') return box;
    const scale = Math.min(box.width / picture.naturalWidth, box.height / picture.naturalHeight);
    const width = picture.naturalWidth * scale;
    const height = picture.naturalHeight * scale;
    return { x: box.x + (box.width - width) / 2, y: box.y + (box.height - height) / 2, width, height };
  }

  function hiddenByOpacity(element: Element): boolean {
    for (let at: Element | null = element; at && !at.classList.contains('pdf-page'); at = at.parentElement) {
      if (Number(getComputedStyle(at).opacity) < 0.01) return true;
    }
    return false;
  }

  /** An author may crop a picture on purpose: only what is left of it can be looked for on paper. */
  function visiblePart(picture: Element, page: Element, origin: DOMRect, box: PlacedPicture['box']) {
    let { x, y } = box;
    let right = x + box.width;
    let bottom = y + box.height;
    for (let at = picture.parentElement; at && at !== page; at = at.parentElement) {
      if (getComputedStyle(at).overflowX === 'visible') continue;
      const rect = at.getBoundingClientRect();
      x = Math.max(x, rect.left - origin.left);
      y = Math.max(y, rect.top - origin.top);
      right = Math.min(right, rect.right - origin.left);
      bottom = Math.min(bottom, rect.bottom - origin.top);
    }
    return { x, y, width: Math.max(right - x, 0), height: Math.max(bottom - y, 0) };
  }

  function pinPictures(page: HTMLElement): void {
    for (const source of page.querySelectorAll('picture > source')) source.remove();
    for (const canvas of page.querySelectorAll('canvas')) {
      const picture = document.createElement('img');
      picture.src = canvas.toDataURL('image/png');
      picture.className = canvas.className;
      picture.style.cssText = `${canvas.style.cssText};width:${canvas.offsetWidth}px;height:${canvas.offsetHeight}px`;
      // Themes space and frame an `img`, and whatever stands beside it would move.
      const style = getComputedStyle(canvas);
      for (const name of ['display', 'margin', 'padding', 'border', 'vertical-align', 'float', 'background'])
        picture.style.setProperty(name, style.getPropertyValue(name), 'important');
      canvas.replaceWith(picture);
    }
    const sizes = [...page.querySelectorAll('img')].map((picture) => {
      const { width, height } = getComputedStyle(picture);
      return { picture, width, height, url: picture.currentSrc || picture.src };
    });
    for (const { picture, width, height, url } of sizes) {
      for (const name of ['srcset', 'sizes', 'loading', 'data-src', 'width', 'height'])
        picture.removeAttribute(name);
      if (url) picture.setAttribute('src', url);
      if (!picture.hasAttribute('alt')) picture.setAttribute('alt', '');
      if (!width.endsWith('px') || !height.endsWith('px')) continue;
      const pinned = {
        width,
        height,
        'max-width': 'none',
        'max-height': 'none',
        'min-width': '0',
        'min-height': '0',
      };
      for (const [name, value] of Object.entries(pinned)) picture.style.setProperty(name, value, 'important');
    }
  }

  function blocksOf(section: HTMLElement): Block[] {
    const blocks: Block[] = [];
    let heading = '';
    const add = (kind: BlockKind, element: Element): void => {
      const text = (kind === 'picture' ? (element.getAttribute('src') ?? '') : plain(element)).trim();
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
      else if (element.matches('img, svg')) add('picture', element);
      else if (element.matches('p, .katex-display')) visitParagraph(element);
      else for (const child of element.children) visit(child);
    };
    const visitParagraph = (element: Element): void => {
      if (plain(element) === '')
        for (const picture of element.querySelectorAll('img, svg')) add('picture', picture);
      else add(isDefinition(element) ? 'definition' : 'text', element);
    };
    for (const child of section.children) visit(child);
    return blocks;
  }

  /** On other paper a picture takes the room there is. */
  function unpinned(element: Element): string {
    const copy = element.cloneNode(true) as Element;
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
