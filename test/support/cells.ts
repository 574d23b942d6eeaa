import type { PdfLayout, PlacedText } from './pdf-layout.ts';
import type { PagePart } from './viewer.ts';

/** Where a handout shows a page of the slides. */
export interface Cell extends PagePart {
  readonly words: readonly string[];
}

/**
 * Finds the cells of a handout by the words in them: nothing but the two files is asked. Every slide has to show the marker once,
 * and the handout has to show the slides row by row.
 *
 * @param marker words that the theme puts onto every slide.
 */
export function findCells(
  slides: readonly PdfLayout[],
  handout: readonly PdfLayout[],
  marker: string,
): Cell[] {
  const markers = handout.flatMap((page, index) =>
    page.texts
      .filter(({ text }) => text === marker)
      .map((at) => ({ at, index }))
      .sort((one, other) => rowOf(one.at) - rowOf(other.at) || one.at.left - other.at.left),
  );
  if (markers.length !== slides.length)
    throw new Error(`${slides.length} slides, but ${markers.length} cells that show “${marker}”`);
  return slides.map((slide, i) => {
    const { at, index } = markers[i] as (typeof markers)[number];
    const own = slide.texts.find(({ text }) => text === marker);
    if (!own) throw new Error(`slide ${i + 1} does not show “${marker}”`);
    return { ...cellAround(slide, own, handout[index] as PdfLayout, at), index };
  });
}

function rowOf({ bottom }: PlacedText): number {
  return Math.round(bottom);
}

/** From one text to all others that are where they have to be: the least squares of their corners. */
function cellAround(
  slide: PdfLayout,
  own: PlacedText,
  sheet: PdfLayout,
  at: PlacedText,
): Omit<Cell, 'index'> {
  const rough = (at.right - at.left) / (own.right - own.left);
  const near = (text: PlacedText): PlacedText | undefined =>
    sheet.texts.find(
      (other) =>
        other.text === text.text &&
        Math.abs(other.left - (at.left + (text.left - own.left) * rough)) < 2 &&
        Math.abs(other.top - (at.top + (text.top - own.top) * rough)) < 2,
    );
  const pairs = slide.texts.flatMap((text) => {
    const found = near(text);
    return found ? [[text, found] as const] : [];
  });
  const corners = pairs.flatMap(([text, found]) => [
    { from: [text.left, text.top] as const, to: [found.left, found.top] as const },
    { from: [text.right, text.bottom] as const, to: [found.right, found.bottom] as const },
  ]);
  const mean = (numbers: readonly number[]): number =>
    numbers.reduce((one, other) => one + other, 0) / numbers.length;
  const [x, y, toX, toY] = [
    mean(corners.map(({ from }) => from[0])),
    mean(corners.map(({ from }) => from[1])),
    mean(corners.map(({ to }) => to[0])),
    mean(corners.map(({ to }) => to[1])),
  ] as const;
  const along = corners.map(({ from, to }) => (from[0] - x) * (to[0] - toX) + (from[1] - y) * (to[1] - toY));
  const square = corners.map(({ from }) => (from[0] - x) ** 2 + (from[1] - y) ** 2);
  const scale = mean(along) / mean(square);
  return {
    left: toX - x * scale,
    top: toY - y * scale,
    width: slide.width * scale,
    words: pairs.map(([text]) => text.text),
  };
}
