import type { Paper } from '../../../../model/model.ts';

/** The `data-handout` marks on the slides of a deck. */
export interface HandoutMarks {
  /** Indexes of the slides that differ between screen and paper. */
  readonly slides: readonly string[];
  /** Marks with invalid values. */
  readonly invalid: readonly InvalidMark[];
  /** Comments that mark less than it seems. */
  readonly narrow: readonly NarrowMark[];
  /** Some content is not on paper, or a gap there. */
  readonly withholds: boolean;
}

export interface InvalidMark {
  /** Index of the slide, as on its section. */
  readonly index: string;
  readonly value: string;
  /** Whether the mark is on the slide itself, not on an element. */
  readonly isSlide: boolean;
}

/** A mark in a comment at the end of a line that only applies to the last element in this line. */
export interface NarrowMark {
  readonly index: string;
  readonly value: string;
  /** The marked words. */
  readonly words: string;
  /** The other words in the line: those between the marked ones and the comment, or else those before them. */
  readonly others: string;
  readonly side: 'before' | 'after';
}

/** The part of the reveal.js API that is used here: https://revealjs.com/api/ */
interface Reveal {
  getSlideBackground(slide: HTMLElement): HTMLElement | undefined;
  getSlidesElement(): HTMLElement;
  layout(): void;
}

/**
 * Runs inside the page of a live presentation, and must stay self-contained. Changes the slides to what the screen shows,
 * without elements marked `data-handout="only"`, or to what paper shows: without those marked `skip`, and with
 * `data-deckhand-gap`, for `leave-gaps.ts`, on those marked `blank`. On a cheatsheet the element's own `data-cheatsheet` counts
 * first.
 *
 * Hidden elements are removed from the page, so neither their words nor their images can get into a file. Each call first
 * restores the page, with the functions in `deckhandUndo`.
 */
