/**
 * Creates the images of docs/cheatsheets.md, from decks of the tests and the demonstration deck.
 *
 *   npx tsx scripts/cheatsheet-pictures.ts
 */
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { createViteServer } from 'vitest/node';

interface Shown {
  readonly deck: string;
  readonly settings: object;
}

const PICTURES: Readonly<Record<string, readonly Shown[]>> = {
  'cheatsheets.png': [
    { deck: 'test/cheatsheets/git.md', settings: {} },
    { deck: 'test/cheatsheets/statistics.md', settings: {} },
  ],
  'cheatsheet-layouts.png': [
    { deck: 'decks/containers.md', settings: { columns: 2, orientation: 'portrait' } },
    { deck: 'test/cheatsheets/learning.md', settings: { columns: 4 } },
  ],
};
const HEIGHT_PX = 520;
const GAP_PX = 24;

// Loaded as in tests: functions that run inside a page must not be rewritten, which tsx does to keep their names.
const server = await createViteServer({ server: { middlewareMode: true, hmr: false }, logLevel: 'error' });
const folder = await mkdtemp(join(tmpdir(), 'deckhand-pictures-'));
try {
  const { build } = await server.ssrLoadModule('/src/index.ts');
  const { rasterise } = await server.ssrLoadModule('/test/support/raster.ts');
  await writeFile(join(folder, 'package.json'), '{}');
  for (const [name, shown] of Object.entries(PICTURES)) {
    const pages: Buffer[] = [];
    for (const { deck, settings } of shown) {
      const file = basename(deck);
      await copyFile(deck, join(folder, file));
      await build(
        { decks: [file], only: ['cheatsheet'], offline: true, stamp: '', cheatsheet: settings },
        { cwd: folder },
      );
      const stem = basename(file, '.md');
      const pdf = await readFile(join(folder, `output/${stem}/${stem}-cheatsheet.pdf`));
      const { data, width, height } = await rasterise(pdf, 1, 130);
      const image = sharp(Buffer.from(data), { raw: { width, height, channels: 4 } });
      pages.push(await image.resize({ height: HEIGHT_PX }).png().toBuffer());
    }
    await writeFile(join('docs', name), await sideBySide(pages));
  }
} finally {
  await rm(folder, { recursive: true, force: true });
  await server.close();
}

async function sideBySide(pages: readonly Buffer[]): Promise<Buffer> {
  const widths = await Promise.all(pages.map(async (page) => (await sharp(page).metadata()).width));
  const width = widths.reduce((sum, one) => sum + one, 0) + GAP_PX * (pages.length + 1);
  const placed = pages.map((input, i) => ({
    input,
    top: GAP_PX,
    left: widths.slice(0, i).reduce((sum, one) => sum + one, 0) + GAP_PX * (i + 1),
  }));
  const ground = { width, height: HEIGHT_PX + 2 * GAP_PX, channels: 3, background: '#dfe3e8' } as const;
  return sharp({ create: ground }).composite(placed).png({ palette: true, colours: 48 }).toBuffer();
}
