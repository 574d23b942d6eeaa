import { basename } from 'node:path';
import type { BrowserSession } from '../../../src/browser/session.ts';
import { createDecoder } from '../../../src/images/decoder/decoder.ts';
import { imageLock } from '../../../src/images/lock.ts';
import { DEFAULT_LIMITS } from '../../../src/images/model/limits.ts';
import { createImageSource } from '../../../src/images/source.ts';
import type { Layout } from '../../../src/model/model.ts';
import { inputOf } from '../../../src/pipeline/inputs/index.ts';
import { resolveAlone } from '../../../src/pipeline/links/deck-links.ts';
import { localizeDeck } from '../../../src/pipeline/localize/localize.ts';
import { measureDeck } from '../../../src/pipeline/present/measure.ts';
import { readDeck } from '../../../src/pipeline/read/read-deck.ts';
import { NO_CACHE } from '../no-cache.ts';
import { sharedDecoders } from '../shared-browser.ts';

const RENDER = { fragments: 'final', minScale: 0.5, timeoutMs: 60_000 } as const;

/** The layout of a deck, without its pictures from the web. */
export async function measureBlocks(file: string, session: BrowserSession): Promise<Layout> {
  const { value: deck } = await readDeck({ path: basename(file), file, outputName: 'deck' }, {});
  const decoder = createDecoder({ limits: DEFAULT_LIMITS, pool: sharedDecoders() });
  const images = createImageSource({ userAgent: 'test', offline: true }, NO_CACHE, decoder);
  try {
    const resources = localizeDeck(deck, images, imageLock(deck.root, []));
    const site = await inputOf(deck.source).open(deck, RENDER);
    const { layout } = await session.withPage((page) =>
      measureDeck(deck, site, RENDER, resources, resolveAlone, page),
    );
    return layout;
  } finally {
    await Promise.all([images.close(), decoder.close()]);
  }
}
