/** As much of KaTeX as is used. */
export interface Katex {
  renderToString(formula: string, options: Readonly<Record<string, unknown>>): string;
}

export interface MathOptions {
  /** TeX by name, with the backslash. */
  readonly macros: Readonly<Record<string, string>>;
  /** Sources of regular expressions: see `deck/math.ts`. */
  readonly patterns: { readonly inline: string; readonly display: string; readonly brackets: string };
}

/** What reveal.js's Markdown plugin and reveal.js itself are given. */
export interface MathSetter {
  readonly markdown: object;
  readonly plugin: () => { readonly id: string; init(deck: { getSlidesElement(): HTMLElement }): void };
}

/**
 * Runs inside the page, before reveal.js starts, and must stay self-contained. Sets `$…$` and `$$…$$` in Markdown, the
 * same in code spans (the way reveal.js's manual shields it from Markdown), and both and `\(…\)` or `\[…\]` in HTML.
 *
 * Formulas are taken out while the Markdown is parsed, so that underscores in them are not emphasis, and set when all of
 * it is HTML: until then they are text, and an `<!-- .element: … -->` behind one means what it means on the screen.
 */
export function setMath(katex: Katex, { macros, patterns }: MathOptions): MathSetter {
  const NO_MATH = 'script, noscript, style, textarea, pre, code, option, svg, .katex, .mermaid';
  const block = new RegExp(`^ {0,3}${patterns.display}[ \\t]*(?:\\n+|$)`);
  const span = new RegExp(`^(?:${patterns.display}|${patterns.inline})`);
  /** A text stands in for what was taken out: its number between two characters that no text has. */
  const standIn = /\uf8f0(\d+)\uf8f1/g;
  const anywhere = new RegExp(
    `${standIn.source}|\\\\[\\\\$]|${patterns.display}|${patterns.inline}|${patterns.brackets}`,
    'g',
  );
  const taken: { readonly raw: string; readonly display?: string; readonly inline?: string }[] = [];
  /** Those that a formula defines for all hold for those behind it. */
  const shared: Record<string, unknown> = { ...macros };

  return {
    markdown: {
      extensions: [
        {
          name: 'deckhandMathBlock',
          level: 'block',
          start: (text: string) => /(?:^|\n) {0,3}\$\$/.exec(text)?.index,
          tokenizer: (text: string) => {
            const [raw, display] = block.exec(text) ?? [];
            return raw && { type: 'deckhandMathBlock', raw, display };
          },
          renderer: ({ raw, display }: { raw: string; display: string }) =>
            `<p>${take({ raw: raw.trim(), display })}</p>\n`,
        },
        {
          name: 'deckhandMath',
          level: 'inline',
          start: (text: string) => /\\?\$/.exec(text)?.index,
          tokenizer: (text: string) => {
            if (text.startsWith('\\$')) return { type: 'deckhandMath', raw: '\\$' };
            const [raw, display, inline] = span.exec(text) ?? [];
            return raw && { type: 'deckhandMath', raw, display, inline };
          },
          renderer: take,
        },
      ],
      hooks: {
        /** What emphasis is looked for in: stars and underscores of formulas are none. */
        emStrongMask: (text: string) =>
          text.replace(anywhere, (found) => (found.includes('$') ? 'a'.repeat(found.length) : found)),
      },
    },
    plugin: () => ({
      id: 'deckhand-math',
      init: (deck) => {
        const slides = deck.getSlidesElement();
        for (const element of slides.querySelectorAll('[alt], [title], [aria-label]')) putBackNames(element);
        for (const text of textsIn(slides)) if (text.parentElement?.closest(NO_MATH)) putBack(text);
        for (const code of slides.querySelectorAll(':not(pre) > code')) setCode(code);
        for (const text of textsIn(slides)) if (!text.parentElement?.closest(NO_MATH)) setText(text);
      },
    }),
  };

  function take({ raw, display, inline }: (typeof taken)[number]): string {
    return `\uf8f0${taken.push({ raw, display, inline }) - 1}\uf8f1`;
  }

  function textsIn(slides: Element): Text[] {
    const texts: Text[] = [];
    const walker = document.createTreeWalker(slides, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) texts.push(node as Text);
    return texts.filter(({ data }) => /[$\\\uf8f0]/.test(data));
  }

  /** Where no formula can stand there is the text itself. */
  function putBack(text: Text): void {
    text.data = text.data.replace(standIn, (found, number) => taken[Number(number)]?.raw ?? found);
  }

  function putBackNames(element: Element): void {
    for (const name of ['alt', 'title', 'aria-label']) {
      const value = element.getAttribute(name);
      if (value?.includes('\uf8f0'))
        element.setAttribute(
          name,
          value.replace(standIn, (_, number) => taken[Number(number)]?.raw ?? ''),
        );
    }
  }

  /** Only code that is a formula and nothing else. */
  function setCode(code: Element): void {
    const source = code.textContent?.trim() ?? '';
    const [raw, display, inline] = span.exec(source) ?? [];
    const formula = display ?? inline;
    if (formula === undefined || raw !== source) return;
    replace(code, set(formula, display !== undefined));
  }

  function setText(text: Text): void {
    const source = text.data;
    let html = '';
    let done = 0;
    for (const found of source.matchAll(anywhere)) {
      const [raw, number, ...own] = found;
      const one = number === undefined ? undefined : taken[Number(number)];
      const [display, inline, round, square] = one ? [one.display, one.inline] : own;
      const formula = display ?? inline ?? round ?? square;
      // A paragraph ends at a blank line, and its formulas with it.
      if (!one && (formula === undefined || (inline !== undefined && /\n\s*\n/.test(inline)))) continue;
      html += escaped(source.slice(done, found.index));
      html += formula === undefined ? '$' : set(formula, (display ?? square) !== undefined);
      done = found.index + raw.length;
    }
    if (done > 0) replace(text, html + escaped(source.slice(done)));
  }

  function replace(node: Element | Text, html: string): void {
    const template = document.createElement('template');
    template.innerHTML = html;
    node.replaceWith(template.content);
  }

  /** One that does not parse is shown as it is written, and says why. */
  function set(formula: string, displayMode: boolean): string {
    try {
      return described(rendered(formula, displayMode), formula);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const mark = displayMode ? '$$' : '$';
      const source = escaped(`${mark}${formula}${mark}`);
      return `<code class="deckhand-source-left" data-deckhand-trouble="math" data-reason="${escaped(reason)}">${source}</code>`;
    }
  }

  function rendered(formula: string, displayMode: boolean): string {
    const options = { displayMode, throwOnError: true, trust: false, strict: 'ignore' };
    try {
      // As MathJax has it: a command that one formula defines holds for all behind it.
      return katex.renderToString(formula, { ...options, macros: shared, globalGroup: true });
    } catch {
      // And it may be defined again.
      return katex.renderToString(formula, { ...options, macros: { ...macros } });
    }
  }

  /**
   * In a PDF the hidden MathML has no tags, and what is hidden from assistive technology has none either: there the
   * formula is a figure that says its TeX, behind U+2061, by which it is told from a picture (`pdf/formulas.ts`).
   */
  function described(html: string, formula: string): string {
    const label = `\u2061${escaped(formula.trim().replace(/\s+/g, ' '))}`;
    return html.replace(
      'class="katex-html" aria-hidden="true"',
      () => `class="katex-html" role="img" aria-label="${label}"`,
    );
  }

  function escaped(text: string): string {
    const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
    return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
  }
}
