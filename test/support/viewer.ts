import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Page } from 'puppeteer';
import sharp from 'sharp';
import { serveThrough } from '../../src/browser/gateway.ts';
import type { BrowserSession } from '../../src/browser/session.ts';
import type { Resource, Size } from '../../src/model/model.ts';
import type { RasterPage } from './raster.ts';
import { sharedSession } from './shared-browser.ts';

const ORIGIN = 'https://viewer.invalid';
const PDFJS = join(dirname(createRequire(import.meta.url).resolve('pdfjs-dist')));

/** Prints a page of HTML; `files` are what it may ask for, by name. */
export async function printHtml(
  html: string,
  files: Readonly<Record<string, Resource>>,
  size: { readonly widthPx: number; readonly heightPx: number },
): Promise<Uint8Array> {
  return withHtml(html, files, (page) =>
    page.pdf({
      width: `${size.widthPx}px`,
      height: `${size.heightPx}px`,
      printBackground: true,
    }),
  );
}

/** Opens a page of HTML, likewise. */
export async function withHtml<T>(
  html: string,
  files: Readonly<Record<string, Resource>>,
  use: (page: Page) => Promise<T>,
): Promise<T> {
  return sharedSession().withPage(async (page) => {
    await open(page, html, async (name) => files[name]);
    return use(page);
  });
}

/**
 * Draws the first page of PDFs as a viewer does: with pdf.js in a browser. In Node it lacks the filters that it needs for
 * soft masks.
 */
export async function drawPdfs(pdfs: readonly Uint8Array[], ppi: number): Promise<RasterPage[]> {
  return sharedSession().withPage(async (page) => {
    await open(page, '<!doctype html>', async (name) => {
      if (name.endsWith('.mjs')) {
        return { type: 'text/javascript', bytes: await readFile(join(PDFJS, name)) };
      }
      const pdf = pdfs[Number.parseInt(name, 10)];
      return pdf && { type: 'application/pdf', bytes: pdf };
    });
    const pages: RasterPage[] = [];
    for (const [i] of pdfs.entries()) pages.push(await draw(page, `${ORIGIN}/${i}.pdf`, ppi));
    return pages;
  });
}

/**
 * Draws pages of one PDF, each as large as a slide, as PNG.
 *
 * @param indices from 0.
 */
export async function drawPages(
  pdf: Uint8Array,
  indices: readonly number[],
  { widthPx }: { readonly widthPx: number },
  session: BrowserSession = sharedSession(),
): Promise<Uint8Array[]> {
  const viewports = indices.map((index) => ({
    index,
    viewport: `{ scale: ${widthPx} / page.getViewport({ scale: 1 }).width }`,
    size: '[viewport.width, viewport.height]',
  }));
  return drawViewports(pdf, viewports, session);
}

/** A part of a page, in CSS pixels from its top left corner. */
export interface PagePart {
  /** Of the page, from 0. */
  readonly index: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

/** Cuts parts out of pages of one PDF, and draws each as large as a slide, as PNG. Nothing is scaled after it is drawn. */
export async function drawParts(
  pdf: Uint8Array,
  parts: readonly PagePart[],
  { widthPx, heightPx }: Size,
  session: BrowserSession = sharedSession(),
): Promise<Uint8Array[]> {
  const viewports = parts.map(({ index, left, top, width }) => {
    const zoom = widthPx / width;
    const [scale, offsetX, offsetY] = [(zoom * 96) / 72, -left * zoom, -top * zoom];
    return {
      index,
      viewport: JSON.stringify({ scale, offsetX, offsetY }),
      size: JSON.stringify([widthPx, heightPx]),
    };
  });
  return drawViewports(pdf, viewports, session);
}

/** What pdf.js draws of a page: its viewport and the size of the canvas, as scripts. */
interface Viewport {
  readonly index: number;
  readonly viewport: string;
  readonly size: string;
}

function drawViewports(
  pdf: Uint8Array,
  viewports: readonly Viewport[],
  session: BrowserSession,
): Promise<Uint8Array[]> {
  return session.withPage(async (page) => {
    await open(page, '<!doctype html>', async (name) => {
      if (name.endsWith('.mjs')) {
        return { type: 'text/javascript', bytes: await readFile(join(PDFJS, name)) };
      }
      return name === 'all.pdf' ? { type: 'application/pdf', bytes: pdf } : undefined;
    });
    await page.evaluate(`(async () => {
      const pdfjs = await import('${ORIGIN}/pdf.mjs');
      pdfjs.GlobalWorkerOptions.workerSrc = '${ORIGIN}/pdf.worker.mjs';
      globalThis.opened = await pdfjs.getDocument({ url: '${ORIGIN}/all.pdf' }).promise;
    })()`);
    const pages: Uint8Array[] = [];
    for (const { index, viewport, size } of viewports) {
      const png = await page.evaluate(`(async () => {
        const page = await globalThis.opened.getPage(${index + 1});
        const viewport = page.getViewport(${viewport});
        const [width, height] = ${size}.map(Math.round);
        const canvas = Object.assign(document.createElement('canvas'), { width, height });
        await page.render({ canvas, viewport }).promise;
        return canvas.toDataURL('image/png').split(',')[1];
      })()`);
      pages.push(Buffer.from(String(png), 'base64'));
    }
    return pages;
  });
}

async function open(
  page: Page,
  html: string,
  serve: (name: string) => Promise<Resource | undefined>,
): Promise<void> {
  await serveThrough(page, async ({ url }) =>
    url === `${ORIGIN}/` ? { type: 'text/html', bytes: html } : serve(url.slice(ORIGIN.length + 1)),
  );
  await page.goto(`${ORIGIN}/`, { waitUntil: 'load' });
}

/** As text, since it names modules of the page that no compiler knows. */
async function draw(page: Page, url: string, ppi: number): Promise<RasterPage> {
  const png = await page.evaluate(`(async () => {
    const pdfjs = await import('${ORIGIN}/pdf.mjs');
    pdfjs.GlobalWorkerOptions.workerSrc = '${ORIGIN}/pdf.worker.mjs';
    const pdf = await pdfjs.getDocument({ url: '${url}' }).promise;
    const first = await pdf.getPage(1);
    const viewport = first.getViewport({ scale: ${ppi / 72} });
    const canvas = Object.assign(document.createElement('canvas'), { width: viewport.width, height: viewport.height });
    await first.render({ canvas, viewport }).promise;
    return canvas.toDataURL('image/png').split(',')[1];
  })()`);
  const { data, info } = await sharp(Buffer.from(String(png), 'base64'))
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data: new Uint8ClampedArray(data), width: info.width, height: info.height };
}
