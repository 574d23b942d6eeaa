/** The input for converting links for the screen to links that work in a file. */
export interface LinkOptions {
  /** `h/v` from 0 → the index of the slide there. */
  readonly positions: Readonly<Record<string, string>>;
  /** The same for blank slides: the index of the slide that replaces each. */
  readonly blanks: Readonly<Record<string, string>>;
  /** The number of the first slide in links. */
  readonly indexBase: 0 | 1;
  /** The base of relative links; undefined if the web address of the deck is unknown. */
  readonly linkBase?: string;
  /** Replacements by address as written: for links to decks of the same build. */
  readonly known: Readonly<Record<string, string>>;
  /** Addresses, as written, of missing targets in decks of the same build. */
  readonly missing: readonly string[];
  /** All slides as on the screen, for a document that only has those that differ on paper. */
  readonly onScreen: ScreenPlaces;
}

/** Places that links lead to; empty for the document that has all slides. */
export interface ScreenPlaces {
  /** The id of each slide, by its index. */
  readonly slides: Readonly<Record<string, string>>;
  /** By the id of an element, that of its slide. */
  readonly elements: Readonly<Record<string, string>>;
}

/** A link without a valid target: a missing slide, or a file that a PDF cannot link to. */
export interface DeadLink {
  /** Of its slide, as it is stamped on the section. */
  readonly index: string;
  readonly href: string;
}

/**
 * Runs inside the page, and must stay self-contained. A PDF drops links to `#/2/1`, and turns links to an element's id into
 * destinations; a path would become an internal address of the server.
 */
