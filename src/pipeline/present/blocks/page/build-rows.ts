/**
 * Runs inside the page after `setRows` and must stay self-contained. Converts every listing and list whose lines or items are
 * a command or a term with its meaning to a table with two columns. `deckhand-command` marks text that does not wrap.
 */
export function buildRows(): void {
  /** In letters: the width of a narrow column. */
  const LONGEST_OPTION = 14;
  /** In letters: longer ones have to wrap. */
  const LONGEST_COMMAND = 40;
  const SECTIONS = 'section[data-deckhand-blocks]';

  for (const source of document.querySelectorAll<HTMLElement>(`${SECTIONS} [data-deckhand-rows]`))
    if (!source.querySelector('pre, table, .katex-display, img, ul, ol')) source.replaceWith(tableOf(source));
  for (const cell of document.querySelectorAll(`${SECTIONS} td:has(> :is(code, kbd):only-child)`)) {
    const isCommand = words(cell) === words(cell.firstElementChild ?? undefined);
    if (isCommand && words(cell).length <= LONGEST_COMMAND) cell.classList.add('deckhand-command');
  }
  const codes = document.querySelectorAll(`${SECTIONS} :is(code:not(pre *), pre .deckhand-part)`);
  for (const code of codes) keepOptions(code);

  function tableOf(source: HTMLElement): Element {
    const isCode = source.matches('pre');
    const lines = [...source.querySelectorAll<HTMLElement>('.deckhand-part')];
    const table = document.createElement('table');
    table.className = 'deckhand-pairs';
    table.dataset.kind = source.dataset.deckhandRows;
    for (const name of ['language', 'session', 'cheatsheet'])
      if (source.dataset[name] !== undefined) table.dataset[name] = source.dataset[name];
    const rows = lines.flatMap((line, i) => {
      if (words(line) === '') return [];
      const apart = i > 0 && words(lines[i - 1]) === '' ? ' deckhand-apart' : '';
      const length = line.textContent?.length ?? 0;
      const [end = length, start = length, stop = length] =
        line.dataset.deckhandSplit?.split(' ').map(Number) ?? [];
      const isPair = start < length;
      const span = isPair ? '' : ' colspan="2"';
      const term = isCode ? `<code>${cut(line, 0, end)}</code>` : cut(line, 0, end);
      const command = isCode || isCommand(line, end) ? 'deckhand-command' : 'deckhand-term';
      const meaning = isPair ? ` <td>${cut(line, start, stop)}</td>` : '';
      return [`<tr class="deckhand-part${apart}"><td class="${command}"${span}>${term}</td>${meaning}</tr>`];
    });
    table.innerHTML = `<tbody>${rows.join('\n')}</tbody>`;
    const mark = source.querySelector('[data-cheatsheet]')?.getAttribute('data-cheatsheet');
    if (mark != null && !table.hasAttribute('data-cheatsheet')) table.setAttribute('data-cheatsheet', mark);
    return table;
  }

  /** A term that consists of code does not wrap. */
  function isCommand(line: Element, end: number): boolean {
    const codes = [...line.querySelectorAll('code, kbd')];
    const first = (line.textContent ?? '').slice(0, end).trim();
    return first !== '' && first === words(codes[0]);
  }

  /** Part of a line, with its markup. */
  function cut(line: Element, from: number, to: number): string {
    const copy = line.cloneNode(true) as Element;
    const emptied = new Set<Element>();
    let at = 0;
    for (const text of textsOf(copy)) {
      const start = at;
      at += text.data.length;
      const kept = text.data.slice(Math.max(from - start, 0), Math.max(to - start, 0));
      const around = text.parentElement;
      if (kept === '' && text.data !== '' && around) emptied.add(around.closest('.katex') ?? around);
      text.data = kept;
    }
    // Elements without remaining text are removed, such as lines of a formula or backgrounds of code.
    for (const element of emptied) {
      let one: Element | null = element;
      while (one && one !== copy && words(one) === '') {
        const around: Element | null = one.parentElement;
        one.remove();
        one = around;
      }
    }
    return copy.innerHTML.trim();
  }

  /** Browsers break lines at the dashes of `--rm`. */
  function keepOptions(code: Element): void {
    for (const text of textsOf(code).filter(({ data }) => data.includes('-'))) {
      const pieces = text.data.split(/(\s+)/).map((word) => {
        if (!word.includes('-') || word.length > LONGEST_OPTION) return word;
        const whole = document.createElement('span');
        whole.className = 'deckhand-option';
        whole.append(word);
        return whole;
      });
      text.replaceWith(...pieces);
    }
  }

  function textsOf(element: Element): Text[] {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const texts: Text[] = [];
    while (walker.nextNode()) texts.push(walker.currentNode as Text);
    return texts;
  }

  function words(node: Node | undefined): string {
    return (node?.textContent ?? '').trim();
  }
}
