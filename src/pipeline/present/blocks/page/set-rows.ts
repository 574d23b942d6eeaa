/**
 * Runs inside the page after `setGlosses` and must stay self-contained. Finds items of lists, definitions and paragraphs
 * that are a term with its meaning, in all usual notations, and puts them into lists of their own (`deckhand-definition`).
 * `data-deckhand-split` has the positions where an item's term ends and its meaning begins, in letters, and
 * `data-deckhand-rows` marks a list of such items.
 */
export function setRows(): void {
  const SECTIONS = 'section[data-deckhand-blocks]';
  const TERM = 'strong, b, dfn, code, kbd, em, i, var, a';
  /** In letters: a longer text is a sentence, not a term. */
  const LONGEST_TERM = 48;
  const MOST_WORDS = 5;
  /** Separators between a term and its meaning: `: `, ` - `, ` – `, ` = `, ` → `, after text in brackets. */
  const SEPARATOR = /^(\s*\([^()]{1,30}\))?\s*(?:[:：]|[-–—‒]{1,2}(?=\s)|=(?=\s)|[→⇒➜➔➡]|[-=]>)\s*/;
  /** The separator in an item without any markup. */
  const PLAIN = /^(\S.{0,46}?)(?:\s?[:：]\s+|\s[-–—‒]\s+|\s?[→⇒➜➔➡]\s*|\s[-=]>\s+)(\S.*)$/s;
  const BETWEEN = /^\s*(?:[,/|]|or|and|oder|und|ou|et|y|o|e)?\s*$/;
  const IS =
    /^\s+(?:is|are|means|was|ist|sind|heißt|bedeutet|est|sont|désigne|signifie|es|son|significa|è|sono|é|são)\s/;

  for (const section of document.querySelectorAll(SECTIONS)) {
    for (const list of section.querySelectorAll('dl')) list.replaceWith(listOf(entriesOf(list), list));
    for (const paragraph of section.querySelectorAll('p:not(li *, table *, blockquote *)'))
      splitLines(paragraph);
    joinParagraphs(section);
    for (const list of section.querySelectorAll(':is(ul, ol):not(li *)')) setList(list);
    for (const paragraph of section.querySelectorAll('p'))
      paragraph.classList.toggle(
        'deckhand-definition',
        !paragraph.closest('li') && splitOf(paragraph) !== undefined,
      );
  }

  /** Terms of a definition list, each with its meanings. */
  function entriesOf(list: Element): HTMLElement[] {
    const entries: HTMLElement[] = [];
    let terms: Element[] = [];
    let meanings: Element[] = [];
    const flush = (): void => {
      if (terms.length > 0) entries.push(entry(terms, meanings));
      [terms, meanings] = [[], []];
    };
    for (const part of list.querySelectorAll('dt, dd')) {
      if (part.matches('dt') && meanings.length > 0) flush();
      (part.matches('dt') ? terms : meanings).push(part);
    }
    flush();
    return entries;
  }

  function entry(terms: readonly Element[], meanings: readonly Element[]): HTMLElement {
    const item = document.createElement('li');
    item.innerHTML = terms.map((term) => term.innerHTML).join(', ');
    const length = item.textContent?.length ?? 0;
    for (const [i, meaning] of meanings.entries()) item.append(i > 0 ? '; ' : '', ...contentOf(meaning));
    item.dataset.deckhandSplit = `${length} ${length}`;
    const marked = [...terms, ...meanings].find((part) => part.hasAttribute('data-cheatsheet'));
    if (marked) item.setAttribute('data-cheatsheet', marked.getAttribute('data-cheatsheet') ?? '');
    return item;
  }

  /** Without the paragraphs around it. */
  function contentOf(element: Element): Node[] {
    return [...element.childNodes].flatMap((node) =>
      node instanceof Element && node.matches('p') ? [...node.childNodes] : [node],
    );
  }

  function listOf(items: readonly Element[], source: Element): Element {
    const list = document.createElement('ul');
    list.append(...items);
    const mark = source.getAttribute('data-cheatsheet');
    if (mark !== null) list.setAttribute('data-cheatsheet', mark);
    return list;
  }

  /** A paragraph in which each line is a term with its meaning is a list. */
  function splitLines(paragraph: Element): void {
    if (paragraph.querySelector('img, svg, .katex-display')) return;
    const hasBreaks = paragraph.querySelector(':scope > br') !== null;
    if (!hasBreaks && !/\n/.test((paragraph.textContent ?? '').trim())) return;
    const items: HTMLElement[] = [document.createElement('li')];
    for (const node of paragraph.childNodes) {
      if (node instanceof HTMLBRElement) items.push(document.createElement('li'));
      else if (node instanceof Text && !hasBreaks)
        node.data.split('\n').forEach((piece, i) => {
          if (i > 0) items.push(document.createElement('li'));
          items.at(-1)?.append(piece);
        });
      else items.at(-1)?.append(node.cloneNode(true));
    }
    const filled = items.filter((item) => words(item) !== '');
    if (filled.length < 2 || !filled.every((item) => splitOf(item) !== undefined)) return;
    paragraph.replaceWith(listOf(filled, paragraph));
  }

  /** Consecutive paragraphs that are each a term with its meaning. */
  function joinParagraphs(section: Element): void {
    for (const first of section.querySelectorAll('p:not(li *, table *, blockquote *)')) {
      if (!first.isConnected || formOf(first) === undefined) continue;
      const run = [first];
      for (let next = first.nextElementSibling; next?.matches('p'); next = next.nextElementSibling) {
        if (formOf(next) === undefined) break;
        run.push(next);
      }
      if (run.length < 2) continue;
      const items = run.map((paragraph) => {
        const item = document.createElement('li');
        for (const { name, value } of paragraph.attributes)
          if (name !== 'style') item.setAttribute(name, value);
        item.append(...paragraph.childNodes);
        return item;
      });
      first.before(listOf(items, document.createElement('p')));
      for (const paragraph of run) paragraph.remove();
    }

    function formOf(paragraph: Element): Split | undefined {
      if (paragraph.querySelector('img, svg, .katex-display, br')) return undefined;
      return splitOf(paragraph) ?? plainSplit(paragraph);
    }
  }

  function setList(list: Element): void {
    const items = [...list.children];
    for (const item of items) {
      const only = item.children.length === 1 && item.firstElementChild?.matches('p');
      if (only) item.firstElementChild?.replaceWith(...item.firstElementChild.childNodes);
    }
    const nested = items.filter((item) => nestedTerm(item) !== undefined).length;
    if (nested >= 2 && nested >= items.length * 0.75) for (const item of items) foldNested(item);
    const splits = new Map(items.map((item) => [item, knownSplit(item) ?? splitOf(item)]));
    // A sentence that begins with a command explains it if others do, too.
    const bare = items.filter((item) => splits.get(item)?.length === 3);
    const count = [...splits.values()].filter((split) => split !== undefined).length;
    if (count < 2 || count < items.length / 2) for (const item of bare) splits.set(item, undefined);
    // Without any markup, a colon may mean anything, so most items must have one.
    const plain = new Map(items.map((item) => [item, splits.get(item) ?? plainSplit(item)]));
    const found = [...plain.values()].filter((split) => split !== undefined).length;
    const isPlain = found >= 2 && found >= items.length * 0.75 && [...splits.values()].includes(undefined);
    splitList(list, isPlain ? plain : splits, isPlain);
  }

  function knownSplit(item: Element): Split | undefined {
    const known = (item as HTMLElement).dataset.deckhandSplit?.split(' ').map(Number);
    return known ? [known[0] ?? 0, known[1] ?? 0] : undefined;
  }

  /** Items that define a word, and items that are marked, are separate blocks; others of one kind stay together. */
  function splitList(list: Element, splits: ReadonlyMap<Element, Split | undefined>, isWhole: boolean): void {
    const first = list instanceof HTMLOListElement ? list.start : 1;
    let [piece, kindOfPiece] = [list, ''];
    [...list.children].forEach((item, i) => {
      if (list.matches('ol') && !item.hasAttribute('value')) item.setAttribute('value', String(first + i));
      const split = splits.get(item);
      const marked = item.matches('[data-cheatsheet]') ? item : item.querySelector('[data-cheatsheet]');
      const mark = marked?.getAttribute('data-cheatsheet');
      const isDefinition = split !== undefined || isWhole;
      const kind = `${isDefinition} ${mark}`;
      if (i > 0 && kind !== kindOfPiece) {
        const next = list.cloneNode(false) as Element;
        piece.after(next);
        piece = next;
      }
      kindOfPiece = kind;
      piece.classList.toggle('deckhand-definition', isDefinition);
      // Numbers would be lost in a table.
      if (isDefinition && list.matches('ul')) (piece as HTMLElement).dataset.deckhandRows = 'definition';
      else delete (piece as HTMLElement).dataset.deckhandRows;
      item.classList.add('deckhand-part');
      if (split) (item as HTMLElement).dataset.deckhandSplit = split.join(' ');
      if (piece !== list) piece.append(item);
    });
  }

  /** Where a term in markup ends and its meaning begins; undefined if it is no definition. */
  function splitOf(element: Element): Split | undefined {
    const text = element.textContent ?? '';
    const nodes = [...element.childNodes].filter((node) => node instanceof Element || words(node) !== '');
    const [first] = nodes;
    if (!(first instanceof Element) || !first.matches(TERM)) return undefined;
    if (first.matches('a') && !first.querySelector('code, strong, b')) return undefined;
    const last = lastOfTerm(nodes);
    const end = offsetAfter(element, last);
    const term = text.slice(0, end).trim();
    if (term === '' || term.length > LONGEST_TERM) return undefined;
    const rest = text.slice(end);
    if (words(element).length === term.length) return undefined;
    const own = /[:：]\s*$/.exec(text.slice(0, end));
    const blank = /^\s*/.exec(rest)?.[0].length ?? 0;
    if (own) return [end - own[0].length, end + blank];
    const separator = SEPARATOR.exec(rest);
    if (separator && rest.slice(separator[0].length).trim() !== '')
      return [end + (separator[1]?.length ?? 0), end + separator[0].length];
    const isCommand = first.matches('code, kbd') && /^\s+\p{Ll}\S*\s+\S/u.test(rest);
    const isNamed = first.matches('strong, b, dfn') && IS.test(rest);
    return isCommand || isNamed ? [end, end + blank, text.length] : undefined;
  }

  /** `` `vw`, `vh` `` counts as one term. */
  function lastOfTerm(nodes: readonly Node[]): Node {
    let i = 0;
    const tag = (nodes[0] as Element).localName;
    for (let next = i + 2; next < nodes.length; next += 2) {
      const between = nodes[next - 1];
      const other = nodes[next];
      if (!(between instanceof Text) || !BETWEEN.test(between.data)) break;
      if (!(other instanceof Element) || other.localName !== tag) break;
      i = next;
    }
    return nodes[i] as Node;
  }

  function offsetAfter(element: Element, node: Node): number {
    const range = document.createRange();
    range.setStart(element, 0);
    range.setEndAfter(node);
    return range.toString().length;
  }

  function plainSplit(element: Element): Split | undefined {
    if (element.querySelector('ul, ol, pre, table, img, svg, .katex-display')) return undefined;
    const text = element.textContent ?? '';
    const lead = text.length - text.trimStart().length;
    const [, term = '', meaning = ''] = PLAIN.exec(text.trim()) ?? [];
    if (term === '' || /[.!?;,…]/.test(term) || term.split(/\s+/).length > MOST_WORDS) return undefined;
    return [lead + term.length, lead + text.trim().length - meaning.length];
  }

  /** The list below a term that contains its meaning. */
  function nestedTerm(item: Element): Element | undefined {
    const inner = item.querySelector(':scope > :is(ul, ol)');
    if (!inner || item.querySelectorAll('ul, ol').length > 1 || inner.querySelector('pre, table, img'))
      return undefined;
    const own = words(item).length - words(inner).length;
    const [first] = [...item.childNodes].filter((node) => node instanceof Element || words(node) !== '');
    const isTerm =
      first instanceof Element && (first.matches(TERM) || first.matches(`p:has(> :is(${TERM}))`));
    return isTerm && own <= LONGEST_TERM && inner.nextElementSibling === null ? inner : undefined;
  }

  function foldNested(item: Element): void {
    const inner = nestedTerm(item);
    if (!inner) return;
    const meanings = [...inner.children].map((one) => one.innerHTML.trim());
    const marked = inner.querySelector('[data-cheatsheet]');
    if (marked) item.setAttribute('data-cheatsheet', marked.getAttribute('data-cheatsheet') ?? '');
    inner.remove();
    const content = contentOf(item);
    item.replaceChildren(...content);
    const text = item.textContent ?? '';
    const length = text.trimEnd().replace(/[:：]$/, '').length;
    const meaning = document.createElement('span');
    meaning.innerHTML = meanings.join('; ');
    item.append(meaning);
    (item as HTMLElement).dataset.deckhandSplit = `${length} ${text.length}`;
  }

  function words(node: Node): string {
    return (node.textContent ?? '').trim();
  }
}

/**
 * Where a term ends, and where its meaning begins, in letters; a third number if only the meaning of the sentence separates
 * them.
 */
type Split = readonly [end: number, start: number, stop?: number];
