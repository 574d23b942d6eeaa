/**
 * Runs inside the page, after Markdown was converted to HTML, and must stay self-contained. A slide that contains sections is
 * a stack of these: each section gets the stamp of its own slide. Other sections are parts of their slide, which a stamp
 * would split.
 */
export function stampInnerSections(slides: HTMLElement): void {
  for (const stack of slides.querySelectorAll<HTMLElement>('section[data-deckhand-inner]')) {
    const indexes = stack.dataset.deckhandInner?.split(' ') ?? [];
    delete stack.dataset.deckhandInner;
    const sections = [...stack.children].filter((one): one is HTMLElement => one.localName === 'section');
    if (sections.length !== indexes.length) continue;
    delete stack.dataset.deckhandSlide;
    for (const [i, section] of sections.entries()) section.dataset.deckhandSlide = indexes[i] ?? '';
    // Notes after the last section are read with that one.
    for (const notes of stack.querySelectorAll(':scope > aside.notes')) sections.at(-1)?.append(notes);
  }
  for (const inner of slides.querySelectorAll('section[data-deckhand-slide] section')) {
    const part = document.createElement('div');
    for (const { name, value } of inner.attributes) part.setAttribute(name, value);
    part.append(...inner.childNodes);
    inner.replaceWith(part);
  }
}
