/**
 * Compares a printed deck to what the browser shows: every word, link and image of every slide must be on its pages.
 *
 *   npx tsx scripts/check-deck.ts decks/containers.md output/containers/containers-slides.pdf
 *
 * It reads the live presentation, slide by slide, before Deckhand captures anything, and reads the PDF with another library
 * than the one that wrote it, so that no mistake of ours can hide itself. Remote images are not fetched. Exits with 1 if
 * anything is missing.
 */
import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { Page } from 'puppeteer';
import { localizeDeck } from '../src/pipeline/localize/localize.ts';
import { projectLock } from '../src/pipeline/localize/project-lock.ts';
import { withRunPorts } from '../src/pipeline/ports.ts';
import { readDeck } from '../src/pipeline/read/read-deck.ts';
import { resolveSettings } from '../src/settings/settings.ts';
import { forEachLiveSlide } from '../test/support/live.ts';
import { type PdfPage, readPageLabels, readPdf } from '../test/support/pdf.ts';

interface ShownSlide {
  readonly words: readonly string[];
  readonly links: readonly string[];
  /** URLs of the raster images: a vector image is lines and text like others in a PDF. */
  readonly pictures: readonly string[];
}

async function shownSlides(deckFile: string): Promise<ShownSlide[]> {
  const file = resolve(deckFile);
  const source = { path: deckFile, file, outputName: basename(file, '.md') };
  const { value: deck } = await readDeck(source, {});
  const settings = resolveSettings({ flags: { offline: true }, env: process.env });
  return withRunPorts(settings, {}, async ({ session, images }) => {
    const resources = localizeDeck(deck, images, await projectLock(deck));
    return forEachLiveSlide(deck, resources, session, shownSlide);
  });
}

/** The content of a slide in its final state. */
function shownSlide(page: Page, index: number): Promise<ShownSlide> {
  return page.evaluate((at) => {
    const { Reveal } = globalThis as unknown as {
      Reveal: {
        getIndices(slide: HTMLElement): { h: number; v?: number };
        slide(h: number, v: number, f: number): void;
      };
    };
    const section = document.querySelectorAll<HTMLElement>('.slides section:not(.stack)')[at] as HTMLElement;
    const { h, v } = Reveal.getIndices(section);
    Reveal.slide(h, v ?? 0, 999);
    return {
      words: section.innerText.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== ''),
      links: [...section.querySelectorAll<HTMLAnchorElement>('a[href^="http"]')].map((link) => link.href),
      pictures: [...section.querySelectorAll('img')]
        .map((picture) => picture.src)
        .filter((src) => !/\.svg$/.test(src)),
    };
  }, index);
}

/** The pages of each slide together: a continued slide has several, labeled `4`, `4 (2)` and so on. */
async function pagesOfSlides(pdf: Uint8Array): Promise<PdfPage[]> {
  const labels = (await readPageLabels(pdf)) ?? [];
  const slides: PdfPage[] = [];
  for (const [i, page] of (await readPdf(pdf)).entries()) {
    const first = slides.at(-1);
    if (!first || !/ \(\d+\)$/.test(labels[i] ?? '')) slides.push(page);
    else
      slides[slides.length - 1] = {
        ...first,
        text: `${first.text}\n${page.text}`,
        links: [...first.links, ...page.links],
        pictures: first.pictures + page.pictures,
        isBlank: first.isBlank || page.isBlank,
      };
  }
  return slides;
}

function complaints(slide: ShownSlide, page: PdfPage | undefined): string[] {
  if (!page) return ['has no page'];
  const text = fold(page.text);
  const missing = slide.words.filter((word) => !text.includes(fold(word)));
  // A missing image is a card with its address.
  const pictures = slide.pictures.filter((url) => !text.includes(fold(url)));
  const lost = slide.links.filter((link) => !page.links.includes(link));
  return [
    ...(missing.length > 0 ? [`words missing: ${missing.join(' ')}`] : []),
    ...(lost.length > 0 ? [`links missing: ${lost.join(' ')}`] : []),
    ...(page.pictures < pictures.length ? [`${page.pictures} of ${pictures.length} pictures drawn`] : []),
    ...(page.isBlank ? ['is blank'] : []),
  ];
}

/** A long word may be broken, and a font may join its letters. */
function fold(text: string): string {
  return text.normalize('NFKC').replace(/[\s\u00ad\u200b]+/g, '');
}

const [deckFile, pdfFile] = process.argv.slice(2);
if (!deckFile || !pdfFile) throw new Error('usage: tsx scripts/check-deck.ts DECK.md SLIDES.pdf');
const slides = await shownSlides(deckFile);
const pages = await pagesOfSlides(await readFile(pdfFile));
let found = slides.length === pages.length ? 0 : 1;
console.log(`${slides.length} slides, ${pages.length} with pages`);
slides.forEach((slide, i) => {
  for (const complaint of complaints(slide, pages[i])) {
    found += 1;
    console.log(`slide ${i + 1}: ${complaint}`);
  }
});
const words = slides.flatMap((slide) => slide.words).length;
const pictures = slides.flatMap((slide) => slide.pictures).length;
const links = slides.flatMap((slide) => slide.links).length;
console.log(`${words} words, ${links} links, ${pictures} pictures looked for; ${found} complaints`);
process.exitCode = found > 0 ? 1 : 0;
