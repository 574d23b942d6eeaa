/**
 * Holds a printed deck against what the browser shows: every word, link and picture of every slide must be on its page.
 *
 *   npx tsx scripts/check-deck.ts decks/containers.md output/containers/containers-slides.pdf
 *
 * It asks reveal.js's own print view, before Deckhand has touched it, and reads the PDF with another library than the
 * one that wrote it, so that no mistake of ours can hide itself. Exits with 1 where anything is missing.
 */
import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { Page } from 'puppeteer';
import { findBrowser } from '../src/browser/find.ts';
import { prepareFonts } from '../src/browser/fonts.ts';
import { serveThrough } from '../src/browser/gateway.ts';
import { sandboxDecision } from '../src/browser/sandbox.ts';
import { withBrowserSession } from '../src/browser/session.ts';
import { cacheRoot } from '../src/cache-root.ts';
import { readDeck } from '../src/pipeline/read.ts';
import { renderSite, type Site } from '../src/pipeline/render.ts';
import { serveFile } from '../src/pipeline/serve.ts';
import { type PdfPage, readPdf } from '../test/support/pdf.ts';

interface ShownSlide {
  readonly number: string;
  readonly words: readonly string[];
  readonly links: readonly string[];
  /** URLs of the raster ones: a vector picture is lines and text like any other in a PDF. */
  readonly pictures: readonly string[];
}

async function shownSlides(deckFile: string): Promise<ShownSlide[]> {
  const file = resolve(deckFile);
  const source = { path: deckFile, file, outputName: basename(file, '.md') };
  const { value: deck } = await readDeck(source, {});
  const site = renderSite(deck, { fragments: 'final' });
  const cacheDir = cacheRoot(process.env);
  const prepare = async () => ({
    found: await findBrowser({ env: process.env, cacheDir, offline: true }),
    fontconfigFile: (await prepareFonts({ cacheDir })).fontconfigFile,
    env: process.env,
    sandbox: sandboxDecision({ requested: true, env: process.env, uid: process.getuid?.() }).sandbox,
  });
  return withBrowserSession(prepare, (session) =>
    session.withPage(async (page) => {
      await page.setViewport({ width: deck.size.widthPx, height: deck.size.heightPx });
      await serveThrough(page, async (request) =>
        request.url === site.url ? { type: 'text/html', bytes: site.html } : serveFile(request, deck),
      );
      return slidesInPage(page, site);
    }),
  );
}

async function slidesInPage(page: Page, site: Site): Promise<ShownSlide[]> {
  await page.goto(site.url);
  await page.waitForSelector('html[data-deckhand-ready]');
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('.pdf-page > section')].map((section, i) => ({
      number: section.parentElement?.querySelector('.slide-number-pdf')?.textContent ?? String(i + 1),
      words: section.innerText.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== ''),
      links: [...section.querySelectorAll<HTMLAnchorElement>('a[href^="http"]')].map((link) => link.href),
      pictures: [...section.querySelectorAll('img')]
        .map((picture) => picture.src)
        .filter((src) => !/\.svg$/.test(src)),
    })),
  );
}

function complaints(slide: ShownSlide, page: PdfPage | undefined): string[] {
  if (!page) return ['has no page'];
  const text = fold(page.text);
  const missing = slide.words.filter((word) => !text.includes(fold(word)));
  // A picture that could not be had is a card with its address.
  const pictures = slide.pictures.filter((url) => !text.includes(fold(url)));
  const lost = slide.links.filter((link) => !page.links.includes(link));
  return [
    ...(missing.length > 0 ? [`words missing: ${missing.join(' ')}`] : []),
    ...(lost.length > 0 ? [`links missing: ${lost.join(' ')}`] : []),
    ...(page.pictures < pictures.length ? [`${page.pictures} of ${pictures.length} pictures drawn`] : []),
    ...(page.isBlank ? ['is blank'] : []),
  ];
}

/** A long word may be broken over lines, and a font may join its letters. */
function fold(text: string): string {
  return text.normalize('NFKC').replace(/[\s\u00ad\u200b]+/g, '');
}

const [deckFile, pdfFile] = process.argv.slice(2);
if (!deckFile || !pdfFile) throw new Error('usage: tsx scripts/check-deck.ts DECK.md SLIDES.pdf');
const slides = await shownSlides(deckFile);
const pages = await readPdf(await readFile(pdfFile));
let found = slides.length === pages.length ? 0 : 1;
console.log(`${slides.length} slides, ${pages.length} pages`);
slides.forEach((slide, i) => {
  for (const complaint of complaints(slide, pages[i])) {
    found += 1;
    console.log(`page ${i + 1}: ${complaint}`);
  }
});
const words = slides.flatMap((slide) => slide.words).length;
const pictures = slides.flatMap((slide) => slide.pictures).length;
const links = slides.flatMap((slide) => slide.links).length;
console.log(`${words} words, ${links} links, ${pictures} pictures looked for; ${found} complaints`);
process.exitCode = found > 0 ? 1 : 0;
