/** The input for capturing the slides of a live presentation as frames. */
export interface TakeFramesOptions {
  /** `final`: each slide in its final state; `steps`: one frame per step, the first one before any step. */
  readonly fragments: 'final' | 'steps';
  /** Text of the slide number by the index stamped on the section. */
  readonly numberLabels: Readonly<Record<string, string>>;
  /** Pixels of a unit of the window, or of the root's font, by its name: `vw`, `rem`. */
  readonly unitsPx: Readonly<Record<string, number>>;
  /** Whether a style depends on the number of sections before or after one. */
  readonly keepsAllNeighbours: boolean;
}

export interface TakenFrames {
  /** Each is a `.deckhand-frame`, in the order of the slides and their steps. */
  readonly frames: readonly string[];
  /** Definitions of one slide that others use: symbols, gradients, markers; empty if there is none. */
  readonly definitions: string;
}

/** The part of reveal.js's API that is used here: https://revealjs.com/api/ */
interface Reveal {
  getConfig(): Readonly<Record<string, unknown>>;
  getCurrentSlide(): HTMLElement;
  getRevealElement(): HTMLElement;
  getSlidesElement(): HTMLElement;
  getSlideBackground(slide: HTMLElement): HTMLElement | undefined;
  layout(): void;
  loadSlide(slide: HTMLElement): void;
}

/**
 * Runs inside the page of a live presentation, after everything in it was loaded, and must stay self-contained. Captures each
 * slide as a frame: static HTML of what the screen shows while the slide is the current one, in the same chain of elements.
 * `<frame-html>` and `<frame-body>` stand in for the root and the body. The time is linear in the number of slides: reveal.js
 * lays all of them out at once, where going through them would be quadratic.
 */
