/** The part of KaTeX's API that is used. */
export interface Katex {
  renderToString(formula: string, options: Readonly<Record<string, unknown>>): string;
}

export interface MathOptions {
  /** TeX macros by name, with the backslash. */
  readonly macros: Readonly<Record<string, string>>;
  /** Sources of regular expressions: see `slides/math.ts`. */
  readonly patterns: Readonly<Record<'inline' | 'display' | 'brackets' | 'environment', string>>;
}

/** The arguments for reveal.js's Markdown plugin and for reveal.js itself. */
export interface MathSetter {
  readonly markdown: object;
  readonly plugin: () => { readonly id: string; init(deck: { getSlidesElement(): HTMLElement }): void };
}

/**
 * Runs inside the page, before reveal.js starts, and must stay self-contained. Renders `$…$` and `$$…$$` in Markdown, the
 * same in code spans (reveal.js's manual recommends them to protect formulas from Markdown), both also in HTML, and `\(…\)`
 * and `\[…\]` in HTML. Environments that are formulas by themselves, such as `align`, are rendered, too.
 *
 * Formulas are removed while the Markdown is parsed, so that underscores in them are not emphasis, and rendered when all of
 * it is HTML. Until then they are text, so an `<!-- .element: … -->` after a formula has the same effect as on the screen.
 */