export function rewriteLinks(options: LinkOptions): DeadLink[] {
  /** Schemes that may be followed from a PDF. Viewers pass any other scheme to the system, where programs may handle it. */
  const FOLLOWED = ['http:', 'https:', 'mailto:', 'tel:', 'ftp:'];
  /** In bytes; PDF/A allows no longer address. ISO 19005-2, 6.1.13. */
  const LONGEST_ADDRESS = 32_767;
  const deadLinks: DeadLink[] = [];
  /** The pages of each slide: one, or one per step. */
  const pagesOf = new Map<string, HTMLElement[]>();
  const sections = [
    ...document.querySelectorAll<HTMLElement>('.deckhand-frame section[data-deckhand-slide]'),
  ];
  for (const section of sections) {
    const index = indexOf(section);
    pagesOf.set(index, [...(pagesOf.get(index) ?? []), section]);
  }
  for (const section of sections) {
    for (const link of section.querySelectorAll('a, area')) rewrite(link, section);
    if (section.dataset.notes === undefined) continue;
    const notes = document.createElement('template');
    notes.innerHTML = section.dataset.notes;
    for (const link of notes.content.querySelectorAll('a, area')) rewrite(link, section);
    section.dataset.notes = notes.innerHTML;
  }
  return deadLinks;

  function rewrite(link: Element, section: HTMLElement): void {
    const written = link.getAttribute('href') ?? link.getAttribute('xlink:href');
    // Fallback content of players that are not shown.
    if (written === null || link.closest('video, audio, object')) return;
    const address = neighbour(link, section) ?? addressOf(written);
    if (address === undefined || options.missing.includes(written)) dropLink(link, section, written);
    else setHref(link, address);
  }

  function addressOf(written: string): string | undefined {
    const href = Object.hasOwn(options.known, written) ? (options.known[written] ?? '') : written.trim();
    if (href.startsWith('#')) return inside(href.slice(1));
    return href === written.trim() ? outside(href) : href;
  }

  /** Absolute; undefined if it cannot be followed. */
  function outside(href: string): string | undefined {
    const isAbsolute = /^[a-z][a-z\d+.-]*:/i.test(href);
    // Without a scheme, https is meant.
    const base = options.linkBase ?? (href.startsWith('//') ? 'https://deck.invalid/' : undefined);
    if (!URL.canParse(href, base) || (!isAbsolute && base === undefined)) return undefined;
    const { protocol, origin, href: address } = new URL(href, base);
    if (!FOLLOWED.includes(protocol) || origin === location.origin || address.length > LONGEST_ADDRESS)
      return undefined;
    return isAbsolute ? href : address;
  }

  /** The hash of a place in this deck, as reveal.js reads it; undefined if there is no such place. */
  function inside(hash: string): string | undefined {
    const name = hash.replace(/^\//, '');
    const parts = name.split('/');
    const step = Number(/\/(-?\d+)$/.exec(name)?.[1] ?? Number.NaN);
    const named = elementOf(decode(name)) ?? elementOf(decode(name.replace(/\/-?\d+$/, '')));
    if (named && !/^\d*$/.test(parts[0] ?? '')) return hashOf(named, step);
    const [h = 0, v = 0, f = Number.NaN] = parts.map((part, i) => toIndex(part, i));
    const index = options.positions[`${h}/${v}`] ?? options.blanks[`${h}/${v}`];
    const isPosition = /^\d*$/.test(parts[0] ?? '') && index !== undefined;
    const [page] = isPosition ? (pagesOf.get(index) ?? []) : [];
    if (page) return hashOf(page, f);
    if (named) return hashOf(named, step);
    const elsewhere = isPosition
      ? options.onScreen.slides[index]
      : (placeElsewhere(decode(name)) ?? placeElsewhere(decode(name.replace(/\/-?\d+$/, ''))));
    return elsewhere && `#${encodeURIComponent(elsewhere)}`;
  }

  /** Of an element that paper does not show, its slide has the place where it would be. */
  function placeElsewhere(name: string): string | undefined {
    const { elements } = options.onScreen;
    const slide = Object.hasOwn(elements, name) ? elements[name] : undefined;
    return slide !== undefined && document.getElementById(slide) === null ? name : slide;
  }

  function toIndex(digits: string, place: number): number {
    if (place === 2) return digits === '' ? Number.NaN : Number(digits);
    return (Number.parseInt(digits, 10) || options.indexBase) - options.indexBase;
  }

  function elementOf(name: string): Element | undefined {
    if (name === '') return undefined;
    const found =
      document.getElementById(name) ??
      document.querySelector(`.deckhand-frame [data-id="${CSS.escape(name)}"]`) ??
      headingNamed(name);
    return found?.closest('.deckhand-frame section[data-deckhand-slide]') ? found : undefined;
  }

  /**
   * The heading with this id in reveal.js 4, whose Markdown parser derived ids from the words of headings (`heading-ids.ts`).
   */
  function headingNamed(name: string): Element | undefined {
    if (/^\d*$/.test(name)) return undefined;
    for (const section of sections) {
      const seen = new Map<string, number>();
      for (const heading of section.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
        const words = (heading.textContent ?? '').toLowerCase().trim();
        const marks = /[\u2000-\u206F\u2E00-\u2E7F\\'!"#$%&()*+,./:;<=>?@[\]^`{|}~]/g;
        const slug = words.replace(marks, '').replace(/\s/g, '-');
        const count = seen.get(slug) ?? 0;
        seen.set(slug, count + 1);
        if ((count === 0 ? slug : `${slug}-${count}`) !== name) continue;
        heading.id ||= name;
        return heading;
      }
    }
    return undefined;
  }

  /** An element that is not drawn, or has no id, has no destination of its own; that of its slide is used. */
  function hashOf(element: Element, step: number): string | undefined {
    const section = element.closest<HTMLElement>('.deckhand-frame section[data-deckhand-slide]');
    if (!section) return undefined;
    const hasPlace =
      element.id !== '' && element.getClientRects().length > 0 && !element.closest('aside.notes');
    const target = element === section || !hasPlace ? stepOf(section, step) : element.id;
    return `#${encodeURIComponent(target)}`;
  }

  /** With pages for steps, the first one shows no fragment, and each further one shows one more. */
  function stepOf(section: HTMLElement, step: number): string {
    const pages = pagesOf.get(indexOf(section)) ?? [];
    // A slide that its author wants whole comes from the other layout, which has no steps.
    const last = section.dataset.fragments === 'final' ? 0 : pages.length - 1;
    const wanted = Number.isNaN(step) ? 0 : Math.max(0, Math.min(step + 1, last));
    const page = pages[wanted]?.closest<HTMLElement>('.deckhand-frame');
    // All pages of a slide have its id, for its styles, so the page around it is found by another one.
    if (wanted === 0 || !page) return section.id;
    page.id ||= `${section.id}/${wanted}`;
    return page.id;
  }

  /** reveal.js has classes for links to neighbors: https://revealjs.com/links/#navigation-links */
  function neighbour(link: Element, section: HTMLElement): string | undefined {
    const index = indexOf(section);
    const places = Object.entries(options.positions);
    const at = places.findIndex(([, one]) => one === index);
    const [h = 0, v = 0] = (places[at]?.[0] ?? '').split('/').map(Number);
    const neighbours: Record<string, string | undefined> = {
      'navigate-next': places[at + 1]?.[1],
      'navigate-prev': places[at - 1]?.[1],
      'navigate-right': options.positions[`${h + 1}/0`],
      'navigate-left': options.positions[`${h - 1}/0`],
      'navigate-down': options.positions[`${h}/${v + 1}`],
      'navigate-up': options.positions[`${h}/${v - 1}`],
    };
    const name = Object.keys(neighbours).find((one) => link.classList.contains(one));
    if (name === undefined) return undefined;
    // At the end of the deck it has no effect on the screen, either.
    const [page = section] = pagesOf.get(neighbours[name] ?? index) ?? [];
    return `#${encodeURIComponent(page.id)}`;
  }

  function indexOf(section: HTMLElement): string {
    return section.dataset.deckhandSlide ?? '';
  }

  /** A percent sign that encodes nothing stands for itself. */
  function decode(text: string): string {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  }

  function setHref(link: Element, href: string): void {
    link.removeAttribute('xlink:href');
    link.setAttribute('href', href);
  }

  function dropLink(link: Element, section: HTMLElement, href: string): void {
    deadLinks.push({ index: indexOf(section), href: href.slice(0, 200) });
    link.removeAttribute('xlink:href');
    link.removeAttribute('href');
    if (!(link instanceof HTMLAnchorElement)) return;
    // Themes color every `a`.
    const words = document.createElement('span');
    for (const { name, value } of link.attributes) words.setAttribute(name, value);
    words.append(...link.childNodes);
    link.replaceWith(words);
  }
}
