/**
 * Runs inside the page, after `plan-parts.ts`, and must stay self-contained. Makes one page for each part of a slide that was
 * divided (`data-deckhand-part`, from 1), each with its content and the slide's heading, which from the second page on has
 * the number of the part: `(2/3)`. Without a heading, the number stands alone.
 */
export async function continueSlides(): Promise<void> {
  const pages = [...document.querySelectorAll<HTMLElement>('.deckhand-frame')];
  const pictures: HTMLImageElement[] = [];
  for (const page of pages) {
    const placed = [...page.querySelectorAll<HTMLElement>('[data-deckhand-at]')];
    if (placed.length === 0) continue;
    const count = Math.max(...placed.map(partOf));
    const holders = holdersOf(placed, page);
    for (let part = 1; part <= count; part++) {
      // A step of a slide may not show it yet.
      if (part > 1 && !placed.some((one) => partOf(one) === part && isSeen(one))) continue;
      page.before(makePart(page, part, count, holders));
    }
    page.remove();
  }
  await Promise.all(pictures.map((picture) => picture.decode().catch(() => undefined)));

  function partOf(element: Element | undefined): number {
    return Number((element as HTMLElement | undefined)?.dataset.deckhandAt ?? 0);
  }

  function isSeen(element: HTMLElement): boolean {
    return element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  }

  /** The ancestors of elements with a part: they are on the pages of these elements. */
  function holdersOf(placed: readonly HTMLElement[], page: HTMLElement): ReadonlySet<Element> {
    const holders = new Set<Element>();
    for (const one of placed) {
      let at = one.parentElement;
      while (at && at.parentElement !== page) {
        holders.add(at);
        at = at.parentElement;
      }
    }
    return holders;
  }

  function makePart(
    page: HTMLElement,
    part: number,
    count: number,
    holders: ReadonlySet<Element>,
  ): HTMLElement {
    const copy = page.cloneNode(true) as HTMLElement;
    const originals = [...page.querySelectorAll<HTMLElement>('*')];
    const copies = [...copy.querySelectorAll<HTMLElement>('*')];
    copies.forEach((one, i) => {
      const original = originals[i];
      if (original?.matches('li') && holders.has(original) && firstPartIn(original) < part)
        one.style.setProperty('list-style', 'none');
    });
    for (const one of copies) {
      const isElsewhere = one.dataset.deckhandAt !== undefined && partOf(one) !== part;
      if (isElsewhere && one.dataset.deckhandRepeated === undefined) one.remove();
    }
    const kept = '[data-deckhand-at], [data-deckhand-repeated]';
    copies.forEach((one, i) => {
      const original = originals[i];
      if (original && holders.has(original) && !one.querySelector(kept)) one.remove();
    });
    for (const notes of copy.querySelectorAll('aside.notes')) notes.remove();
    if (part > 1) addNumber(copy, `(${part}/${count})`);
    for (const one of copies) {
      delete one.dataset.deckhandAt;
      delete one.dataset.deckhandRepeated;
    }
    copy.dataset.deckhandPart = String(part);
    pictures.push(...copy.querySelectorAll('img'));
    return copy;
  }

  function firstPartIn(item: Element): number {
    return Math.min(...[...item.querySelectorAll('[data-deckhand-at]')].map(partOf));
  }

  function addNumber(page: HTMLElement, number: string): void {
    const heading = page.querySelector('[data-deckhand-repeated]');
    const words = document.createElement('bdi');
    words.dir = 'ltr';
    words.textContent = number;
    if (heading) {
      heading.append(' ', words);
      return;
    }
    const line = document.createElement('p');
    line.className = 'deckhand-continued';
    line.append(words);
    page.querySelector('section[data-deckhand-slide]')?.prepend(line);
  }
}
