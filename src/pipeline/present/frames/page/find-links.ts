/**
 * Runs inside the page and must stay self-contained. Finds the links with addresses relative to the deck's own file, each
 * once, as they are written.
 */
export function findRelativeLinks(): string[] {
  const notes = [
    ...document.querySelectorAll<HTMLElement>('.deckhand-frame section[data-deckhand-slide][data-notes]'),
  ].map((section) => {
    const template = document.createElement('template');
    template.innerHTML = section.dataset.notes ?? '';
    return template.content;
  });
  const links = [...document.querySelectorAll('.deckhand-frame'), ...notes].flatMap((part) => [
    ...part.querySelectorAll('a, area'),
  ]);
  const hrefs = links.map((link) => link.getAttribute('href') ?? link.getAttribute('xlink:href') ?? '');
  return [...new Set(hrefs.filter(isRelative))];

  function isRelative(href: string): boolean {
    return href.trim() !== '' && !/^\s*(?:#|\/\/|[a-z][a-z\d+.-]*:)/i.test(href);
  }
}
