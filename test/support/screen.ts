import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { serveThrough } from '../../src/browser/gateway.ts';
import { readDeck } from '../../src/pipeline/read.ts';
import { renderSite } from '../../src/pipeline/render.ts';
import { serveFile } from '../../src/pipeline/serve.ts';
import { sharedSession } from './shared-browser.ts';

/**
 * Pictures of slides as reveal.js presents them: its own view, live, in a window as large as a slide, when all fragments
 * have been shown.
 *
 * @param slides positions among the horizontal ones, from 0.
 */
export async function screensOf(file: string, slides: readonly number[]): Promise<Uint8Array[]> {
  const { value: deck } = await readDeck({ path: basename(file), file, outputName: 'deck' }, {});
  const site = renderSite(deck, { fragments: 'final' });
  const live = site.html.replace('"view":"print"', '"view":null');
  if (live === site.html) throw new Error('the page does not say which view it shows');
  return sharedSession().withPage(async (page) => {
    await serveThrough(page, async (request) => {
      if (request.url === site.url) return { type: 'text/html; charset=utf-8', bytes: live };
      if (request.kind !== 'image') return serveFile(request, deck);
      const name = basename(new URL(request.url).pathname);
      const type = name.endsWith('.svg') ? 'image/svg+xml' : `image/${name.split('.').at(-1)}`;
      return { type, bytes: await readFile(join(dirname(file), name)) };
    });
    await page.setViewport({ width: deck.size.widthPx, height: deck.size.heightPx });
    await page.goto(site.url, { waitUntil: 'load' });
    await page.waitForSelector('.reveal.ready');
    const pictures: Uint8Array[] = [];
    for (const slide of slides) {
      await page.evaluate(async (h) => {
        const { Reveal } = globalThis as unknown as { Reveal: { slide(...at: number[]): void } };
        Reveal.slide(h, 0, 99);
        await document.fonts.ready;
        await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
      }, slide);
      pictures.push(await page.screenshot());
    }
    return pictures;
  });
}
