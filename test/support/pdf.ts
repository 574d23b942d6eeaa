import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { getDocument, OPS } from './pdfjs.ts';
import { numberedByPage, taggedContent } from './structure-types.ts';

export interface PdfPage {
  readonly text: string;
  /** URLs of its links. */
  readonly links: readonly string[];
  /** Pages, from 0, that its internal links lead to. */
  readonly jumps: readonly number[];
  /** Raster pictures painted. */
  readonly pictures: number;
  readonly isBlank: boolean;
  readonly widthPt: number;
  readonly heightPt: number;
}

/** Reads a PDF with pdf.js, which shares no code with what wrote it. */
export async function readPdf(bytes: Uint8Array): Promise<PdfPage[]> {
  return withPdf(bytes, async (document) => {
    const pages: PdfPage[] = [];
    for (let i = 1; i <= document.numPages; i++)
      pages.push(await readPage(document, await document.getPage(i)));
    return pages;
  });
}

/** The outline's titles, indented by depth. */
export async function readOutline(bytes: Uint8Array): Promise<string[]> {
  return withPdf(bytes, async (document) => {
    const lines: string[] = [];
    const walk = (items: Awaited<ReturnType<typeof document.getOutline>>, depth: number): void => {
      for (const item of items ?? []) {
        lines.push('  '.repeat(depth) + item.title);
        walk(item.items, depth + 1);
      }
    };
    walk(await document.getOutline(), 0);
    return lines;
  });
}

/** What viewers call its pages; none where they are counted. */
export async function readPageLabels(bytes: Uint8Array): Promise<readonly string[] | null> {
  return withPdf(bytes, (document) => document.getPageLabels());
}

/** What is tagged, in the order in which the structure has it. */
export async function readTagged(bytes: Uint8Array): Promise<string> {
  const order = await taggedContent(bytes);
  return withPdf(await numberedByPage(bytes), async (document) => {
    const pages: Map<number, string>[] = [];
    for (let i = 1; i <= document.numPages; i++) pages.push(await textsByContent(await document.getPage(i)));
    return order.map(({ page, id }) => pages[page]?.get(id) ?? '').join(' ');
  });
}

async function textsByContent(page: PDFPageProxy): Promise<Map<number, string>> {
  const content = await page.getTextContent({ includeMarkedContent: true });
  const texts = new Map<number, string>();
  const open: (number | undefined)[] = [];
  for (const item of content.items) {
    if ('str' in item) {
      const id = open.findLast((one) => one !== undefined);
      if (id !== undefined) texts.set(id, (texts.get(id) ?? '') + item.str + (item.hasEOL ? ' ' : ''));
    } else if (item.type === 'endMarkedContent') open.pop();
    else open.push(item.id ? Number(/\d+$/.exec(item.id)?.[0]) : undefined);
  }
  return texts;
}

export async function withPdf<T>(
  bytes: Uint8Array,
  use: (document: PDFDocumentProxy) => Promise<T>,
): Promise<T> {
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: 0 });
  try {
    return await use(await task.promise);
  } finally {
    await task.destroy();
  }
}

async function readPage(document: PDFDocumentProxy, page: PDFPageProxy): Promise<PdfPage> {
  const content = await page.getTextContent();
  const text = content.items
    .map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : ''))
    .join('');
  const annotations = await page.getAnnotations();
  const { fnArray } = await page.getOperatorList();
  const [, , right = 0, top = 0] = page.view;
  return {
    text,
    links: annotations.flatMap((one) =>
      (one.unsafeUrl ?? one.url) ? [String(one.unsafeUrl ?? one.url)] : [],
    ),
    jumps: await Promise.all(annotations.flatMap((one) => (one.dest ? [pageOf(document, one.dest)] : []))),
    pictures: fnArray.filter((op) => PICTURE_OPS.has(op)).length,
    isBlank: text.trim() === '' && !fnArray.some((op) => PICTURE_OPS.has(op) || op === OPS.constructPath),
    widthPt: right,
    heightPt: top,
  };
}

const PICTURE_OPS = new Set([OPS.paintImageXObject, OPS.paintInlineImageXObject, OPS.paintImageMaskXObject]);

async function pageOf(document: PDFDocumentProxy, dest: unknown): Promise<number> {
  const explicit = typeof dest === 'string' ? await document.getDestination(dest) : (dest as unknown[]);
  const target = explicit?.[0];
  return typeof target === 'object' && target ? document.getPageIndex(target as never) : -1;
}
