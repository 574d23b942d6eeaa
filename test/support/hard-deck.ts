import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, publishedOutputs } from '../../src/index.ts';
import { madeOnce } from './kept.ts';
import { readPdf } from './pdf.ts';
import { sharedPorts } from './shared-browser.ts';
import { drawPages } from './viewer.ts';

const HARD = fileURLToPath(new URL('../fixtures/hard', import.meta.url));

/** Of its slides. */
export const HARD_SIZE = { widthPx: 1120, heightPx: 700 };
/** Pixels for each of them in its drawn pages. */
export const HARD_DENSITY = 2;

/** The deck of `test/fixtures/hard`, built, with all pages of its slides drawn at full size. */
export interface HardDeck {
  readonly slidesFile: string;
  readonly handoutFile: string;
  /** As PNG. */
  readonly drawnPages: readonly Uint8Array[];
}

/** To build and draw it takes seconds: that is done once for a test run. `folder` gets its project. */
export async function hardDeck(folder: string): Promise<HardDeck> {
  const { files, pages } = await madeOnce(folder, 'the hard deck and its drawn pages', make);
  const [slidesFile = '', handoutFile = ''] = files;
  const drawn = Array.from({ length: pages }, (_, index) => readFile(drawnFile(folder, index)));
  return { slidesFile, handoutFile, drawnPages: await Promise.all(drawn) };
}

async function make(folder: string): Promise<{ readonly files: string[]; readonly pages: number }> {
  await cp(HARD, folder, { recursive: true });
  const report = await build(
    { decks: ['decks/hard.md'], only: ['slides', 'handout'], offline: true },
    { cwd: folder, ...sharedPorts() },
  );
  const made = report.decks.flatMap(publishedOutputs);
  const files = ['slides', 'handout'].map((kind) => {
    const output = made.find((one) => one.kind === kind);
    if (!output) throw new Error(JSON.stringify(report.decks));
    return join(folder, 'output', output.file);
  });
  const slides = await readFile(files[0] ?? '');
  const pages = (await readPdf(slides)).length;
  const widthPx = HARD_SIZE.widthPx * HARD_DENSITY;
  const drawn = await drawPages(slides, [...Array(pages).keys()], { widthPx });
  await mkdir(join(folder, 'drawn'));
  await Promise.all(drawn.map((png, index) => writeFile(drawnFile(folder, index), png)));
  return { files, pages };
}

function drawnFile(folder: string, index: number): string {
  return join(folder, 'drawn', `${index}.png`);
}
