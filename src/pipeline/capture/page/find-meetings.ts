import type { Meeting, Thing } from '../../../model/model.ts';

/**
 * Runs inside a document of sheets, and must stay self-contained. Finds things that overlap, or exceed their sheet, from the
 * positions of their text and images instead of their boxes.
 */
export function findMeetings(things: readonly Thing[]): Meeting[] {
  /** How far descenders reach into the line below. */
  const TOLERANCE_PX = 1.5;
  interface Found {
    readonly name: string;
    readonly box: DOMRect;
  }
  return [...document.querySelectorAll<HTMLElement>('.sheet')].flatMap((sheet, i) => {
    const page = sheet.getBoundingClientRect();
    const found = things.flatMap((thing) =>
      [...sheet.querySelectorAll<HTMLElement>(thing.selector)].flatMap((element): Found[] => {
        const box = inkOf(element);
        return box ? [{ name: thing.name, box }] : [];
      }),
    );
    const left = found
      .filter(({ box }) => !contains(page, box))
      .map(({ name }) => [name, 'the edge'] as const);
    const met = found.flatMap((one, at) =>
      found
        .slice(at + 1)
        .flatMap((other) => (meet(one.box, other.box) ? [[one.name, other.name] as const] : [])),
    );
    const pairs = new Map([...left, ...met].map((names) => [names.join(' '), names]));
    return [...pairs.values()].map((names) => ({ sheet: i, names }));
  });

  /** The box around the visible part of an element. */
  function inkOf(element: HTMLElement): DOMRect | undefined {
    const boxes = boxesOf(element).filter(({ width, height }) => width > 0 && height > 0);
    if (element.childNodes.length === 0) return element.getBoundingClientRect();
    if (boxes.length === 0) return undefined;
    const [x, y] = [Math.min(...boxes.map((box) => box.left)), Math.min(...boxes.map((box) => box.top))];
    const right = Math.max(...boxes.map((box) => box.right));
    const bottom = Math.max(...boxes.map((box) => box.bottom));
    return new DOMRect(x, y, right - x, bottom - y);
  }

  /** Lines of text, images, and elements that clip their content. */
  function boxesOf(element: Element): DOMRect[] {
    const isWhole = element.matches('img, svg') || getComputedStyle(element).overflowX !== 'visible';
    if (isWhole) return [element.getBoundingClientRect()];
    return [...element.childNodes].flatMap((node) => {
      if (node instanceof Element) return boxesOf(node);
      if (!(node instanceof Text) || node.data.trim() === '') return [];
      return linesOf(node, getComputedStyle(element).whiteSpaceCollapse === 'preserve');
    });
  }

  /** White space that is kept hangs over the end of lines, so there only words count. */
  function linesOf(text: Text, keepsSpace: boolean): DOMRect[] {
    const parts = keepsSpace ? [...text.data.matchAll(/\S+/g)] : [{ 0: text.data, index: 0 }];
    return parts.flatMap(({ 0: { length }, index }) => {
      const range = document.createRange();
      range.setStart(text, index);
      range.setEnd(text, index + length);
      return [...range.getClientRects()];
    });
  }

  function contains(page: DOMRect, box: DOMRect): boolean {
    return (
      box.left >= page.left - TOLERANCE_PX &&
      box.right <= page.right + TOLERANCE_PX &&
      box.top >= page.top - TOLERANCE_PX &&
      box.bottom <= page.bottom + TOLERANCE_PX
    );
  }

  function meet(a: DOMRect, b: DOMRect): boolean {
    const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    // Overlaps thinner than a line do not count.
    const enough = (one: number, other: number): number => Math.min(TOLERANCE_PX, one / 2, other / 2);
    return width > enough(a.width, b.width) && height > enough(a.height, b.height);
  }
}
