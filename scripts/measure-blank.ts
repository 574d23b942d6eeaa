/**
 * How much of the paper of handouts is blank: what is farther than 4 mm from everything that is printed. Slides are printed all over,
 * also where their background is white; a line to write on is printed.
 *
 *   npx tsx scripts/measure-blank.ts HANDOUT.pdf... [--max 0.2] [--margin 9]
 *
 * The margin of the paper, in millimeters, is not counted. Pages without a slide, and the last that has one, which nothing may be left
 * for, are not judged. Exits with 1 where a page has more blank paper than --max.
 */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { withPdf } from '../test/support/pdf.ts';
import { OPS } from '../test/support/pdfjs.ts';
import { type RasterPage, rasterise } from '../test/support/raster.ts';

const PPI = 36;
const PX_PER_MM = PPI / 25.4;
const NEAR_MM = 4;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { max: { type: 'string', default: '0.2' }, margin: { type: 'string', default: '9' } },
});
for (const file of positionals) {
  const pdf = await readFile(file);
  const shares = await blankShares(pdf);
  const judged = shares.filter((share) => share !== undefined).slice(0, -1);
  const mean = judged.reduce((sum, share) => sum + share, 0) / judged.length;
  const worst = Math.max(...judged);
  const over = shares.flatMap((share, i) =>
    share !== undefined && share > Number(values.max) && judged.includes(share) ? [i + 1] : [],
  );
  const pages = over.length === 0 ? '' : `  pages over: ${over.join(' ')}`;
  console.log(`${basename(file).padEnd(24)} mean ${percent(mean)}, worst ${percent(worst)}${pages}`);
  if (over.length > 0) process.exitCode = 1;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** Of each page, the share that is blank; none where it has no slide. */
async function blankShares(pdf: Uint8Array): Promise<(number | undefined)[]> {
  const boxes = await withPdf(pdf, async (document) => {
    const found: (readonly Box[])[] = [];
    for (let n = 1; n <= document.numPages; n++) found.push(await slideBoxes(await document.getPage(n)));
    return found;
  });
  const shares: (number | undefined)[] = [];
  for (const [i, slides] of boxes.entries())
    shares.push(slides.length === 0 ? undefined : blankShare(await rasterise(pdf, i + 1, PPI), slides));
  return shares;
}

/** Left, top, right and bottom, in pixels of the raster. */
type Box = readonly [left: number, top: number, right: number, bottom: number];
type Matrix = readonly number[];

/** Slides are forms that are painted on the sheet. */
async function slideBoxes(page: PDFPageProxy): Promise<Box[]> {
  const viewport = page.getViewport({ scale: PPI / 72 });
  const { fnArray, argsArray } = await page.getOperatorList();
  const boxes: Box[] = [];
  const stack: Matrix[] = [];
  let matrix: Matrix = viewport.transform as Matrix;
  let depth = 0;
  fnArray.forEach((op, i) => {
    const args = argsArray[i] as readonly (Matrix | null)[];
    if (op === OPS.save) stack.push(matrix);
    if (op === OPS.restore) matrix = stack.pop() ?? matrix;
    if (op === OPS.transform) matrix = times(matrix, argsArray[i] as Matrix);
    if (op === OPS.paintFormXObjectEnd) {
      depth--;
      matrix = stack.pop() ?? matrix;
    }
    if (op !== OPS.paintFormXObjectBegin) return;
    stack.push(matrix);
    const [own, box] = args;
    if (own) matrix = times(matrix, own);
    if (box && depth === 0) boxes.push(placed(matrix, box));
    depth++;
  });
  return boxes;
}

function times([a = 1, b = 0, c = 0, d = 1, e = 0, f = 0]: Matrix, own: Matrix): Matrix {
  const [A = 1, B = 0, C = 0, D = 1, E = 0, F = 0] = Array.from(own);
  return [a * A + c * B, b * A + d * B, a * C + c * D, b * C + d * D, a * E + c * F + e, b * E + d * F + f];
}

function placed([a = 1, b = 0, c = 0, d = 1, e = 0, f = 0]: Matrix, corners: Matrix): Box {
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = Array.from(corners);
  const xs = [a * x1 + c * y1 + e, a * x2 + c * y2 + e];
  const ys = [b * x1 + d * y1 + f, b * x2 + d * y2 + f];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

function blankShare({ data, width, height }: RasterPage, slides: readonly Box[]): number {
  const isUsed = (x: number, y: number): boolean => {
    const at = 4 * (y * width + x);
    if (Math.min(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0) < 245) return true;
    return slides.some(([left, top, right, bottom]) => x >= left && x <= right && y >= top && y <= bottom);
  };
  const near = Math.round(NEAR_MM * PX_PER_MM);
  const used = new Uint8Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (!isUsed(x, y)) continue;
      for (let j = Math.max(0, y - near); j <= Math.min(height - 1, y + near); j++)
        used.fill(1, j * width + Math.max(0, x - near), j * width + Math.min(width, x + near + 1));
    }
  const margin = Math.round(Number(values.margin) * PX_PER_MM);
  let [blank, all] = [0, 0];
  for (let y = margin; y < height - margin; y++)
    for (let x = margin; x < width - margin; x++) {
      all++;
      if (used[y * width + x] === 0) blank++;
    }
  return blank / all;
}
