import { withPdf } from './pdf.ts';

/** A page as a viewer shows it: sRGB with alpha, four bytes a pixel, row by row. */
export interface RasterPage {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

interface Canvas {
  readonly canvas: HTMLCanvasElement;
  readonly context: CanvasRenderingContext2D;
}

/**
 * Draws one page of a PDF with pdf.js.
 *
 * @param pageNumber from 1.
 * @param ppi pixels per inch of paper.
 */
export async function rasterise(pdf: Uint8Array, pageNumber: number, ppi: number): Promise<RasterPage> {
  return withPdf(pdf, async (document) => {
    const page = await document.getPage(pageNumber);
    const viewport = page.getViewport({ scale: ppi / 72 });
    const [width, height] = [Math.round(viewport.width), Math.round(viewport.height)];
    const factory = document.canvasFactory as { create(width: number, height: number): Canvas };
    const { canvas, context } = factory.create(width, height);
    await page.render({ canvas, canvasContext: context, viewport }).promise;
    return { data: context.getImageData(0, 0, width, height).data, width, height };
  });
}
