/**
 * Runs inside the page, after its slides are fitted, and must stay self-contained. Gives every image, video and embedded page
 * its current size, in pixels and permanently, so that replacing it later moves nothing on its slide.
 */
export function pinPictures(): void {
  const PINNED = 'img, input[type="image"], iframe, video, audio, object, embed, canvas[data-deckhand-embed]';
  for (const section of document.querySelectorAll<HTMLElement>(
    '.deckhand-frame section[data-deckhand-slide]',
  )) {
    for (const image of section.querySelectorAll('image')) pinSvgImage(image);
    const pictures = [...section.querySelectorAll<HTMLElement>(PINNED)];
    if (pictures.length === 0) continue;
    const before = boxesAround(pictures, section);
    const sizes = pictures.map((picture) => {
      const { width, height } = getComputedStyle(picture);
      return { picture, width, height };
    });
    for (const { picture, width, height } of sizes) {
      // `auto`: it is not shown.
      if (width.endsWith('px') && height.endsWith('px')) pin(picture, { width, height });
    }
    hold(before);
  }

  function pin(element: HTMLElement, { width, height }: { width: string; height: string }): void {
    const rules = {
      ...{ width, height },
      ...{ 'max-width': 'none', 'max-height': 'none', 'min-width': '0', 'min-height': '0', flex: 'none' },
    };
    for (const [name, value] of Object.entries(rules)) element.style.setProperty(name, value, 'important');
  }

  /** Without a width or height of its own it would be as large as the pixels of its file. */
  function pinSvgImage(image: SVGImageElement): void {
    const { width, height } = image.getBBox();
    if (width === 0 || height === 0) return;
    if (!image.hasAttribute('width')) image.setAttribute('width', String(width));
    if (!image.hasAttribute('height')) image.setAttribute('height', String(height));
  }

  /** The elements around images, outermost first, and their sizes. */
  function boxesAround(pictures: readonly Element[], section: Element): Map<HTMLElement, Shape> {
    const around = new Set<HTMLElement>();
    for (const picture of pictures) {
      for (let at = picture.parentElement; at && at !== section; at = at.parentElement) {
        // The cells of a table share its width.
        if (at.matches('table'))
          for (const cell of at.querySelectorAll<HTMLElement>('td, th')) around.add(cell);
        around.add(at);
      }
    }
    const inOrder = [...around].sort((a, b) =>
      a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1,
    );
    return new Map(inOrder.map((element) => [element, shapeOf(element)]));
  }

  function shapeOf(element: HTMLElement): Shape {
    const { width, height } = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    return {
      ...{ width, height },
      style: {
        width: style.width,
        height: style.height,
        'grid-template-columns': style.gridTemplateColumns,
        'grid-template-rows': style.gridTemplateRows,
      },
    };
  }

  /**
   * An image with a size in percent needs no space of its own, one with a size in pixels does. Tables, grids and
   * shrink-to-fit boxes around it would change, so they get the sizes that they had.
   */
  function hold(before: ReadonlyMap<HTMLElement, Shape>): void {
    for (const [element, was] of before) {
      const now = element.getBoundingClientRect();
      const style = getComputedStyle(element);
      if (style.display === 'inline' || style.display === 'contents') continue;
      const wide = Math.abs(now.width - was.width) > 0.05;
      const names = [
        ...(wide ? ['width'] : []),
        ...(!wide && Math.abs(now.height - was.height) > 0.05 ? ['height'] : []),
        ...['grid-template-columns', 'grid-template-rows'].filter(
          (name) => style.getPropertyValue(name) !== was.style[name],
        ),
      ];
      const rules = names.flatMap((name) => [
        [name, was.style[name] ?? ''],
        ...(name === 'width' || name === 'height'
          ? [
              [`min-${name}`, '0'],
              [`max-${name}`, 'none'],
            ]
          : []),
      ]);
      const isFlexItem = /flex/.test(getComputedStyle(element.parentElement ?? element).display);
      if (rules.length > 0 && isFlexItem) rules.push(['flex', 'none']);
      for (const [name = '', value = ''] of rules) element.style.setProperty(name, value, 'important');
      // This does not apply in other documents than those of slides.
      if (rules.length > 0) element.dataset.deckhandHeld = rules.map(([name]) => name).join(' ');
    }
  }
}

interface Shape {
  readonly width: number;
  readonly height: number;
  readonly style: Readonly<Record<string, string>>;
}
