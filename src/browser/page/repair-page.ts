/** What the page needs to know to turn reveal.js's print view into finished pages. */
export interface RepairOptions {
  readonly fragments: 'final' | 'steps';
  /** By the index stamped on each section. */
  readonly slides: Readonly<Record<string, { readonly number: string; readonly id: string }>>;
  /** `h/v` from 0 → the index of the slide there. */
  readonly positions: Readonly<Record<string, string>>;
  /** Why each lost picture is lost, by absolute URL without its fragment. */
  readonly lostPictures: Readonly<Record<string, string>>;
  /** Text of the slide-number elements by index; absent where the deck shows none. */
  readonly numberLabels: Readonly<Record<string, string>>;
}

export interface RepairResult {
  /** Links to slides that aren't there, and to files that a PDF can't lead to. */
  readonly deadLinks: readonly { readonly index: string; readonly href: string }[];
}

/**
 * Runs inside the page, after reveal.js's `pdf-ready`, and must stay self-contained. Repairs what its print view
 * leaves behind (hidden slides, dead links, plain page numbers) and shows what paper could not reach: folded details,
 * scrolled code, lost pictures, embedded pages.
 */
export function repairPage(options: RepairOptions): RepairResult {
  const deadLinks: { index: string; href: string }[] = [];
  const slideIdOf = new Map<string, string>();

  for (const page of document.querySelectorAll<HTMLElement>('.pdf-page')) {
    const section = page.querySelector<HTMLElement>(':scope > section');
    const index = section?.dataset.deckhandSlide;
    if (!section || index === undefined) continue;
    // reveal.js hides every slide but the current one from assistive technology; the PDF's tags would lose them too.
    section.removeAttribute('hidden');
    section.removeAttribute('aria-hidden');
    for (const background of page.querySelectorAll('.slide-background')) {
      background.setAttribute('aria-hidden', 'true');
      // Without scripts Chromium gives a film its controls: `0:00` on the slide.
      for (const film of background.querySelectorAll('video, iframe')) film.remove();
    }
    const known = options.slides[index];
    if (!section.id) section.id = freeId(known?.id ?? `slide-${index}`, index);
    if (!slideIdOf.has(index)) slideIdOf.set(index, section.id);
    const number = page.querySelector('.slide-number-pdf');
    if (number) number.textContent = options.numberLabels[index] ?? '';
    if (options.fragments === 'final') showFinalState(section);
    for (const details of section.querySelectorAll('details')) details.open = true;
    for (const picture of section.querySelectorAll('img')) replaceLostPicture(picture);
    for (const embed of section.querySelectorAll<HTMLElement>('iframe, video, audio, object, embed')) {
      replaceEmbed(embed);
    }
    liftScrollers(section);
  }
  for (const link of document.querySelectorAll<HTMLAnchorElement>('.pdf-page a[href]')) {
    if (link.getAttribute('href')?.startsWith('#')) rewriteLink(link);
    // A path would become an address of the server that only we know; a script runs in no reader.
    else if (link.origin === location.origin || link.protocol === 'javascript:') dropLink(link);
  }
  return { deadLinks };

  /** An author may have given this very id to another slide. Pages of one slide share theirs. */
  function freeId(id: string, index: string): string {
    const holder = document.getElementById(id);
    if (!holder || holder.dataset.deckhandSlide === index) return id;
    return freeId(`${id}-`, index);
  }

  /** A fragment with a later step after it is no longer current; reveal.js's own styles do the rest. */
  function showFinalState(section: HTMLElement): void {
    // Each further step of `[1|3-5]` is a copy of the code block laid over it: paper wants the block once, all of it.
    for (const copy of section.querySelectorAll('pre > code.fragment[data-line-numbers]')) {
      copy.parentElement?.querySelector('code')?.classList.remove('has-highlights');
      copy.remove();
    }
    const fragments = [...section.querySelectorAll<HTMLElement>('.fragment')];
    const order = (fragment: HTMLElement): number => Number(fragment.dataset.fragmentIndex ?? 0);
    const last = Math.max(...fragments.map(order));
    for (const fragment of fragments) {
      fragment.classList.add('visible');
      fragment.classList.toggle('current-fragment', order(fragment) === last);
    }
  }

  function replaceLostPicture(picture: HTMLImageElement): void {
    const url = (picture.currentSrc || picture.src).replace(/#.*$/, '');
    const reason = options.lostPictures[url];
    if (reason === undefined) return;
    const card = makeCard(picture.alt, url, reason);
    takePlace(card, picture, Math.max(picture.offsetWidth, 60), Math.max(picture.offsetHeight, 40));
  }

  /** Themes centre and space an `img` by rules that no longer match what stands in for it. */
  function takePlace(card: HTMLElement, element: HTMLElement, width: number, height: number): void {
    const style = getComputedStyle(element);
    for (const property of ['margin', 'float', 'verticalAlign', 'position', 'inset'] as const) {
      card.style[property] = style[property];
    }
    card.style.display = style.display === 'block' ? 'flex' : 'inline-flex';
    card.style.width = `${width}px`;
    card.style.height = `${height}px`;
    const before = element.getBoundingClientRect();
    const inFlow = style.position === 'static';
    element.replaceWith(card);
    const after = card.getBoundingClientRect();
    if (inFlow) {
      card.style.position = 'relative';
      card.style.left = `${before.left - after.left}px`;
    }
    shrinkToFit(card);
  }

  function replaceEmbed(embed: HTMLElement): void {
    if (!embed.isConnected) return;
    const { offsetWidth, offsetHeight } = embed;
    const source =
      embed.getAttribute('src') ??
      embed.dataset.src ??
      embed.querySelector('source')?.getAttribute('src') ??
      '';
    const poster = embed.getAttribute('poster');
    if (poster) {
      const picture = document.createElement('img');
      picture.src = poster;
      picture.alt = embed.title;
      picture.style.cssText = `width:${offsetWidth}px;height:${offsetHeight}px;object-fit:contain`;
      embed.replaceWith(picture);
      return;
    }
    if (offsetWidth === 0 || offsetHeight === 0) {
      embed.remove();
      return;
    }
    const url = source ? new URL(source, document.baseURI).href : '';
    const card = makeCard(embed.title || embed.tagName.toLowerCase(), url, '');
    takePlace(card, embed, offsetWidth, offsetHeight);
  }

  function makeCard(title: string, url: string, reason: string): HTMLElement {
    const card = document.createElement('span');
    card.className = 'deckhand-card';
    const add = (tag: string, text: string): void => {
      if (!text) return;
      const element = card.appendChild(document.createElement(tag));
      element.textContent = text;
      if (tag === 'a' && !url.startsWith(location.origin)) element.setAttribute('href', url);
    };
    add('strong', title);
    add('a', url.startsWith(location.origin) ? decode(url.slice(location.origin.length + 1)) : url);
    add('em', reason);
    return card;
  }

  function shrinkToFit(card: HTMLElement): void {
    for (let px = 22; px >= 5; px -= 1) {
      card.style.fontSize = `${px}px`;
      if (card.scrollHeight <= card.clientHeight && card.scrollWidth <= card.clientWidth) return;
    }
    // Too small for everything: the address is what a reader can still use.
    card.querySelector('em')?.remove();
    card.querySelector('strong')?.remove();
  }

  /** Paper has no scrollbar: whatever would scroll shows all it has. */
  function liftScrollers(section: HTMLElement): void {
    for (const element of section.querySelectorAll<HTMLElement>('*')) {
      const { overflowX, overflowY } = getComputedStyle(element);
      const scrolls = [overflowX, overflowY].some((value) => value === 'auto' || value === 'scroll');
      if (!scrolls) continue;
      if (element.scrollHeight > element.clientHeight + 1) {
        element.style.setProperty('max-height', 'none', 'important');
        element.style.setProperty('height', 'auto', 'important');
      }
      element.style.setProperty('overflow', 'visible', 'important');
    }
  }

  /** A percent sign that encodes nothing stands for itself. */
  function decode(text: string): string {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  }

  /** A link to `#/2/1` vanishes in a PDF, one to an element's id becomes a destination. */
  function rewriteLink(link: HTMLAnchorElement): void {
    const href = link.getAttribute('href') ?? '';
    const name = decode(href.replace(/^#\/?/, ''));
    const position = /^(\d+)(?:\/(\d+))?(?:\/\d+)?$/.exec(name);
    const byPosition = position && options.positions[`${position[1]}/${position[2] ?? 0}`];
    const target =
      (name !== '' && document.getElementById(name)?.id) ||
      (byPosition && slideIdOf.get(byPosition)) ||
      (name === '' ? slideIdOf.values().next().value : undefined);
    if (target) {
      link.setAttribute('href', `#${target}`);
      return;
    }
    dropLink(link);
  }

  function dropLink(link: HTMLAnchorElement): void {
    const index = link.closest<HTMLElement>('section')?.dataset.deckhandSlide ?? '';
    deadLinks.push({ index, href: link.getAttribute('href') ?? '' });
    link.removeAttribute('href');
  }
}
