import { PDFArray, PDFDict, PDFName, type PDFObject, type PDFPage, PDFStream } from 'pdf-lib';
import type { Box } from '../../model/model.ts';
import { apply, IDENTITY, type Matrix, multiply } from './matrix.ts';
import { streamText } from './stream-text.ts';

const name = PDFName.of;
const PX_PER_PT = 96 / 72;
/** Operators that paint a path, and those that construct one. ISO 32000-1, 8.5. */
const PAINT = new Set(['f', 'F', 'f*', 'B', 'B*', 'b', 'b*', 'S', 's']);
/** Operators that show text. ISO 32000-1, 9.4.3. */
const SHOWS = /(?:\s|[)\]>])(?:Tj|TJ|'|")$/;
const NUMBERS_OF_PATH: Readonly<Record<string, number>> = { m: 2, l: 2, c: 6, v: 4, y: 4, re: 4 };

/** Lines that affect the positions of images. ISO 32000-1, 8.4.4 and 8.8. */
const PLACES_IMAGES = /^(?:.*[ \t])?(?:q|Q|cm|Do)[ \t\r]*$/gm;

/** The path becomes a clip. ISO 32000-1, 8.5.4. */
const CLIP = new Set(['W', 'W*']);

/** The graphics state that `q` saves and `Q` restores, as far as it matters here. */
interface State {
  readonly matrix: Matrix;
  readonly clip: Box | undefined;
}

const NOWHERE: Box = { x: Number.NEGATIVE_INFINITY, y: Number.NEGATIVE_INFINITY, width: 0, height: 0 };

export interface Drawn {
  /** Raster images, with the objects that contain them. */
  readonly images: readonly DrawnImage[];
  /** All vector graphics, clipped; for text the position where it begins. */
  readonly paths: readonly Box[];
}

export interface DrawnImage extends Box {
  readonly reference: PDFObject | undefined;
}

/**
 * The boxes in which a page draws its images, in CSS pixels from its top left corner. It reads content as Chromium writes it
 * (one operator per line; Skia's PDF backend), so that an image that was lost while printing is noticed as a missing box.
 *
 * @param options.withPaths whether vector graphics are needed, too. They take most of the time.
 */
export function drawnBoxes(page: PDFPage, { withPaths }: { readonly withPaths: boolean }): Drawn {
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
  run(text, page.node.Resources(), { matrix: IDENTITY, clip: undefined }, 0);
  return { images, paths };

  function paint(box: Box, clip: Box | undefined): void {
    const seen = clip ? common(box, clip) : box;
    if (seen) paths.push(seen);
  }

  function run(content: string, resources: PDFDict | undefined, outer: State, depth: number): void {
    const start = outer.matrix;
    let { matrix, clip } = outer;
    let isClip = false;
    const stack: State[] = [];
    let points: [number, number][] = [];
    let text = start;
    const lines = withPaths ? content.split('\n') : (content.match(PLACES_IMAGES) ?? []);
    for (const line of lines) {
      const words = line.trim().split(/\s+/);
      const operator = words.at(-1) ?? '';
      if (CLIP.has(operator) || (operator === 'n' && CLIP.has(words.at(-2) ?? ''))) isClip = true;
      if (operator === 'q') stack.push({ matrix, clip });
      else if (operator === 'Q') ({ matrix, clip } = stack.pop() ?? outer);
      else if (operator === 'cm') matrix = multiply(words.slice(-7, -1).map(Number), matrix);
      else if (operator in NUMBERS_OF_PATH) points.push(...pathPoints(operator, words, matrix));
      else if (operator === 'n' || PAINT.has(operator)) {
        const box = points.length > 0 ? toBox(points) : undefined;
        if (box && operator !== 'n') paint(box, clip);
        // A path becomes a clip after the operator that ends it. ISO 32000-1, 8.5.4.
        if (isClip && box) clip = clip ? (common(box, clip) ?? NOWHERE) : box;
        isClip = false;
        points = [];
      } else if (operator === 'Tm') text = multiply(words.slice(-7, -1).map(Number), IDENTITY);
      else if (SHOWS.test(line)) {
        // Skia sets the position and shows text in one line.
        const [x = 0, y = 0] = words[2] === 'Td' ? words.slice(0, 2).map(Number) : [];
        text = multiply([1, 0, 0, 1, x, y], text);
        paint(toBox([apply(multiply(text, matrix), 0, 0)]), clip);
      } else if (operator === 'Do') draw(words.at(-2) ?? '', resources, { matrix, clip }, depth);
    }
  }

  function draw(operand: string, resources: PDFDict | undefined, state: State, depth: number): void {
    const { matrix, clip } = state;
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
        { matrix: inner, clip },
        depth + 1,
      );
    }
  }
}

function common(one: Box, other: Box): Box | undefined {
  const [x, y] = [Math.max(one.x, other.x), Math.max(one.y, other.y)];
  const width = Math.min(one.x + one.width, other.x + other.width) - x;
  const height = Math.min(one.y + one.height, other.y + other.height) - y;
  return width >= 0 && height >= 0 ? { x, y, width, height } : undefined;
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
