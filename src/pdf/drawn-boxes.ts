import { PDFArray, PDFDict, PDFName, type PDFObject, type PDFPage, PDFStream } from 'pdf-lib';
import type { Box } from '../pipeline/model.ts';
import { apply, IDENTITY, type Matrix, multiply } from './matrix.ts';
import { streamText } from './stream-text.ts';

const name = PDFName.of;
const PX_PER_PT = 96 / 72;
/** Operators that paint a path, and those that shape one. ISO 32000-1, 8.5. */
const PAINT = new Set(['f', 'F', 'f*', 'B', 'B*', 'b', 'b*', 'S', 's']);
/** Operators that show text. ISO 32000-1, 9.4.3. */
const SHOWS = /(?:\s|[)\]>])(?:Tj|TJ|'|")$/;
const NUMBERS_OF_PATH: Readonly<Record<string, number>> = { m: 2, l: 2, c: 6, v: 4, y: 4, re: 4 };

export interface Drawn {
  /** Raster pictures, with the objects that hold them. */
  readonly images: readonly DrawnImage[];
  /** Everything painted as vectors; of texts where they begin. */
  readonly paths: readonly Box[];
}

export interface DrawnImage extends Box {
  readonly reference: PDFObject | undefined;
}

/**
 * Where a page draws its pictures, in CSS pixels from its top left corner. Reads the content as Chromium writes it (one
 * operator a line; Skia's PDF backend), so that a picture lost while printing shows as a box that isn't there.
 */
export function drawnBoxes(page: PDFPage): Drawn {
  const images: DrawnImage[] = [];
  const paths: Box[] = [];
  const height = page.getHeight();
  const toBox = (points: readonly (readonly [number, number])[]): Box => {
    const xs = points.map(([x]) => x * PX_PER_PT);
    const ys = points.map(([, y]) => (height - y) * PX_PER_PT);
    const [x, y] = [Math.min(...xs), Math.min(...ys)];
    return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
  };
  const contents = page.node.Contents();
  const streams = contents instanceof PDFArray ? contents.asArray() : [contents];
  const text = streams.map((one) => streamText(page.node.context.lookup(one))).join('\n');
  run(text, page.node.Resources(), IDENTITY, 0);
  return { images, paths };

  function run(content: string, resources: PDFDict | undefined, start: Matrix, depth: number): void {
    let matrix = start;
    const stack: Matrix[] = [];
    let points: [number, number][] = [];
    let text = start;
    for (const line of content.split('\n')) {
      const words = line.trim().split(/\s+/);
      const operator = words.at(-1) ?? '';
      if (operator === 'q') stack.push(matrix);
      else if (operator === 'Q') matrix = stack.pop() ?? start;
      else if (operator === 'cm') matrix = multiply(words.slice(-7, -1).map(Number), matrix);
      else if (operator in NUMBERS_OF_PATH) points.push(...pathPoints(operator, words, matrix));
      else if (operator === 'n') points = [];
      else if (PAINT.has(operator)) {
        if (points.length > 0) paths.push(toBox(points));
        points = [];
      } else if (operator === 'Tm') text = multiply(words.slice(-7, -1).map(Number), IDENTITY);
      else if (SHOWS.test(line)) {
        // Skia moves and shows in one line.
        const [x = 0, y = 0] = words[2] === 'Td' ? words.slice(0, 2).map(Number) : [];
        text = multiply([1, 0, 0, 1, x, y], text);
        paths.push(toBox([apply(multiply(text, matrix), 0, 0)]));
      } else if (operator === 'Do') draw(words.at(-2) ?? '', resources, matrix, depth);
    }
  }

  function draw(operand: string, resources: PDFDict | undefined, matrix: Matrix, depth: number): void {
    const objects = resources?.lookupMaybe(name('XObject'), PDFDict);
    const reference = objects?.get(name(operand.slice(1)));
    const object = page.node.context.lookup(reference);
    if (!(object instanceof PDFStream)) return;
    if (object.dict.get(name('Subtype')) === name('Image')) {
      const corners = [
        [0, 0],
        [1, 0],
        [0, 1],
        [1, 1],
      ] as const;
      images.push({ ...toBox(corners.map(([x, y]) => apply(matrix, x, y))), reference });
    } else if (depth < 12) {
      const own = object.dict
        .lookupMaybe(name('Matrix'), PDFArray)
        ?.asArray()
        .map((one) => Number(String(one)));
      const inner = own ? multiply(own, matrix) : matrix;
      run(
        streamText(object),
        object.dict.lookupMaybe(name('Resources'), PDFDict) ?? resources,
        inner,
        depth + 1,
      );
    }
  }
}

function pathPoints(operator: string, words: readonly string[], matrix: Matrix): [number, number][] {
  const count = NUMBERS_OF_PATH[operator] ?? 0;
  const numbers = words.slice(-1 - count, -1).map(Number);
  if (operator === 're') {
    const [x = 0, y = 0, width = 0, height = 0] = numbers;
    return [apply(matrix, x, y), apply(matrix, x + width, y + height)];
  }
  const points: [number, number][] = [];
  for (let i = 0; i + 1 < numbers.length; i += 2)
    points.push(apply(matrix, numbers[i] ?? 0, numbers[i + 1] ?? 0));
  return points;
}
