/**
 * Runs inside the page, once its slides are taken down, and must stay self-contained. Brings them into the form that a
 * cheatsheet is made of: every word in a paragraph, definitions in lists of their own, listings as lines, and what is
 * a command with an explanation as a table of two columns. What may be parted from what is below has `deckhand-part`, and
 * the section of a slide that was prepared `data-deckhand-blocks`.
 */
export function prepareBlocks(): void {
  const INLINE =
    'a, abbr, b, bdi, bdo, br, cite, code, del, dfn, em, i, ins, kbd, label, mark, q, s, samp, small, span, strong, sub, sup, time, tt, u, var';
  const BLOCKS = 'h1, h2, h3, h4, h5, h6, p, pre, table, ul, ol, dl, blockquote, div, .katex-display';
  const WHOLE = `h1, h2, h3, h4, h5, h6, p, pre, table, ul, ol, dl, blockquote, svg, .deckhand-card, .katex-display, script, style, template, textarea, aside.notes`;
  const MARK = '[data-cheatsheet]';
  /** `run  : starts it`, `run  # starts it`, `-p, --publish  opens a port`. */
  const PAIRS = [
    /^(\s*\S.*?)\s+(:\s+\S.*)$/,
    /^(\s*[^\s#].*?)\s+(#\s+\S.*)$/,
    /^(\s*--?[\w?].*?)(?:\s{2,}|\t+)(\S.*)$/,
  ];
  /** In letters: with longer ones, two columns are narrower than they are useful. */
  const LONGEST_COMMAND = 48;
  /** In letters: what a narrow column has room for. */
  const LONGEST_OPTION = 14;

  for (const section of lastFrames()) {
    wrapLooseWords(section);
    for (const list of section.querySelectorAll(':is(ul, ol):not(li *)')) splitList(list);
    for (const list of section.querySelectorAll('ul:not(li *)')) {
      const rows = pairRows([...list.children], [pointPair, textPair(PAIRS[0])], 1);
      if (rows) list.replaceWith(pairTable(rows, list.classList.contains('deckhand-definition'), list));
    }
    for (const pre of section.querySelectorAll('pre')) layOutCode(pre);
    for (const code of section.querySelectorAll('code:not(pre *, .deckhand-command *)')) keepOptions(code);
    for (const paragraph of section.querySelectorAll('p'))
      paragraph.classList.toggle('deckhand-definition', isDefinition(paragraph));
  }

  /** Of a slide in steps the last one is all that a cheatsheet needs. There may be hundreds. */
  function lastFrames(): HTMLElement[] {
    const last = new Map<string, HTMLElement>();
    const sections = document.querySelectorAll<HTMLElement>(
      '.deckhand-frame:not([data-deckhand-part]) section[data-deckhand-slide]',
    );
    for (const section of sections) last.set(section.dataset.deckhandSlide ?? '', section);
    for (const section of last.values()) section.dataset.deckhandBlocks = '';
    return [...last.values()];
  }

  /** What stands in no paragraph is one all the same. */
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

  /** Points that define a word, and points that are marked, stand alone; those of a kind stay together. */
  function splitList(list: Element): void {
    const first = list instanceof HTMLOListElement ? list.start : 1;
    let [piece, kindOfPiece] = [list, ''];
    [...list.children].forEach((item, i) => {
      if (list.matches('ol') && !item.hasAttribute('value')) item.setAttribute('value', String(first + i));
      const marked = item.matches(MARK) || item.querySelector(MARK) !== null;
      const kind = `${isDefinition(item) ? 'deckhand-definition' : ''} ${marked ? 'marked' : ''}`;
      if (i > 0 && kind !== kindOfPiece) {
        const next = list.cloneNode(false) as Element;
        piece.after(next);
        piece = next;
      }
      kindOfPiece = kind;
      piece.classList.toggle('deckhand-definition', isDefinition(item));
      item.classList.add('deckhand-part');
      if (piece !== list) piece.append(item);
    });
  }

  function layOutCode(pre: Element): void {
    // reveal.js shows a listing that is lit up in steps once for each step.
    const code = pre.querySelector('code') ?? pre;
    // A language that is guessed colours words of any other one.
    const lines = linesOf(code, code.classList.item(0) !== 'hljs');
    for (const line of lines) keepOptions(line);
    const forms = PAIRS.map((form) => textPair(form));
    const rows = pairRows(lines, forms, 0.6);
    pre.replaceWith(rows ? pairTable(rows, false, pre) : listing(pre, lines));
  }

  function listing(pre: Element, lines: readonly Element[]): Element {
    const box = document.createElement('pre');
    box.className = 'deckhand-code';
    const inner = box.appendChild(document.createElement('code'));
    lines.forEach((line, i) => {
      line.className = `deckhand-part${words(line) ? '' : ' deckhand-blank'}`;
      inner.append(...(i === 0 ? [line] : ['\n', line]));
    });
    keepMark(pre, box);
    return box;
  }

  /** The lines of a listing, each with the colours it has or without, and no blank ones at either end. */
  function linesOf(code: Element, inColour: boolean): HTMLElement[] {
    const numbered = [...code.querySelectorAll('td.hljs-ln-code')];
    const lines: HTMLElement[] = [document.createElement('span')];
    const newLine = (): unknown => lines.push(document.createElement('span'));
    for (const [i, source] of (numbered.length > 0 ? numbered : [code]).entries()) {
      if (i > 0) newLine();
      for (const child of source.childNodes) copyInto(child, []);
    }
    while (lines.length > 1 && words(lines[0]) === '') lines.shift();
    while (lines.length > 1 && words(lines.at(-1)) === '') lines.pop();
    return lines;

    function copyInto(node: Node, path: readonly Node[]): void {
      if (node instanceof Text) {
        node.data.split('\n').forEach((piece, i) => {
          if (i > 0) newLine();
          let copy: Node = document.createTextNode(piece);
          for (const around of inColour ? [...path].reverse() : []) {
            const shell = around.cloneNode(false);
            shell.appendChild(copy);
            copy = shell;
          }
          if (piece !== '') lines.at(-1)?.append(copy);
        });
      } else if (node instanceof HTMLBRElement) newLine();
      else for (const child of node.childNodes) copyInto(child, [...path, node]);
    }
  }

  /** None where fewer lines than a share of them have one of the forms. */
  function pairRows(
    lines: readonly Element[],
    forms: readonly PairForm[],
    share: number,
  ): string[] | undefined {
    const filled = lines.filter((line) => words(line) !== '');
    if (lines.some((line) => line.querySelector('p, ul, ol, pre, table, img, svg, .katex'))) return undefined;
    const form = forms.find((pairOf) => {
      const found = filled.filter((line) => pairOf(line) !== undefined);
      return found.length >= 2 && found.length >= filled.length * share;
    });
    if (!form) return undefined;
    return lines.flatMap((line, i) => {
      if (words(line) === '') return [];
      const apart = i > 0 && words(lines[i - 1]) === '' ? ' deckhand-apart' : '';
      const length = line.textContent?.length ?? 0;
      const [end, start] = form(line) ?? [length, length];
      const isPair = start < length;
      const command = `<td class="deckhand-command"${isPair ? '' : ' colspan="2"'}><code>${cut(line, 0, end)}</code></td>`;
      const explanation = isPair ? ` <td>${cut(line, start, length)}</td>` : '';
      return [`<tr class="deckhand-part${apart}">${command}${explanation}</tr>`];
    });
  }

  function pairTable(rows: readonly string[], isDefinition: boolean, source: Element): Element {
    const table = document.createElement('table');
    table.className = 'deckhand-pairs';
    table.dataset.kind = source.matches('pre') ? 'code' : isDefinition ? 'definition' : 'list';
    table.innerHTML = `<tbody>${rows.join('\n')}</tbody>`;
    keepMark(source, table);
    return table;
  }

  function keepMark(source: Element, target: Element): void {
    if (source.matches(MARK) || source.querySelector(MARK)) target.setAttribute('data-cheatsheet', '');
  }

  /** Where in a line's text the command ends, and where its explanation begins. */
  function textPair(form: RegExp | undefined): PairForm {
    return (line) => {
      const text = (line.textContent ?? '').replace(/\n/g, ' ').trimEnd();
      const [, command, explanation] = form?.exec(text) ?? [];
      if (command === undefined || explanation === undefined || command.length > LONGEST_COMMAND)
        return undefined;
      return [command.length, text.length - explanation.length];
    };
  }

  /** `` `command`: what it does ``. */
  function pointPair(item: Element): readonly [number, number] | undefined {
    const [term] = item.childNodes;
    const length = term?.textContent?.length ?? 0;
    const isCommand = term instanceof Element && term.matches('code') && isDefinition(item);
    return isCommand && length <= LONGEST_COMMAND ? [length, length] : undefined;
  }

  /** Part of a line, with its markup. */
  function cut(line: Element, from: number, to: number): string {
    const copy = line.cloneNode(true) as Element;
    let at = 0;
    for (const text of textsOf(copy)) {
      const start = at;
      at += text.data.length;
      text.data = text.data.slice(Math.max(from - start, 0), Math.max(to - start, 0));
    }
    return copy.innerHTML;
  }

  /** A browser breaks lines at the dashes of `--rm`. */
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

  /** `**Term**: what it means`, or `` `command`: what it does ``. */
  function isDefinition(element: Element): boolean {
    const holder = element.firstElementChild?.matches('p') ? element.firstElementChild : element;
    const first = [...holder.childNodes].find((node) => node instanceof Element || words(node) !== '');
    if (!(first instanceof Element) || !first.matches('strong, b, dfn, code')) return false;
    return (
      /^\s*[:–—]/.test(first.nextSibling?.textContent ?? '') || /[:：]\s*$/.test(first.textContent ?? '')
    );
  }

  function words(node: Node | undefined): string {
    return (node?.textContent ?? '').trim();
  }
}

/** Where a command ends and its explanation begins, in letters; none for what is no such line. */
type PairForm = (line: Element) => readonly [end: number, start: number] | undefined;