export function setMath(katex: Katex, { macros, patterns }: MathOptions): MathSetter {
  const NO_MATH = 'script, noscript, style, textarea, pre, code, option, svg, .katex, .mermaid';
  /** Commands in decks written for MathJax that KaTeX does not know, or knows under another name. */
  const MATHJAX = {
    '\\mbox': '\\text{#1}',
    '\\hbox': '\\text{#1}',
    // Every package is available.
    '\\require': '\\@firstoftwo{}{#1}',
    '\\label': '\\@firstoftwo{}{#1}',
  };
  const block = new RegExp(`^ {0,3}(?:${patterns.display}|${patterns.environment})[ \\t]*(?:\\n+|$)`);
  const span = new RegExp(`^(?:${patterns.display}|${patterns.inline}|${patterns.environment})`);
  /** A placeholder for a removed formula: its number between two characters that no text contains. */
  const standIn = /\uf8f0(\d+)\uf8f1/g;
  const anywhere = new RegExp(
    `${standIn.source}|\\\\[\\\\$]|${patterns.display}|${patterns.inline}|${patterns.brackets}|${patterns.environment}`,
    'g',
  );
  const taken: Taken[] = [];
  /** Numbers of equations by label. */
  const labels = new Map<string, string>();
  /** Macros that a formula defines globally apply to those after it. */
  const shared: Record<string, unknown> = { ...MATHJAX, ...macros };

  return {
    markdown: {
      extensions: [
        {
          name: 'deckhandMathBlock',
          level: 'block',
          start: (text: string) => /(?:^|\n) {0,3}(?:\$\$|\\begin\{)/.exec(text)?.index,
          tokenizer: (text: string) => {
            const [raw, display, environment] = block.exec(text) ?? [];
            return raw && { type: 'deckhandMathBlock', raw, display, environment };
          },
          renderer: ({ raw, ...formula }: Taken) => `<p>${take({ ...formula, raw: raw.trim() })}</p>\n`,
        },
        {
          name: 'deckhandMath',
          level: 'inline',
          start: (text: string) => /\\?\$|\\begin\{/.exec(text)?.index,
          tokenizer: (text: string) => {
            if (text.startsWith('\\$')) return { type: 'deckhandMath', raw: '\\$' };
            const [raw, display, inline, environment] = span.exec(text) ?? [];
            return raw && { type: 'deckhandMath', raw, display, inline, environment };
          },
          renderer: take,
        },
      ],
      hooks: {
        /** Text in which emphasis is looked for: without stars and underscores of formulas. */
        emStrongMask: (text: string) =>
          text.replace(anywhere, (found) => (/[$]|^\\begin/.test(found) ? 'a'.repeat(found.length) : found)),
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
        numberEquations(slides);
        for (const text of textsIn(slides)) if (!text.parentElement?.closest(NO_MATH)) setReferences(text);
      },
    }),
  };

  function take({ raw, display, inline, environment }: Taken): string {
    return `\uf8f0${taken.push({ raw, display, inline, environment }) - 1}\uf8f1`;
  }

  function textsIn(slides: Element): Text[] {
    const texts: Text[] = [];
    const walker = document.createTreeWalker(slides, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) texts.push(node as Text);
    return texts.filter(({ data }) => /[$\\\uf8f0]/.test(data));
  }

  /** Where no formula is possible, the text itself is restored. */
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

  /** Only code that consists of one formula. */
  function setCode(code: Element): void {
    const source = code.textContent?.trim() ?? '';
    const [raw, display, inline, environment] = span.exec(source) ?? [];
    const formula = display ?? inline ?? environment;
    if (formula === undefined || raw !== source) return;
    replace(code, set(formula, inline === undefined, source));
  }

  function setText(text: Text): void {
    const source = text.data;
    let html = '';
    let done = 0;
    for (const found of source.matchAll(anywhere)) {
      const [raw, number, ...own] = found;
      const one = number === undefined ? undefined : taken[Number(number)];
      const [display, inline, round, square, environment] = one
        ? [one.display, one.inline, undefined, undefined, one.environment]
        : own;
      const formula = display ?? inline ?? round ?? square ?? environment;
      // A paragraph, and a formula in it, ends at a blank line.
      if (!one && (formula === undefined || (inline !== undefined && /\n\s*\n/.test(inline)))) continue;
      html += escaped(source.slice(done, found.index));
      const isDisplay = (display ?? square ?? environment) !== undefined;
      html += formula === undefined ? '$' : set(formula, isDisplay, environment);
      done = found.index + raw.length;
    }
    if (done > 0) replace(text, html + escaped(source.slice(done)));
  }

  function replace(node: Element | Text, html: string): void {
    const template = document.createElement('template');
    template.innerHTML = html;
    node.replaceWith(template.content);
  }

  /** If a formula cannot be parsed, its source is shown with the reason. */
  function set(formula: string, displayMode: boolean, written?: string): string {
    try {
      const labelled = [...formula.matchAll(/\\label\s*\{([^{}]*)\}/g)].map(([, label]) => label ?? '');
      const mark = labelled.length > 0 ? ` data-deckhand-labels="${escaped(JSON.stringify(labelled))}"` : '';
      const html = described(rendered(withKnownRows(formula), displayMode), formula);
      return mark ? `<span${mark}>${html}</span>` : html;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const mark = displayMode ? '$$' : '$';
      const source = escaped(written ?? `${mark}${formula}${mark}`);
      return `<code class="deckhand-source-left" data-deckhand-trouble="math" data-reason="${escaped(reason)}">${source}</code>`;
    }
  }

  function rendered(formula: string, displayMode: boolean): string {
    const options = { displayMode, throwOnError: true, trust: false, strict: 'ignore' };
    try {
      // As in MathJax: a command that one formula defines is available in all later ones.
      return katex.renderToString(formula, { ...options, macros: shared, globalGroup: true });
    } catch {
      // And it may be defined again.
      return katex.renderToString(formula, { ...options, macros: { ...MATHJAX, ...macros } });
    }
  }

  /** `eqnarray` is `align` with an additional alignment mark in each row: `a &=& b`. */
  function withKnownRows(formula: string): string {
    return formula.replace(
      /\\begin\{eqnarray(\*?)\}([\s\S]*?)\\end\{eqnarray\1\}/g,
      (_, star: string, rows: string) => {
        let [depth, inner, marks] = [0, 0, 0];
        const aligned = rows.replace(/\\(?:begin|end)\{|\\[\s\S]|[{}&]/g, (found) => {
          if (found.endsWith('{')) depth += 1;
          if (found === '}') depth -= 1;
          if (found.startsWith('\\begin')) inner += 1;
          if (found.startsWith('\\end')) inner -= 1;
          if (depth > 0 || inner > 0) return found;
          if (found === '\\\\') marks = 0;
          return found === '&' && ++marks === 2 ? ' ' : found;
        });
        return `\\begin{align${star}}${aligned}\\end{align${star}}`;
      },
    );
  }

  /**
   * KaTeX numbers equations with a CSS counter, which would restart on each frame. As in MathJax, they are numbered
   * consecutively.
   */
  function numberEquations(slides: Element): void {
    slides.querySelectorAll('.katex-html .eqn-num').forEach((place, i) => {
      place.textContent = `(${i + 1})`;
      place.classList.remove('eqn-num');
    });
    for (const formula of slides.querySelectorAll<HTMLElement>('[data-deckhand-labels]')) {
      const names = labelsOf(formula);
      const numbers = [...formula.querySelectorAll('.katex-html .tag')].flatMap(
        ({ textContent }) => (textContent ?? '').match(/\([^()]*\)/g) ?? [],
      );
      names.forEach((name, i) => void labels.set(name, numbers[i] ?? numbers.at(-1) ?? '(?)'));
      formula.replaceWith(...formula.childNodes);
    }
  }

  /** An author may have written such an attribute, too. */
  function labelsOf({ dataset }: HTMLElement): string[] {
    try {
      const names: unknown = JSON.parse(dataset.deckhandLabels ?? '[]');
      return Array.isArray(names) ? names.map(String) : [];
    } catch {
      return [];
    }
  }

  /** A reference in the text of a slide. One without a target stays as it is written, and so does one outside of formulas. */
  function setReferences(text: Text): void {
    const left = /\\(eq)?ref\s*\{([^{}]*)\}|\\begin\{([\w*]+)\}[\s\S]*?\\end\{\3\}/g;
    if (!left.test(text.data)) return;
    const html = escaped(text.data).replace(left, (written, whole, name: string | undefined) => {
      const number = name === undefined ? undefined : labels.get(name);
      if (number !== undefined) return whole ? number : number.slice(1, -1);
      const reason = name === undefined ? 'write it between two dollars' : 'no equation has this label';
      return `<span data-deckhand-trouble="math" data-reason="${reason}">${written}</span>`;
    });
    replace(text, html);
  }

  /**
   * In a PDF the hidden MathML has no tags, and content hidden from assistive technology has none either. There the formula
   * is a figure with its TeX as alternative text, after U+2061, which distinguishes it from images (`pdf/formulas.ts`).
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

/** A formula that was removed from the Markdown: its source, and its content by its delimiters. */
interface Taken {
  readonly raw: string;
  readonly display?: string | undefined;
  readonly inline?: string | undefined;
  readonly environment?: string | undefined;
}
