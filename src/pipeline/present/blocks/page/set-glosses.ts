/**
 * Runs inside the page after `setListings` and must stay self-contained. A short sentence below a single command becomes its
 * explanation, as if it were on its line. The only item of a list above or below a listing is such a sentence, too.
 */
export function setGlosses(): void {
  const SECTIONS = 'section[data-deckhand-blocks]';
  /** In letters: two columns are too narrow for more. */
  const LONGEST_COMMAND = 40;
  const LONGEST_GLOSS = 110;
  /** In letters: a longer text is no lead sentence. */
  const LONGEST_LEAD = 160;
  const ARROW = /^\s*(?:[↳→⇒➜➔➡⟶]|[-=]>)\s*/;
  const NOT_INLINE = 'img, svg, pre, table, ul, ol, p, .katex-display, .deckhand-card, .deckhand-gap';

  for (const list of document.querySelectorAll(`${SECTIONS} :is(ul, ol):not(li *, table *, blockquote *)`))
    if (list.children.length === 1) unlist(list);
  for (const pre of document.querySelectorAll<HTMLElement>(`${SECTIONS} pre.deckhand-code`)) setGloss(pre);

  function unlist(list: Element): void {
    const [content] = contentsOf(list);
    const isAbove = list.nextElementSibling?.matches('pre') === true;
    const isBelow = list.matches('ul') && list.previousElementSibling?.matches('pre') === true;
    if (!content || !(isAbove || isBelow)) return;
    const paragraph = document.createElement('p');
    // The number of a step is part of its sentence.
    paragraph.append(...(list instanceof HTMLOListElement ? [`${list.start}. `] : []), ...content);
    const marked = [...list.children, list].find((one) => one.hasAttribute('data-cheatsheet'));
    if (marked) paragraph.setAttribute('data-cheatsheet', marked.getAttribute('data-cheatsheet') ?? '');
    list.replaceWith(paragraph);
  }

  function setGloss(pre: HTMLElement): void {
    const [line, ...more] = [...pre.querySelectorAll<HTMLElement>('.deckhand-part')].filter(hasWords);
    const next = pre.nextElementSibling;
    if (!line || more.length > 0 || !next || line.dataset.deckhandSplit !== undefined) return;
    const length = line.textContent?.length ?? 0;
    if (length > LONGEST_COMMAND || !explains(next, pre)) return;
    const gloss = next.matches('p') ? [[...next.childNodes]] : contentsOf(next);
    line.dataset.deckhandSplit = `${length} ${length}`;
    for (const [i, part] of gloss.entries()) line.append(...(i > 0 ? ['; '] : []), ...withoutArrow(part));
    pre.dataset.deckhandRows = 'code';
    next.remove();
  }

  function explains(next: Element, pre: Element): boolean {
    const said = words(next);
    const isInline = next.matches('p')
      ? next.querySelector(NOT_INLINE) === null
      : next.matches('ul') && next.children.length === 2 && contentsOf(next).length === 2;
    if (!isInline || !/\S\s+\S/.test(said) || said.length > LONGEST_GLOSS || /[?？!:：…]$|https?:/.test(said))
      return false;
    if (next.closest('[data-cheatsheet]') || next.querySelector('[data-cheatsheet]')) return false;
    if (ARROW.test(said)) return true;
    const before = pre.previousElementSibling;
    const hasLead = before?.matches('p') && words(before) !== '' && words(before).length <= LONGEST_LEAD;
    // It may also be the lead sentence of what follows.
    const leads = next.nextElementSibling?.matches('pre, table, ul, ol') && !/^\p{Ll}/u.test(said);
    return !hasLead && !leads;
  }

  /** The contents of the items of a list; empty if one is more than a line of text. */
  function contentsOf(list: Element): ChildNode[][] {
    const items = [...list.children].map((item) => {
      const only = item.children.length === 1 && item.firstElementChild?.matches('p');
      return only ? (item.firstElementChild as Element) : item;
    });
    const isInline = items.every((item) => item.querySelector(NOT_INLINE) === null);
    return isInline ? items.map((item) => [...item.childNodes]) : [];
  }

  function withoutArrow(nodes: ChildNode[]): ChildNode[] {
    const [first] = nodes;
    if (first instanceof Text) first.data = first.data.replace(ARROW, '');
    return nodes;
  }

  function hasWords(line: Element): boolean {
    return words(line) !== '';
  }

  function words(element: Element): string {
    return (element.textContent ?? '').replace(/\s+/g, ' ').trim();
  }
}
