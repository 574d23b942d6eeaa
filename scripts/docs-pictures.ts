/**
 * Makes the pictures that docs/handouts.md and docs/cheatsheets.md show, in docs/pictures, from decks of this repository: the same
 * bytes on the same machine. `npm run check` looks whether all pictures that documents show are there.
 *
 *   npm run docs:pictures [-- NAME...]
 */
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { createViteServer } from 'vitest/node';
import { MOST_PICTURE_BYTES } from './docs/picture-sizes.ts';

/** Some pages of a file that is built with some settings. */
interface Shown {
  readonly deck: string;
  readonly kind: 'handout' | 'cheatsheet';
  readonly settings?: object;
  /** From 1; -1 is the last. */
  readonly pages?: readonly number[];
}

const CONTAINERS = 'decks/containers.md';
/** The same, with a dark theme. */
const DARK = 'decks/dark.md';
const handout = (settings: object, pages: readonly number[] = [1]): Shown => ({
  ...{ deck: CONTAINERS, kind: 'handout', pages },
  // Pictures from the web would be missing on some of its slides.
  settings: { slides: '1-2.1,2.3-3.3,4-6', ...settings },
});
const cheatsheet = (deck: string, settings: object = {}): Shown => ({
  ...{ deck, kind: 'cheatsheet' },
  settings: { cheatsheet: settings },
});

/** What stands side by side on each picture. */
const PICTURES: Readonly<Record<string, readonly Shown[]>> = {
  'handout-per-page': [handout({ perPage: 1 }), handout({ perPage: 2 }), handout({ perPage: 3 })],
  'handout-grids': [handout({ perPage: 4 }), handout({ perPage: 6 }), handout({ perPage: 9 })],
  'handout-notes': [
    handout({ perPage: 1, notes: 'speaker' }),
    handout({ perPage: 2, notes: 'speaker' }),
    handout({ perPage: 3, notes: 'speaker' }),
  ],
  'handout-texts': [handout({ notes: 'only' }), handout({ handout: { form: 'article' } }, [1, 2])],
  'handout-booklet': [handout({ booklet: true, cover: true, perPage: 2 }, [1, 2])],
  'handout-sections': [handout({ sectionStart: 'right', binding: 'long', cover: true }, [1, 3, 5])],
  'handout-links': [
    handout({ perPage: 4 }, [3]),
    { deck: CONTAINERS, kind: 'handout', settings: { perPage: 9, links: 'end' }, pages: [-1] },
  ],
  'handout-ink': ['full', 'save', 'gray'].map((ink) => ({
    ...handout({ ink, perPage: 6, stamp: '{date}, first draft' }),
    deck: DARK,
  })),
  'cheatsheet-three': [cheatsheet('test/cheatsheets/git.md'), cheatsheet('test/cheatsheets/statistics.md')],
  'cheatsheet-columns': [
    cheatsheet(CONTAINERS, { columns: 2, orientation: 'portrait' }),
    cheatsheet('test/cheatsheets/learning.md', { columns: 4 }),
  ],
  'cheatsheet-five': [cheatsheet(CONTAINERS, { columns: 5 })],
};
const WIDTH_PX = 1100;
const TALLEST_PX = 520;
const GAP_PX = 20;
const GROUND = '#dfe3e8';
/** Of the decks, so that the date on the pages stays. */
const SOURCE_DATE_EPOCH = String(Date.UTC(2026, 8, 1) / 1000);

const wanted = process.argv.slice(2);
const server = await createViteServer({ server: { middlewareMode: true, hmr: false }, logLevel: 'error' });
const folder = await mkdtemp(join(tmpdir(), 'deckhand-pictures-'));
const root = join(import.meta.dirname, '..');
try {
  // Loaded as tests are: functions that run inside a page must not be rewritten, as tsx does to keep their names.
  const { build } = await server.ssrLoadModule('/src/index.ts');
  const { rasterise } = await server.ssrLoadModule('/test/support/raster.ts');
  const { readPdf } = await server.ssrLoadModule('/test/support/pdf.ts');
  await writeFile(join(folder, 'package.json'), '{}');
  for (const part of ['decks', 'static', 'test/cheatsheets'])
    await cp(join(root, part), join(folder, part), { recursive: true });
  const light = await readFile(join(root, CONTAINERS), 'utf8');
  await writeFile(join(folder, DARK), light.replace(/^theme: .*$/m, 'theme: black'));
  await mkdir(join(root, 'docs/pictures'), { recursive: true });
  for (const [name, shown] of Object.entries(PICTURES)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const pages: Buffer[] = [];
    for (const { deck, kind, settings, pages: numbers = [1] } of shown) {
      const context = { cwd: folder, env: { ...process.env, SOURCE_DATE_EPOCH } };
      await build({ decks: [deck], only: [kind], offline: true, output: 'out', ...settings }, context);
      const stem = basename(deck, '.md');
      const pdf = await readFile(join(folder, 'out', stem, `${stem}-${kind}.pdf`));
      for (const number of numbers) {
        const page = number < 0 ? (await readPdf(pdf)).length + 1 + number : number;
        const { data, width, height } = await rasterise(pdf, page, 110);
        const image = sharp(Buffer.from(data), { raw: { width, height, channels: 4 } });
        pages.push(await image.flatten({ background: '#fff' }).png().toBuffer());
      }
      await rm(join(folder, 'out'), { recursive: true });
    }
    const bytes = await compressed(await sideBySide(pages));
    await writeFile(join(root, 'docs/pictures', `${name}.webp`), bytes);
    console.log(`${name}: ${bytes.length} bytes`);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
  await server.close();
}

/** Pages of one height, on a ground of their own. */
async function sideBySide(pages: readonly Buffer[]): Promise<Sharp> {
  const sizes = await Promise.all(pages.map((page) => sharp(page).metadata()));
  const ratios = sizes.map(({ width, height }) => width / height);
  const sum = ratios.reduce((one, other) => one + other, 0);
  const height = Math.min(TALLEST_PX, Math.floor((WIDTH_PX - GAP_PX * (pages.length + 1)) / sum));
  const widths = ratios.map((ratio) => Math.round(ratio * height));
  const resized = await Promise.all(
    pages.map((page, i) => sharp(page).resize({ width: widths[i], height, fit: 'fill' }).png().toBuffer()),
  );
  const placed = resized.map((input, i) => ({
    input,
    top: GAP_PX,
    left: widths.slice(0, i).reduce((one, other) => one + other, 0) + GAP_PX * (i + 1),
  }));
  const width = widths.reduce((one, other) => one + other, 0) + GAP_PX * (pages.length + 1);
  const ground = { width, height: height + 2 * GAP_PX, channels: 3, background: GROUND } as const;
  return sharp(await sharp({ create: ground }).composite(placed).png().toBuffer());
}

/** As good as it can be within the size that a picture may have. */
async function compressed(picture: Sharp): Promise<Buffer> {
  for (let quality = 85; quality >= 20; quality -= 5) {
    const bytes = await picture.clone().webp({ quality, effort: 6 }).toBuffer();
    if (bytes.length <= MOST_PICTURE_BYTES) return bytes;
  }
  throw new Error(`a picture is larger than ${MOST_PICTURE_BYTES} bytes`);
}
