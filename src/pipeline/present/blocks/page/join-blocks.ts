/**
 * Runs inside the page after `buildRows` and must stay self-contained. Joins blocks that belong together: a formula with the
 * meaning of its letters (`deckhand-formula`), and a block with the lead sentence before it (`deckhand-lead`, which becomes
 * the block's first child, or precedes tables and code, marked with `data-deckhand-leads`).
 */
export function joinBlocks(): void {
  const SECTIONS = 'section[data-deckhand-blocks]';
  /** In letters: a longer text is no lead sentence. */
  const LONGEST_LEAD = 160;
  const WHERE =
    /^(?:where|with|here|wobei|mit|dabei|hier|où|avec|ici|donde|con|dove|onde|com|waarbij|met)(?=[\s:,]|$)/i;

  for (const section of document.querySelectorAll(SECTIONS)) {
    const displays = [...section.querySelectorAll('.katex-display')];
    const holders = displays
      .map((one) => one.closest('p') ?? one)
      .filter((one) => !one.closest('li, table, blockquote'));
    for (const holder of new Set(holders)) joinFormula(holder);
    for (const block of section.querySelectorAll<HTMLElement>(
      'pre.deckhand-code, table, ul, ol, .deckhand-formula',
    ))
      if (!block.parentElement?.closest('li, table, blockquote, .deckhand-formula')) joinLead(block);
  }

  function joinFormula(holder: Element): void {
    const before = holder.previousElementSibling;
    // A formula that continues the one above it is joined with it.
    const goesOn = before?.matches('.deckhand-formula') && /^[=≈≤≥<>⇒⇔]/.test(formulaText(holder));
    const box = goesOn ? (before as HTMLElement) : document.createElement('div');
    if (!goesOn) {
      box.className = 'deckhand-formula';
      holder.before(box);
      const marked = holder.matches('[data-cheatsheet]') ? holder : holder.querySelector('[data-cheatsheet]');
      if (marked) box.dataset.cheatsheet = marked.getAttribute('data-cheatsheet') ?? '';
    }
    box.append(holder);
    const next = box.nextElementSibling;
    if (!next?.matches('p, ul, table.deckhand-pairs') || next.hasAttribute('data-cheatsheet')) return;
    const isWhere =
      next.matches('p') &&
      (WHERE.test(words(next)) || (explainsLetters(next) && !next.querySelector('.katex-display'))) &&
      words(next).length <= 2 * LONGEST_LEAD;
    const list = isWhere ? next.nextElementSibling : next;
    if (isWhere) box.append(next);
    const listsLetters = list?.matches('ul, table.deckhand-pairs') && explainsLetters(list);
    if (list && listsLetters && !list.hasAttribute('data-cheatsheet')) box.append(list);
  }

  /** Most of its items begin with a formula, as in explanations of the letters of another formula. */
  function explainsLetters(list: Element): boolean {
    const rows = list.matches('table') ? [...list.querySelectorAll('tr')] : [...list.children];
    const points = list.matches('p') ? [list] : rows;
    const first = (point: Element): boolean => {
      const math = point.querySelector('.katex .katex-mathml')?.textContent?.trim() ?? '';
      return math !== '' && words(point) !== math && words(point).startsWith(math);
    };
    return points.filter(first).length >= points.length * 0.6;
  }

  function joinLead(block: HTMLElement): void {
    const lead = block.previousElementSibling;
    if (!lead?.matches('p') || lead.matches('.deckhand-definition, .deckhand-lead') || !block.isConnected)
      return;
    if (lead.hasAttribute('data-cheatsheet') || block.hasAttribute('data-cheatsheet')) return;
    if (lead.querySelector('img, svg, .katex-display, .deckhand-card, [data-cheatsheet], br')) return;
    const said = words(lead);
    const announces = /[:：]$/.test(said);
    const isOfOne = block.matches('pre, .deckhand-formula, table[data-kind="code"]');
    if (said === '' || said.length > LONGEST_LEAD || /[?？]$/.test(said) || !(announces || isOfOne)) return;
    lead.classList.add('deckhand-lead');
    block.dataset.deckhandLed = '';
  }

  function formulaText(element: Element): string {
    return (element.querySelector('.katex-mathml')?.textContent ?? '').trim();
  }

  function words(element: Element): string {
    return (element.textContent ?? '').replace(/\s+/g, ' ').trim();
  }
}
