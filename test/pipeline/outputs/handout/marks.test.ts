import { describe, expect, it } from 'vitest';
import type { Box, LaidOutPage, SlideLink } from '../../../../src/model/model.ts';
import { renderMarks } from '../../../../src/pipeline/outputs/handout/marks.ts';
import { laidOutSlide } from '../../../support/sample.ts';

const box = (x: number, y: number, width: number, height: number): Box => ({ x, y, width, height });

const LINE = 40;
/** Lines of letters 20 px apart, each as high as a small letter: a mark fits between two lines, never on one. */
const letters = (lines: number): Box[] =>
  Array.from({ length: lines * 40 }, (_, i) => box((i % 40) * 20, Math.floor(i / 40) * LINE + 18, 16, 14));

function marksFor(links: readonly SlideLink[]): Box[] {
  const page: LaidOutPage = { html: '', pictures: [], painted: [], words: '', links };
  const slide = box(0, 0, 800 * 0.3, 600 * 0.3);
  const cell = { slide, scale: 0.3, caption: slide, notes: slide, ruled: [] };
  const listed = new Map(links.map(({ href }, i) => [href, { number: i + 1, url: href }]));
  const html = renderMarks({ slide: laidOutSlide(), page, wish: { kind: 'usual', scale: 0.3 } }, cell, {
    isRightToLeft: false,
    listed,
    pageOf: () => undefined,
  });
  return [...html.matchAll(/left:([\d.]+)px;top:([\d.]+)px;width:([\d.]+)px;height:([\d.]+)px/g)].map(
    ([, x, y, width, height]) => box(Number(x), Number(y), Number(width), Number(height)),
  );
}

const overlaps = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

describe('numbers of links', () => {
  const near = letters(5);
  const onPaper = near.map(({ x, y, width, height }) => box(x * 0.3, y * 0.3, width * 0.3, height * 0.3));
  const link = (href: string, x: number, y: number): SlideLink => ({
    ...{ href, text: href, near },
    box: box(x, y, 100, LINE),
  });

  it('stand where they cover no letters, in the midst of a text', () => {
    const marks = marksFor([link('https://a.example/', 200, 80)]);
    expect(marks).toHaveLength(1);
    expect(onPaper.filter((letter) => marks.some((mark) => overlaps(mark, letter)))).toEqual([]);
  });

  it('stand at the upper end of a link with nothing around it', () => {
    const [mark] = marksFor([{ ...link('https://a.example/', 200, 80), near: [] }]);
    expect(mark?.x).toBeCloseTo(90);
    expect(mark?.y).toBeLessThan(80 * 0.3 + LINE * 0.3 * 0.5);
  });

  it('do not cover each other', () => {
    const links = ['a', 'b', 'c'].map((name, i) => link(`https://${name}.example/`, 200 + i, 80));
    const marks = marksFor(links);
    const pairs = marks.flatMap((one, i) => marks.slice(i + 1).map((other) => overlaps(one, other)));
    expect(pairs).toEqual([false, false, false]);
  });
});
