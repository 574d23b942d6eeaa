/** The part of Mermaid's API that is used. */
export interface Mermaid {
  initialize(config: object): void;
  render(id: string, source: string): Promise<{ readonly svg: string; readonly diagramType: string }>;
}

export interface DiagramOptions {
  /** As the author wrote it. */
  readonly config: Readonly<Record<string, unknown>>;
  /** The time that a diagram gets, in milliseconds. */
  readonly now: number;
  readonly timeoutMs: number;
}

/**
 * Runs inside the page, before its code is highlighted, and must stay self-contained. Draws ```` ```mermaid ```` blocks and
 * `class="mermaid"` as inline SVG, which stays vector. If a diagram cannot be drawn, its source is shown with the reason.
 *
 * The same source gives the same drawing: random numbers and the clock, which some kinds of diagrams use, are fixed.
 *
 * @returns whether all diagrams were finished before the deadline.
 */
export async function drawDiagrams(
  slides: Element,
  load: () => Promise<{ readonly default: Mermaid }>,
  { config, now, timeoutMs }: DiagramOptions,
): Promise<boolean> {
  const INLINE_TAG =
    /<\/?(?:b|big|code|del|em|font|i|ins|mark|s|small|span|strong|sub|sup|tt|u)(?:\s+[\w-]+\s*=[^<>]*)?\s*>/gi;
  const TIME_OUT = new Error('the deadline has passed');
  const deadline = performance.now() + timeoutMs;
  const found = slides.querySelectorAll<HTMLElement>('code.mermaid, code.language-mermaid, .mermaid');
  const holders = [...found].flatMap((one) => {
    if (one.parentElement?.closest('.mermaid, svg')) return [];
    return [one.matches('pre > code') && one.parentElement ? one.parentElement : one];
  });
  if (holders.length === 0) return true;
  let seed = 1;
  const letGo = holdStill();
  try {
    const { default: mermaid } = await inTime(load());
    const { fontFamily } = getComputedStyle(slides);
    // Text is measured during drawing.
    await inTime(Promise.all(['', 'bold '].map((bold) => document.fonts.load(`${bold}16px ${fontFamily}`))));
    for (const [i, holder] of holders.entries()) {
      mermaid.initialize(configuration(fontFamily, isDark(holder)));
      await draw(mermaid, holder, `deckhand-diagram-${i + 1}`);
    }
    return true;
  } catch (error) {
    if (error !== TIME_OUT) throw error;
    return false;
  } finally {
    letGo();
  }

  async function draw(mermaid: Mermaid, holder: HTMLElement, id: string): Promise<void> {
    const source = sourceOf(holder);
    seed = 1;
    try {
      const { svg, diagramType } = await inTime(mermaid.render(id, plainLabels(source)));
      show(holder, svg, diagramType);
    } catch (error) {
      if (error === TIME_OUT) throw error;
      showSource(holder, source, error instanceof Error ? error.message : String(error));
    } finally {
      // Removes the element for measuring, which remains after an error.
      for (const left of [`d${id}`, `i${id}`]) document.getElementById(left)?.remove();
    }
  }

  async function inTime<T>(work: Promise<T>): Promise<T> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(TIME_OUT), Math.max(deadline - performance.now(), 0));
    });
    try {
      return await Promise.race([work, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** A deck cannot set options that let it change the page, or that give other bytes each time. */
  function configuration(fontFamily: string, dark: boolean): object {
    const fixed = {
      startOnLoad: false,
      securityLevel: 'strict',
      deterministicIds: true,
      deterministicIDSeed: 'deckhand',
      suppressErrorRendering: true,
      logLevel: 'fatal',
      // Text as SVG: HTML labels would get the styles of the slide, and another size than was measured.
      htmlLabels: false,
    };
    const secure = ['secure', 'maxTextSize', 'maxEdges', ...Object.keys(fixed)];
    const plain = { htmlLabels: false };
    const own = (name: string): object => (config[name] ?? {}) as object;
    return {
      ...{ theme: dark ? 'dark' : 'default', fontFamily, handDrawnSeed: 1, ...config },
      ...{ flowchart: { ...own('flowchart'), ...plain }, class: { ...own('class'), ...plain } },
      ...{ ...fixed, secure },
    };
  }

  /** Whether the slide has a dark background: its own, otherwise judged by whether the theme's text is light. */
  function isDark(holder: Element): boolean {
    const own = ownGround(holder);
    if (own !== undefined) return brightness(own) < 128;
    return brightness(getComputedStyle(slides).color) > 128;
  }

  function brightness(color: string): number {
    const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).map(Number);
    return 0.299 * red + 0.587 * green + 0.114 * blue;
  }

  /** The background color that the slide, or its stack, sets. */
  function ownGround(holder: Element): string | undefined {
    for (
      let at = holder.closest<HTMLElement>('section');
      at;
      at = at.parentElement?.closest('section') ?? null
    ) {
      const { backgroundColor, background } = at.dataset;
      const probe = document.createElement('i');
      probe.style.backgroundColor = backgroundColor ?? background ?? '';
      if (probe.style.backgroundColor === '') continue;
      slides.append(probe);
      const color = getComputedStyle(probe).backgroundColor;
      probe.remove();
      return color;
    }
    return undefined;
  }

  function groundColor(holder: Element): string {
    const own = ownGround(holder);
    const grounds = [slides.closest('.reveal'), slides.closest('.reveal-viewport'), document.body]
      .flatMap((element) => (element ? [getComputedStyle(element).backgroundColor] : []))
      .filter((color) => color !== 'rgba(0, 0, 0, 0)');
    return own ?? grounds[0] ?? '#222';
  }

  /** As Mermaid reads an element: without the indentation from its HTML. */
  function sourceOf(holder: HTMLElement): string {
    const copy = holder.cloneNode(true) as HTMLElement;
    for (const br of copy.querySelectorAll('br')) br.replaceWith('<br/>');
    const lines = (copy.textContent ?? '').replace(/\t/g, '    ').split('\n');
    const indents = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
    const common = Math.min(...indents);
    return lines
      .map((line) => line.slice(Number.isFinite(common) ? common : 0).trimEnd())
      .join('\n')
      .trim();
  }

  /**
   * HTML tags in labels other than line breaks need HTML labels, and icons need a font that is not available. Their text is
   * kept.
   */
  function plainLabels(source: string): string {
    const isFlow = /^\s*(?:---[\s\S]*?\n---\s*)?(?:%%[^\n]*\s*)*(?:graph|flowchart)\b/.test(source);
    // Other tags have attributes, with quotation marks of their own.
    const kept = source.replace(INLINE_TAG, (tag) => /^<\/?(?:b|strong)\s*>$/i.exec(tag)?.[0] ?? '');
    return (
      (isFlow ? kept.replace(/"([^"`\n]*)"/g, withBoldWords) : kept)
        .replace(INLINE_TAG, '')
        // Mermaid's own notation: the semicolon of an HTML entity would end a message.
        .replace(/&#x([\da-f]+);/gi, (_, hex: string) => `#${Number.parseInt(hex, 16)};`)
        .replace(/&#?(\w+);/g, '#$1;')
        .replace(/\bfa[bklrs]?:fa-[\w-]+[ \t]+(?=[^\s\])}|"'`<;])/g, '')
        .replace(/\bfa[bklrs]?:fa-([\w-]+)/g, (_, name: string) => name.replaceAll('-', ' '))
    );
  }

  /** Bold HTML text, in Mermaid's own notation: https://mermaid.js.org/syntax/flowchart.html#markdown-strings */
  function withBoldWords(quoted: string, label: string): string {
    const BOLD = /<(b|strong)>\s*([^<]*?)\s*<\/\1>/gi;
    if (!BOLD.test(label) || /[*_`]/.test(label)) return quoted;
    return `"\`${label.replace(BOLD, '**$2**')}\`"`;
  }

  /** `#quot;` and `#35;` are Mermaid's escapes; in HTML they would have become entities. */
  function decodeEntities(svg: Element): void {
    const walker = document.createTreeWalker(svg, NodeFilter.SHOW_TEXT);
    const decoder = document.createElement('textarea');
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement?.matches('style') || !/&#?\w+;/.test(node.textContent ?? '')) continue;
      decoder.innerHTML = node.textContent ?? '';
      node.textContent = decoder.value;
    }
  }

  function show(holder: HTMLElement, html: string, kind: string): void {
    const template = document.createElement('template');
    template.innerHTML = html;
    const svg = template.content.querySelector('svg');
    if (!svg) throw new Error('Mermaid drew nothing');
    decodeEntities(svg);
    const title = textOf(svg.querySelector(':scope > title'));
    const description = textOf(svg.querySelector(':scope > desc'));
    for (const name of ['aria-roledescription', 'aria-labelledby', 'aria-describedby', 'style'])
      svg.removeAttribute(name);
    svg.classList.add('deckhand-drawing');
    svg.setAttribute('role', 'img');
    svg.setAttribute('aria-label', [title, description].filter(Boolean).join(': ') || nameOf(kind));
    const { width, height } = svg.viewBox.baseVal ?? {};
    if (width > 0 && height > 0) {
      svg.setAttribute('width', String(Math.ceil(width)));
      svg.setAttribute('height', String(Math.ceil(height)));
    }
    for (const link of svg.querySelectorAll('a')) {
      const href = link.getAttribute('href') ?? link.getAttribute('xlink:href') ?? '';
      if (/^(?:https?:|mailto:)/i.test(href)) continue;
      // The node may have a position of its own.
      const group = document.createElementNS(svg.namespaceURI, 'g');
      for (const name of ['class', 'transform']) group.setAttribute(name, link.getAttribute(name) ?? '');
      group.append(...link.childNodes);
      link.replaceWith(group);
    }
    // Without HTML labels, mind maps should center most of them, but do not say so.
    for (const label of svg.querySelectorAll('.mindmap-node > .label[transform^="translate(0,"]'))
      label.querySelector('text')?.setAttribute('text-anchor', 'middle');
    // Outside of its slide it needs its own background.
    if (isDark(holder)) svg.style.setProperty('--diagram-ground', groundColor(holder));
    const box = document.createElement('div');
    for (const { name, value } of holder.attributes) box.setAttribute(name, value);
    box.classList.remove('mermaid');
    box.classList.add('deckhand-diagram');
    box.append(svg);
    holder.replaceWith(box);
  }

  function textOf(element: Element | null): string {
    return (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
  }

  /** `flowchart-v2` → `Flowchart`, `stateDiagram` → `State diagram`. */
  function nameOf(kind: string): string {
    const words = kind
      .replace(/-(?:v\d+|beta|elk)$/i, '')
      .replace(/[-_]/g, ' ')
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase();
    const name = words === 'er' ? 'entity relationship' : words;
    const full = /chart|diagram|graph|map|timeline/.test(name) ? name : `${name} diagram`;
    return full.charAt(0).toUpperCase() + full.slice(1);
  }

  function showSource(holder: HTMLElement, source: string, reason: string): void {
    const pre = document.createElement('pre');
    const code = document.createElement('code');
    code.className = 'nohighlight deckhand-source-left';
    code.textContent = source;
    code.dataset.deckhandTrouble = 'diagram';
    code.dataset.reason = reason;
    pre.append(code);
    holder.replaceWith(pre);
  }

  /** Until it is released, random numbers are the same for each drawing, and the clock stands still. */
  function holdStill(): () => void {
    const [random, bytes, Clock] = [Math.random, crypto.getRandomValues, Date];
    // A linear congruential generator is good enough for the start of a line.
    Math.random = () => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return seed / 2 ** 32;
    };
    crypto.getRandomValues = ((array: Uint8Array) => {
      for (let i = 0; i < array.length; i++) array[i] = Math.random() * 256;
      return array;
    }) as typeof crypto.getRandomValues;
    globalThis.Date = new Proxy(Clock, {
      construct: (target, given, self) => Reflect.construct(target, given.length === 0 ? [now] : given, self),
      apply: () => new Clock(now).toString(),
      get: (target, name) => (name === 'now' ? () => now : Reflect.get(target, name)),
    });
    return () => {
      Math.random = random;
      crypto.getRandomValues = bytes;
      globalThis.Date = Clock;
    };
  }
}
