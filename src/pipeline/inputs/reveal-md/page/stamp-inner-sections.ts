/**
 * Runs inside the page, once Markdown is HTML, and must stay self-contained. A slide with sections in it is a stack of these:
 * each gets the stamp of its own slide. Any further section is a part of its slide: it would tear it in two.
 */
export function stampInnerSections(slides: HTMLElement): void {
  for (const stack of slides.querySelectorAll<HTMLElement>('section[data-deckhand-inner]')) {
    const indexes = stack.dataset.deckhandInner?.split(' ') ?? [];
    delete stack.dataset.deckhandInner;
    const sections = [...stack.children].filter((one): one is HTMLElement => one.localName === 'section');
    if (sections.length !== indexes.length) continue;
    delete stack.dataset.deckhandSlide;
    for (const [i, section] of sections.entries()) section.dataset.deckhandSlide = indexes[i] ?? '';
    // Notes that stand behind all of them are read with the last one.
    for (const notes of stack.querySelectorAll(':scope > aside.notes')) sections.at(-1)?.append(notes);
  }
  for (const inner of slides.querySelectorAll('section[data-deckhand-slide] section')) {
    const part = document.createElement('div');
    for (const { name, value } of inner.attributes) part.setAttribute(name, value);
    part.append(...inner.childNodes);
    inner.replaceWith(part);
  }
}
