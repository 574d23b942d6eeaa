import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { imageLock } from '../../../src/images/lock.ts';
import { failed } from '../../../src/images/model/model.ts';
import type { ImageSource } from '../../../src/images/source.ts';
import { cardTemplate } from '../../../src/paper/card.ts';
import { placeholderSvg } from '../../../src/paper/placeholder.ts';
import { formerIds } from '../../../src/pipeline/inputs/index.ts';
import { ORIGIN } from '../../../src/pipeline/inputs/reveal-md/model/addresses.ts';
import { resolveDeckLinks } from '../../../src/pipeline/links/deck-links.ts';
import { localizeDeck } from '../../../src/pipeline/localize/localize.ts';
import { resourceDiagnostics } from '../../../src/pipeline/localize/resource-diagnostics.ts';
import { serveDrawing, serveFile } from '../../../src/pipeline/localize/serve.ts';
import { readDeck } from '../../../src/pipeline/read/read-deck.ts';
import { mountedFile } from '../../../src/pipeline/site/mounts.ts';
import { ODD_ADDRESSES, oddAddress, slideWithAddress } from '../../support/odd-addresses.ts';
import { randomCases } from '../../support/random-cases.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const NOTHING: ImageSource = {
  remote: async () => failed('IMAGE_UNREACHABLE', 'not here'),
  local: async () => failed('IMAGE_NOT_FOUND', 'not here'),
  asset: async () => failed('STYLE_UNAVAILABLE', 'not here'),
  close: async () => undefined,
};

/** All that a deck goes through before a browser sees it, and what the browser may ask for then. */
async function goThrough(root: string, address: string) {
  const source = { path: 'deck.md', file: join(root, 'deck.md'), outputName: 'deck' };
  await writeFile(source.file, slideWithAddress(address));
  const { value: deck } = await readDeck(source, { sourceDateEpoch: 0 });
  const resources = localizeDeck(deck, NOTHING, imageLock(root, []));
  const course = {
    decks: [source],
    only: ['slides'] as const,
    slides: [],
    extensions: ['md'],
    formerIds,
    parse: async () => ({ value: deck, diagnostics: [] }),
  };
  await resolveDeckLinks(deck, [address], course);
  cardTemplate(address);
  if (URL.canParse(address, ORIGIN)) {
    const { href: url } = new URL(address, ORIGIN);
    mountedFile(new URL(url).pathname);
    placeholderSvg(deck.size, url, 'gone');
    for (const kind of ['image', 'stylesheet', 'font', 'other']) {
      await serveFile({ url, kind }, deck, resources);
      await serveDrawing({ url, kind }, resources);
    }
  }
  return resourceDiagnostics(deck, await resources.all());
}

describe('an odd address stops nothing before the browser', () => {
  test.each(ODD_ADDRESSES)('%j', async (address) => {
    const root = await temporaryFolder();
    await writeFile(join(root, 'package.json'), '{}');
    await expect(goThrough(root, address)).resolves.toBeInstanceOf(Array);
  });

  test('whatever it is made of', async () => {
    const root = await temporaryFolder();
    await writeFile(join(root, 'package.json'), '{}');
    await fc.assert(
      fc.asyncProperty(oddAddress, async (address) => {
        await goThrough(root, address);
      }),
      randomCases(50, 2_000),
    );
  });
});
