/**
 * Runs inside the page, after its slides were captured, and must stay self-contained. The first step towards the blocks of a
 * cheatsheet: the section of every slide from which they are taken gets `data-deckhand-blocks`, and all text in it gets a
 * paragraph.
 */
export function prepareBlocks(): void {
  const INLINE =
    'a, abbr, b, bdi, bdo, br, cite, code, del, dfn, em, i, ins, kbd, label, mark, q, s, samp, small, span, strong, sub, sup, time, tt, u, var';
  const BLOCKS = 'h1, h2, h3, h4, h5, h6, p, pre, table, ul, ol, dl, blockquote, div, .katex-display';
  const WHOLE = `h1, h2, h3, h4, h5, h6, p, pre, table, ul, ol, dl, blockquote, svg, .deckhand-card, .katex-display, script, style, template, textarea, aside.notes`;

  /** Fences of Pandoc and Marp (`::: columns`), which reveal.js shows as text. */
  const FENCE = /^:{3,}[\s\w{}#.=-]*$/;

  for (const section of lastFrames()) {
    wrapLooseWords(section);
    for (const paragraph of section.querySelectorAll('p'))
      if (FENCE.test(words(paragraph))) paragraph.remove();
  }

  /** For a slide with steps the last one suffices. There may be hundreds. */
  function lastFrames(): HTMLElement[] {
    const last = new Map<string, HTMLElement>();
    const sections = document.querySelectorAll<HTMLElement>(
      '.deckhand-frame:not([data-deckhand-part]) section[data-deckhand-slide]',
    );
    for (const section of sections) last.set(section.dataset.deckhandSlide ?? '', section);
    for (const section of last.values()) section.dataset.deckhandBlocks = '';
    return [...last.values()];
  }

  /** Text outside of paragraphs becomes one, too. */
  function wrapLooseWords(parent: Element): void {
    let run: ChildNode[] = [];
    const flush = (): void => {
      const paragraph = document.createElement('p');
      if (run.some((node) => words(node) !== '' || node instanceof Element)) {
        run[0]?.before(paragraph);
        paragraph.append(...run);
      }
      run = [];
    };
    for (const child of [...parent.childNodes]) {
      if (child instanceof Text || (child instanceof Element && isInline(child))) run.push(child);
      else {
        flush();
        if (child instanceof Element && !child.matches(`${WHOLE}, img`)) wrapLooseWords(child);
      }
    }
    flush();
  }

  function isInline(element: Element): boolean {
    return (
      element.matches(INLINE) &&
      !element.matches(`.deckhand-card, ${BLOCKS}`) &&
      !element.querySelector(BLOCKS)
    );
  }

  function words(node: Node): string {
    return (node.textContent ?? '').trim();
  }
}
