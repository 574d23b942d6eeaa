import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { withPdf } from './pdf.ts';
import { OPS } from './pdfjs.ts';

/** In CSS pixels from the top left corner of the page. */
export interface PlacedBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface PlacedText extends PlacedBox {
  readonly text: string;
}

export interface PlacedLink extends PlacedBox {
  readonly url: string | undefined;
}

export interface PdfLayout {
  readonly width: number;
  readonly height: number;
  readonly texts: readonly PlacedText[];
  /** Raster pictures. */
  readonly pictures: readonly PlacedBox[];
  readonly links: readonly PlacedLink[];
  /** Color at a point of the page given in fractions of its width and height, as `#rrggbb`. */
  colorAt(x: number, y: number): string;
}

const PX_PER_PT = 96 / 72;

/**
 * Where texts, pictures and links are on each page, and the colors that a viewer shows there. Colors take a tenth of
 * a second a page, and can be left out.
 */
export async function readLayout(bytes: Uint8Array, { colors = true } = {}): Promise<PdfLayout[]> {
  return withPdf(bytes, async (document) => {
    const pages: PdfLayout[] = [];
    for (let i = 1; i <= document.numPages; i++)
      pages.push(await readPage(document, await document.getPage(i), colors));
    return pages;
  });
}

/** One page with its colors, by its number. */
export async function readPaintedPage(bytes: Uint8Array, number: number): Promise<PdfLayout> {
  return withPdf(bytes, async (document) => readPage(document, await document.getPage(number), true));
}

async function readPage(document: PDFDocumentProxy, page: PDFPageProxy, colors: boolean): Promise<PdfLayout> {
  const [, , right = 0, top = 0] = page.view;
  const [width, height] = [right * PX_PER_PT, top * PX_PER_PT];
  const toBox = (points: readonly (readonly [number, number])[]): PlacedBox => {
    const xs = points.map(([x]) => x * PX_PER_PT);
    const ys = points.map(([, y]) => height - y * PX_PER_PT);
    return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
  };
  const { items } = await page.getTextContent();
  const texts = items.flatMap((item): PlacedText[] => {
    if (!('str' in item) || item.str.trim() === '') return [];
    const [, , c = 0, d = 0, x = 0, y = 0] = item.transform as number[];
    // From the baseline to the height of an ascender, along the direction the text stands in.
    const size = Math.hypot(c, d) || 1;
    const box = toBox([
      [x, y],
      [x + item.width, y + (d / size) * item.height * 0.7],
    ]);
    return [{ text: item.str, ...box }];
  });
  const links = (await page.getAnnotations())
    .filter((one) => one.subtype === 'Link')
    .map((one) => {
      const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = one.rect as number[];
      const box = toBox([
        [x1, y1],
        [x2, y2],
      ]);
      return { url: (one.unsafeUrl ?? one.url) as string | undefined, ...box };
    });
  const colorAt = colors ? await paint(document, page) : notPainted;
  return { width, height, texts, pictures: await pictureBoxes(page, toBox), links, colorAt };
}

/** Or a test that compares colors would find them the same. */
function notPainted(): never {
  throw new Error('the page was read without its colours');
}

type Matrix = readonly [number, number, number, number, number, number];

async function pictureBoxes(
  page: PDFPageProxy,
  toBox: (points: readonly (readonly [number, number])[]) => PlacedBox,
): Promise<PlacedBox[]> {
  const { fnArray, argsArray } = await page.getOperatorList();
  const boxes: PlacedBox[] = [];
  const stack: Matrix[] = [];
  let matrix: Matrix = [1, 0, 0, 1, 0, 0];
  fnArray.forEach((op, i) => {
    if (op === OPS.save || op === OPS.paintFormXObjectBegin) stack.push(matrix);
    if (op === OPS.restore || op === OPS.paintFormXObjectEnd) matrix = stack.pop() ?? matrix;
    if (op === OPS.transform) matrix = multiply(argsArray[i] as number[], matrix);
    const own = op === OPS.paintFormXObjectBegin ? (argsArray[i] as [number[] | null])[0] : null;
    if (own) matrix = multiply(own, matrix);
    if (op === OPS.paintImageXObject || op === OPS.paintInlineImageXObject)
      boxes.push(toBox([apply(matrix, 0, 0), apply(matrix, 1, 0), apply(matrix, 0, 1), apply(matrix, 1, 1)]));
  });
  return boxes;
}

function multiply(numbers: ArrayLike<number>, [a, b, c, d, e, f]: Matrix): Matrix {
  const [A = 1, B = 0, C = 0, D = 1, E = 0, F = 0] = Array.from(numbers);
  return [A * a + B * c, A * b + B * d, C * a + D * c, C * b + D * d, E * a + F * c + e, E * b + F * d + f];
}

function apply([a, b, c, d, e, f]: Matrix, x: number, y: number): [number, number] {
  return [a * x + c * y + e, b * x + d * y + f];
}

interface Canvas {
  readonly canvas: HTMLCanvasElement;
  readonly context: CanvasRenderingContext2D;
}

async function paint(document: PDFDocumentProxy, page: PDFPageProxy): Promise<PdfLayout['colorAt']> {
  const viewport = page.getViewport({ scale: 1 });
  const [width, height] = [Math.floor(viewport.width), Math.floor(viewport.height)];
  const factory = document.canvasFactory as { create(width: number, height: number): Canvas };
  const { canvas, context } = factory.create(width, height);
  await page.render({ canvas, canvasContext: context, viewport }).promise;
  const { data } = context.getImageData(0, 0, width, height);
  return (x, y) => {
    const at = 4 * (Math.floor(y * (height - 1)) * width + Math.floor(x * (width - 1)));
    const hex = [...data.subarray(at, at + 3)].map((one) => one.toString(16).padStart(2, '0'));
    return `#${hex.join('')}`;
  };
}