export function showFor(view: 'screen' | Paper): HandoutMarks {
  const { Reveal: deck } = globalThis as unknown as { Reveal: Reveal };
  const memory = globalThis as { deckhandUndo?: (() => void)[] };
  for (const undo of (memory.deckhandUndo ?? []).reverse()) undo();
  const undos: (() => void)[] = [];
  memory.deckhandUndo = undos;

  /** Blocks of a cheatsheet: an element inside one is a part of it. */
  const BLOCKS = 'h1, h2, h3, h4, h5, h6, p, pre, table, ul, ol, dl, blockquote, figure';

  const root = deck.getSlidesElement();
  const slides = [...root.querySelectorAll<HTMLElement>('section[data-deckhand-slide]')];
  const all = [...root.querySelectorAll('[data-handout]:not(section)')];
  // The steps of a code block are copies of its code element.
  const marked = [...new Set(all.map((one) => one.closest('pre') ?? one))];
  const marks = {
    slides: differing(),
    invalid: invalidMarks(),
    narrow: narrowMarks(),
    withholds: [...slides, ...marked].some((one) => ['skip', 'blank'].includes(markOf(one))),
  };

  if (view === 'screen') {
    for (const element of marked) if (markOf(element) === 'only') swap(element, document.createComment(''));
    return marks;
  }
  const decided = marked.filter((one) => view === 'handout' || !isKept(one));
  for (const element of marked) if (markOf(element) === 'only') show(element);
  for (const element of decided) {
    const goes = view === 'handout' ? ['skip'] : ['skip', 'only'];
    if (goes.includes(markOf(element))) leaveOut(element);
  }
  for (const element of decided) {
    if (markOf(element) !== 'blank' || !root.contains(element)) continue;
    if (view === 'handout' || isPart(element)) wantGap(element);
    else leaveOut(element);
  }
  if (view === 'handout') for (const slide of slides) if (markOf(slide) === 'blank') leaveBlank(slide);
  // Gaps get the sizes that the elements have in this layout.
  deck.layout();
  return marks;

  function markOf(element: Element): string {
    return attributeOf(element, 'data-handout') ?? '';
  }

  /** Attributes of a code block may be on its code element. */
  function attributeOf(element: Element, name: string): string | undefined {
    const holder =
      element.matches('pre') && !element.hasAttribute(name)
        ? element.querySelector(`code[${name}]`)
        : element;
    return holder?.getAttribute(name)?.trim();
  }

  function differing(): string[] {
    const found = new Set<HTMLElement>();
    for (const element of marked) {
      if (!['skip', 'blank', 'only'].includes(markOf(element))) continue;
      // Elements of a stack beside its slides are shown with each of them.
      for (const slide of slides)
        if (slide.contains(element) || element.closest('section')?.contains(slide)) found.add(slide);
    }
    for (const slide of slides) if (markOf(slide) === 'blank') found.add(slide);
    const withheld = withheldIds();
    for (const slide of withheld.size > 0 ? slides : [])
      if ([...slide.querySelectorAll('[href^="#"]')].some((link) => withheld.has(idIn(link))))
        found.add(slide);
    return [...found].map(indexOf);
  }

  /** Links to these elements lead elsewhere on paper. */
  function withheldIds(): ReadonlySet<string> {
    const withheld = [
      ...marked.filter((one) => ['skip', 'blank'].includes(markOf(one))),
      ...slides.filter((one) => markOf(one) === 'blank').flatMap((slide) => [...slide.children]),
    ];
    return new Set(
      withheld.flatMap((one) => [one, ...one.querySelectorAll('[id]')]).flatMap(({ id }) => id || []),
    );
  }

  function idIn(link: Element): string {
    const name = (link.getAttribute('href') ?? '').replace(/^#\/?/, '');
    try {
      return decodeURIComponent(name);
    } catch {
      return name;
    }
  }

  function invalidMarks(): InvalidMark[] {
    const onSlides = slides
      .filter((slide) => !['', 'skip', 'blank', 'only', 'large'].includes(markOf(slide)))
      .map((slide) => ({ index: indexOf(slide), value: markOf(slide), isSlide: true }));
    const onElements = marked
      .filter((element) => !['skip', 'blank', 'only'].includes(markOf(element)))
      .map((element) => ({ index: indexOf(element), value: markOf(element), isSlide: false }));
    return [...onSlides, ...onElements];
  }

  /** reveal.js empties a comment whose attributes it has applied. */
  function narrowMarks(): NarrowMark[] {
    return marked.flatMap((element) => {
      let after = '';
      let next = element.nextSibling;
      for (; next instanceof Text; next = next.nextSibling) after += next.data;
      const isComment = next instanceof Comment && next.data.trim() === '';
      if (!isComment || getComputedStyle(element).display !== 'inline') return [];
      const side = after.trim() === '' ? 'before' : 'after';
      // A comment directly after an image is meant for the image.
      if (side === 'before' && element.matches('img')) return [];
      const others = (side === 'after' ? after : wordsBefore(element)).trim();
      if (others === '') return [];
      const words = (element.textContent ?? '').trim();
      return [{ index: indexOf(element), value: markOf(element), words, others, side }];
    });
  }

  /** The words before an element in its line. */
  function wordsBefore(element: Element): string {
    let words = '';
    for (let at = element.previousSibling; at; at = at.previousSibling) {
      if (at instanceof Element && (at.matches('br') || getComputedStyle(at).display !== 'inline')) break;
      if (!(at instanceof Comment)) words = `${at.textContent}${words}`;
    }
    return words;
  }

  function indexOf(element: Element): string {
    const slide = element.closest<HTMLElement>('section[data-deckhand-slide]');
    const ofStack = element.closest('section')?.querySelector<HTMLElement>('section[data-deckhand-slide]');
    return (slide ?? ofStack)?.dataset.deckhandSlide ?? '';
  }

  /** Whether the element's own mark puts it on the cheatsheet. */
  function isKept(element: Element): boolean {
    return ['', 'keep', 'only'].includes(attributeOf(element, 'data-cheatsheet') ?? 'none');
  }

  function isPart(element: Element): boolean {
    return !element.matches(BLOCKS) || (element.parentElement?.closest(`section ${BLOCKS}`) ?? null) !== null;
  }

  function swap(element: ChildNode, other: ChildNode): void {
    if (!root.contains(element)) return;
    element.replaceWith(other);
    undos.push(() => other.replaceWith(element));
  }

  /** Authors may hide the element from the screen. There it is removed anyway, so this needs no undo. */
  function show(element: Element): void {
    element.removeAttribute('hidden');
    if (!(element instanceof HTMLElement || element instanceof SVGElement)) return;
    if (getComputedStyle(element).display === 'none')
      element.style.setProperty('display', 'revert', 'important');
  }

  /** `--explain cheatsheet` lists all blocks, so an omitted block is marked instead of removed. */
  function leaveOut(element: Element): void {
    if (view === 'handout' || isPart(element) || element.matches('h1, h2, h3, h4, h5, h6')) {
      swap(element, document.createComment(''));
      return;
    }
    const before = element.getAttribute('data-cheatsheet');
    element.setAttribute('data-cheatsheet', 'skip');
    undos.push(() => {
      if (before === null) element.removeAttribute('data-cheatsheet');
      else element.setAttribute('data-cheatsheet', before);
    });
  }

  function wantGap(element: Element): void {
    element.setAttribute('data-deckhand-gap', '');
    undos.push(() => element.removeAttribute('data-deckhand-gap'));
  }

  /** Only the headings of such a slide remain: speaker notes usually tell what is to be filled in. */
  function leaveBlank(slide: HTMLElement): void {
    for (const child of [...slide.childNodes]) {
      const stays = child instanceof Element && child.matches('h1, h2, h3, h4, h5, h6, script, style');
      const isNotes = child instanceof Element && child.matches('aside.notes');
      if (isNotes || (child instanceof Text && child.data.trim() !== ''))
        swap(child, document.createComment(''));
      else if (child instanceof Element && !stays) wantGap(child);
    }
    for (const name of ['data-notes', 'data-background-video', 'data-background-iframe']) {
      const value = slide.getAttribute(name);
      slide.removeAttribute(name);
      if (value !== null) undos.push(() => slide.setAttribute(name, value));
    }
    const behind = deck.getSlideBackground(slide)?.querySelector<HTMLElement>('.slide-background-content');
    if (!behind) return;
    const style = behind.getAttribute('style') ?? '';
    behind.style.setProperty('background-image', 'none', 'important');
    undos.push(() => behind.setAttribute('style', style));
  }
}