export async function takeFrames(options: TakeFramesOptions): Promise<TakenFrames> {
  const { Reveal: deck } = globalThis as unknown as { Reveal: Reveal };
  const reveal = deck.getRevealElement();
  const slidesElement = deck.getSlidesElement();
  // `getSlides()` omits those that are not counted.
  const leaves = [...slidesElement.querySelectorAll<HTMLElement>('section')].filter(
    (section) => !section.querySelector('section'),
  );
  /** Elements of reveal.js, and of well-known plugins, for the presenter. */
  const TOOLS =
    '.backgrounds, .controls, .progress, .speaker-notes, .pause-overlay, .aria-status, .r-overlay, .slide-menu-wrapper, .slide-menu-button, .chalkboard-button, script, style, link, template, noscript';

  const LENGTH =
    /(?<![\w#.-])([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)((?:[sld]?v(?:w|h|i|b|min|max))|rem)\b/i;

  /** From the size that the theme gives a text to one that is off by rounding, and from there to its own. */
  const FIT_PASSES = 2;

  await layOutAll();
  markStackedListings();
  const canvases = picturesOfCanvases();
  const shownStates = (deck.getCurrentSlide()?.dataset.state ?? '').split(/\s+/).filter(Boolean);
  const beside = [...reveal.children].filter((one) => one !== slidesElement && !one.matches(TOOLS));
  const numberStyle = styleOfNumber();
  const defined = definitionsUsedElsewhere();
  const frames = leaves.flatMap((slide) => statesOf(slide).map((section) => frameOf(slide, section)));
  return { frames, definitions: defined };

  /** Applies what `layout()` does to each slide when it becomes the current one. */
  async function layOutAll(): Promise<void> {
    for (const section of slidesElement.querySelectorAll('section')) {
      section.style.display = String(deck.getConfig().display ?? 'block').replace(/\s*!important\s*$/, '');
    }
    const fitted = leaves.filter((slide) => slide.querySelector('.r-fit-text'));
    const texts = fitted.flatMap((slide) => [...slide.querySelectorAll<HTMLElement>('.r-fit-text')]);
    // It rounds widths, so its result depends on the initial size. It must not depend on when a font arrived.
    for (const text of texts) text.style.fontSize = '';
    for (let pass = 0; pass < FIT_PASSES; pass++) {
      for (const slide of fitted) deck.loadSlide(slide);
      // It reads in one animation frame and writes in the next.
      if (fitted.length > 0) for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame);
    }
    deck.layout();
  }

  /** The content of a canvas is lost when it is copied, so it becomes an image. One that cannot be read stays as it is. */
  function picturesOfCanvases(): Map<HTMLCanvasElement, string> {
    const pictures = new Map<HTMLCanvasElement, string>();
    for (const canvas of slidesElement.querySelectorAll('canvas')) {
      if (canvas.offsetWidth === 0 || canvas.offsetHeight === 0) continue;
      const untouched = document.createElement('canvas');
      Object.assign(untouched, { width: canvas.width, height: canvas.height });
      try {
        const drawn = canvas.toDataURL('image/png');
        if (drawn !== untouched.toDataURL('image/png')) pictures.set(canvas, drawn);
      } catch {
        // It contains an image from another origin.
      }
    }
    return pictures;
  }

  /** The section of a slide in each state that has a frame. */
  function statesOf(slide: HTMLElement): HTMLElement[] {
    const steps = [...new Set([...slide.querySelectorAll('.fragment')].map(stepOf))].sort((a, b) => a - b);
    const mode = options.fragments;
    const last = steps.at(-1);
    const states = mode === 'final' || last === undefined ? [last ?? -1] : [-Infinity, ...steps];
    return states.map((step) => {
      const section = copyOf(slide);
      playTo(section, step);
      return section;
    });
  }

  function stepOf(fragment: Element): number {
    return Number((fragment as HTMLElement).dataset.fragmentIndex ?? 0);
  }

  /** https://revealjs.com/fragments/: the fragments shown so far, and the last one. */
  function playTo(section: HTMLElement, step: number): void {
    const fragments = [...section.querySelectorAll<HTMLElement>('.fragment')];
    for (const fragment of fragments) {
      fragment.classList.toggle('visible', stepOf(fragment) <= step);
      fragment.classList.toggle('current-fragment', stepOf(fragment) === step);
    }
    for (const pre of section.querySelectorAll<HTMLElement>('pre[data-deckhand-listing]')) joinListings(pre);
  }

  /** Each further step of `[1|3-5]` is a copy of the listing, which themes place on top of it. */
  function markStackedListings(): void {
    for (const pre of slidesElement.querySelectorAll('pre')) {
      const [first, ...copies] = pre.querySelectorAll<HTMLElement>(':scope > code');
      if (!first || copies.length === 0 || !copies.every((copy) => copy.matches('.fragment'))) continue;
      const { x, y } = first.getBoundingClientRect();
      const isOver = copies.every((copy) => {
        const box = copy.getBoundingClientRect();
        return Math.abs(box.x - x) < 1 && Math.abs(box.y - y) < 1;
      });
      pre.dataset.deckhandListing = isOver ? 'stacked' : 'apart';
    }
  }

  /** Of overlapping listings only the one on top is visible, and paper should have the text once. */
  function joinListings(pre: HTMLElement): void {
    const [first, ...copies] = pre.querySelectorAll<HTMLElement>(':scope > code');
    const seen = copies.filter((copy) => copy.classList.contains('visible')).at(-1);
    if (first && seen && pre.dataset.deckhandListing === 'stacked') {
      first.replaceChildren(...seen.childNodes);
      first.classList.toggle('has-highlights', seen.classList.contains('has-highlights'));
      for (const copy of copies) copy.remove();
    } else if (first && seen) first.style.visibility = 'hidden';
    for (const copy of copies) if (copy !== seen) copy.remove();
    delete pre.dataset.deckhandListing;
  }

  function copyOf(slide: HTMLElement): HTMLElement {
    const section = slide.cloneNode(true) as HTMLElement;
    const originals = slide.querySelectorAll('canvas');
    section.querySelectorAll('canvas').forEach((canvas, i) => {
      const original = originals[i];
      const drawn = original && canvases.get(original);
      if (original && drawn) canvas.replaceWith(pictureFor(original, drawn));
    });
    for (const part of section.querySelectorAll('script, style, link[rel~="stylesheet"]')) part.remove();
    for (const plain of section.querySelectorAll('plaintext')) endPlaintext(plain);
    for (const element of [section, ...section.querySelectorAll('*')]) clean(element);
    return present(section);
  }

  /** Themes add spacing and frames to an `img`, which would move the content next to it. */
  function pictureFor(canvas: HTMLCanvasElement, url: string): HTMLImageElement {
    const picture = document.createElement('img');
    picture.src = url;
    picture.alt = canvas.getAttribute('aria-label') ?? canvas.title;
    picture.className = canvas.className;
    picture.style.cssText = canvas.style.cssText;
    const style = getComputedStyle(canvas);
    for (const name of ['display', 'margin', 'padding', 'border', 'vertical-align', 'float', 'background'])
      picture.style.setProperty(name, style.getPropertyValue(name), 'important');
    const rules = {
      ...{ width: `${canvas.offsetWidth}px`, height: `${canvas.offsetHeight}px`, 'box-sizing': 'border-box' },
      ...{ 'max-width': 'none', 'max-height': 'none', 'min-width': '0', 'min-height': '0' },
    };
    for (const [name, value] of Object.entries(rules)) picture.style.setProperty(name, value, 'important');
    return picture;
  }

  /** Serialized, it would swallow everything after it, because HTML has no end tag for it. */
  function endPlaintext(plain: Element): void {
    const same = document.createElement('pre');
    same.append(...plain.childNodes);
    plain.replaceWith(same);
  }

  /** Nothing in a frame runs, and nothing in it depends on the window. */
  function clean(element: Element): void {
    for (const { name } of [...element.attributes]) if (/^on/i.test(name)) element.removeAttribute(name);
    const style = element.getAttribute('style');
    if (style !== null && LENGTH.test(style)) element.setAttribute('style', inPixels(style));
  }

  function inPixels(style: string): string {
    return style.replace(new RegExp(LENGTH, 'gi'), (whole, value: string, unit: string) => {
      const pixels = options.unitsPx[unit.toLowerCase().replace(/^[sld](?=v)/, '')];
      return pixels === undefined ? whole : `${Number(value) * pixels}px`;
    });
  }

  function present(element: HTMLElement): HTMLElement {
    element.classList.remove('past', 'future');
    element.classList.add('present');
    for (const name of ['hidden', 'inert', 'aria-hidden']) element.removeAttribute(name);
    return element;
  }

  function frameOf(slide: HTMLElement, section: HTMLElement): string {
    const states = (slide.dataset.state ?? '').split(/\s+/).filter(Boolean);
    const root = shell(document.documentElement, 'frame-html');
    root.classList.add('frame-root');
    root.style.fontSize = getComputedStyle(document.documentElement).fontSize;
    const body = shell(document.body, 'frame-body');
    body.classList.remove(...shownStates);
    body.classList.add(...states);
    const around = shell(reveal);
    for (const name of ['has-dark-background', 'has-light-background'])
      around.classList.toggle(name, slide.classList.contains(name));
    const slides = shell(slidesElement);
    slides.append(...chainOf(slide, section));
    around.append(backgroundsOf(slide), slides, ...beside.map((one) => besideSlide(one, slide)));
    // Elements between the body and the presentation, and elements next to these.
    let inner: HTMLElement = around;
    for (let at: HTMLElement = reveal; at !== document.body && at.parentElement; at = at.parentElement) {
      const parent = at.parentElement;
      const outer = parent === document.body ? body : shell(parent);
      for (const one of parent.children)
        if (one === at) outer.append(inner);
        else if (!one.matches(TOOLS)) outer.append(cleanCopy(one));
      inner = outer;
    }
    root.append(body);
    const frame = document.createElement('div');
    frame.className = 'deckhand-frame';
    frame.setAttribute('role', 'none');
    frame.append(root);
    return frame.outerHTML;
  }

  /** The element without its content. Its role for assistive technology does not apply on paper. */
  function shell(element: HTMLElement, name?: string): HTMLElement {
    const copy = name ? document.createElement(name) : (element.cloneNode(false) as HTMLElement);
    if (name) for (const { name: key, value } of element.attributes) copy.setAttribute(key, value);
    for (const key of [...copy.getAttributeNames()])
      if (/^(?:aria-|tabindex$|hidden$|inert$)/.test(key)) copy.removeAttribute(key);
    copy.setAttribute('role', 'none');
    clean(copy);
    return copy;
  }

  /** The section in its stack, between its neighbors as far as styles can see them. */
  function chainOf(slide: HTMLElement, section: HTMLElement): HTMLElement[] {
    const stack = slide.parentElement;
    if (!stack?.matches('section')) return withNeighbours(slide, section);
    const around = present(shell(stack));
    const sections = withNeighbours(slide, section);
    // Elements of a stack next to its sections are visible with each of them.
    const besideSections = [...stack.childNodes].filter((one) => !isSectionOrTool(one));
    const first = [...stack.childNodes].findIndex((one) => one instanceof Element && one.matches('section'));
    const before = besideSections.filter((one) => [...stack.childNodes].indexOf(one) < first);
    const after = besideSections.filter((one) => !before.includes(one));
    around.append(...before.map(copied), ...sections, ...after.map(copied));
    return withNeighbours(stack, around);
  }

  function isSectionOrTool(node: ChildNode): boolean {
    if (node instanceof Element) return node.matches(`section, ${TOOLS}`);
    return node.textContent?.trim() === '' || node.nodeType === Node.COMMENT_NODE;
  }

  function copied(node: ChildNode): Node {
    return node instanceof Element ? cleanCopy(node) : node.cloneNode(true);
  }

  function withNeighbours(original: HTMLElement, copy: HTMLElement): HTMLElement[] {
    const siblings = [...(original.parentElement?.children ?? [])].filter((one) => one.matches('section'));
    const at = siblings.indexOf(original);
    const before = options.keepsAllNeighbours
      ? siblings.slice(0, at)
      : siblings.slice(Math.max(at - 1, 0), at);
    const after = options.keepsAllNeighbours ? siblings.slice(at + 1) : siblings.slice(at + 1, at + 2);
    return [
      ...before.map((one) => neighbour(one as HTMLElement, 'past')),
      copy,
      ...after.map((one) => neighbour(one as HTMLElement, 'future')),
    ];
  }

  /** Nothing of it is visible, but `section + section` and `:first-child` match as on the screen. */
  function neighbour(section: HTMLElement, where: 'past' | 'future'): HTMLElement {
    const copy = document.createElement('section');
    copy.className = section.className;
    copy.classList.remove('past', 'present', 'future');
    copy.classList.add(where);
    copy.setAttribute('style', 'display: none !important');
    return copy;
  }

  function backgroundsOf(slide: HTMLElement): HTMLElement {
    const shown = slidesBackground();
    const container = reveal.querySelector<HTMLElement>(':scope > .backgrounds');
    const copy = container ? shell(container) : document.createElement('div');
    copy.classList.add('backgrounds');
    copy.style.backgroundPosition = '';
    copy.setAttribute('aria-hidden', 'true');
    if (shown) copy.append(shown);
    return copy;

    function slidesBackground(): HTMLElement | undefined {
      const own = deck.getSlideBackground(slide);
      if (!own) return undefined;
      const background = present(own.cloneNode(true) as HTMLElement);
      for (const element of [background, ...background.querySelectorAll('*')]) clean(element);
      const around = own.parentElement;
      if (!around?.matches('.slide-background')) return background;
      const stack = present(around.cloneNode(false) as HTMLElement);
      const content = around.querySelector(':scope > .slide-background-content');
      if (content) stack.append(cleanCopy(content));
      stack.append(background);
      return stack;
    }
  }

  function besideSlide(element: Element, slide: HTMLElement): Element {
    const copy = cleanCopy(element);
    if (copy.matches('.slide-number')) copy.innerHTML = numberOf(slide);
    return copy;
  }

  /** On the screen the number is a link, which browsers underline unless the theme changes that. */
  function styleOfNumber(): string {
    const link = reveal.querySelector(':scope > .slide-number a');
    const line = link ? getComputedStyle(link).textDecorationLine : 'none';
    return line === 'none' ? '' : ` style="text-decoration-line: ${line}"`;
  }

  /** As in `formatNumber` of reveal.js's `controllers/slidenumber.js`, except for the link. */
  function numberOf(slide: HTMLElement): string {
    const label = options.numberLabels[slide.dataset.deckhandSlide ?? ''] ?? '';
    const [, a = label, delimiter, b] = /^(\S+?)(?: ?([./]) ?(\S+))?$/.exec(label) ?? [];
    const part = (name: string, text: string): string => `<span class="slide-number-${name}">${text}</span>`;
    const parts =
      b && delimiter ? [part('a', a), part('delimiter', delimiter), part('b', b)] : [part('a', a)];
    return `<a${numberStyle}>\n${parts.join('\n')}\n</a>`;
  }

  function cleanCopy(element: Element): Element {
    const copy = element.cloneNode(true) as Element;
    for (const part of copy.querySelectorAll('script, style, link[rel~="stylesheet"]')) part.remove();
    for (const one of [copy, ...copy.querySelectorAll('*')]) clean(one);
    return copy;
  }

  /** Parts of drawings that another slide refers to must be available where their own slide is not. */
  function definitionsUsedElsewhere(): string {
    const used = new Map<string, Set<HTMLElement>>();
    for (const slide of leaves)
      for (const [, id = ''] of slide.outerHTML.matchAll(/(?:href="#|url\((?:&quot;|["'])?#)([^"')&]+)/g))
        used.set(id, (used.get(id) ?? new Set()).add(slide));
    const holders = new Set<Element>();
    for (const [id, slides] of used) {
      const element = document.getElementById(id);
      const owner = element?.closest('svg');
      const home = leaves.find((slide) => element && slide.contains(element));
      if (!element || !owner || !(element instanceof SVGElement)) continue;
      if ([...slides].every((slide) => slide === home)) continue;
      holders.add(element.closest('defs') ?? element);
    }
    // Gradients refer to each other.
    return [...holders].map((holder) => cleanCopy(holder).outerHTML).join('');
  }
}
