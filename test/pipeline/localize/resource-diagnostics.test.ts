import { describe, expect, test } from 'vitest';
import { failed, type Provenance } from '../../../src/images/model/model.ts';
import type { FoundImage } from '../../../src/images/source.ts';
import type { Deck, Reference } from '../../../src/model/model.ts';
import type { ResolvedUrl } from '../../../src/model/urls.ts';
import { ORIGIN } from '../../../src/pipeline/inputs/reveal-md/model/addresses.ts';
import { resourceDiagnostics } from '../../../src/pipeline/localize/resource-diagnostics.ts';
import { pictureUrl, requestedUrl } from '../../../src/pipeline/site/picture-url.ts';
import { sampleDeck } from '../../support/sample.ts';
import { storedImageOf } from '../../support/stored-image.ts';

const FOUND = {
  ok: true,
  image: storedImageOf(new Uint8Array()),
} as const;
const DECK_FOLDER = `${ORIGIN}/decks/week%201/`;
const reference = (url: string, line = 1): Reference => ({ kind: 'image', url, line, slide: '1' });

describe('diagnostics of pictures', () => {
  const NOT_FOUND = failed('IMAGE_HTTP_STATUS', 'example.com answered 404', 'mend it');
  const deckWith = (...references: Reference[]) => sampleDeck('/p', { references });
  const told = (deck: Deck, images: ReadonlyMap<string, FoundImage>) => {
    const named = new Map<ResolvedUrl, Reference[]>();
    for (const one of deck.references) {
      const url = pictureUrl(one.url, DECK_FOLDER);
      if (url === undefined) continue;
      named.set(url, [...(named.get(url) ?? []), one]);
    }
    return resourceDiagnostics(deck, { images, assets: new Map(), named, files: new Map(), damaged: [] });
  };

  test('name deck, line, slide and address of what is missing', () => {
    const deck = deckWith({ kind: 'image', url: '//example.com/a.png', line: 12, slide: '4.3' });
    expect(told(deck, new Map([['https://example.com/a.png', NOT_FOUND]]))).toEqual([
      {
        code: 'IMAGE_HTTP_STATUS',
        severity: 'warning',
        message: 'example.com answered 404',
        deck: 'decks/week 1/intro.md',
        line: 12,
        slide: '4.3',
        url: 'https://example.com/a.png',
        hint: 'mend it',
      },
    ]);
  });

  test('show the path of a local picture as it was written', () => {
    const found = told(
      deckWith(reference('../a b.png')),
      new Map([[`${ORIGIN}/decks/a%20b.png`, NOT_FOUND]]),
    );
    expect(found[0]?.url).toBe('../a b.png');
  });

  test('tell of a picture once, at its first place, and of how many more there are', () => {
    const deck = deckWith(reference('a.png', 3), reference('./a.png', 7), reference('a.png#x', 9));
    expect(told(deck, new Map([[`${DECK_FOLDER}a.png`, NOT_FOUND]]))).toMatchObject([
      { line: 3, message: 'example.com answered 404 (and on 2 more)' },
    ]);
  });

  test('say nothing of pictures that were found', () => {
    expect(told(deckWith(reference('a.png')), new Map([[`${DECK_FOLDER}a.png`, FOUND]]))).toEqual([]);
  });

  test('tell of a picture that only the page asks for', () => {
    const found = told(deckWith(), new Map([[`${ORIGIN}/late.png`, FOUND]]));
    expect(found).toMatchObject([{ code: 'IMAGE_LATE', severity: 'info', url: 'late.png' }]);
  });

  test('tell of a picture that only the page asks for and that is missing, twice', () => {
    const found = told(deckWith(), new Map([['https://example.com/late.png', NOT_FOUND]]));
    expect(found.map(({ code }) => code)).toEqual(['IMAGE_LATE', 'IMAGE_HTTP_STATUS']);
  });

  const PROVENANCE = {
    fetchedUrl: 'https://web.archive.org/web/2/https://example.com/a.png',
    fetchedAt: '2026-01-31T12:00:00Z',
    archived: false,
  };
  const from = (changes: Partial<Provenance>): FoundImage => ({
    ...FOUND,
    provenance: { ...PROVENANCE, ...changes },
  });

  test('tell of a picture that an archive gave, and which one', () => {
    const found = told(
      deckWith(reference('https://example.com/a.png', 3)),
      new Map([['https://example.com/a.png', from({ archived: true })]]),
    );
    expect(found).toMatchObject([
      {
        code: 'IMAGE_FROM_ARCHIVE',
        line: 3,
        message: 'its address is dead; the copy comes from web.archive.org',
      },
    ]);
  });

  test('tell of a copy that could not be compared with its host’s', () => {
    const found = told(
      deckWith(reference('https://example.com/a.png')),
      new Map([['https://example.com/a.png', from({ stale: 'example.com did not answer' })]]),
    );
    expect(found).toMatchObject([
      {
        code: 'IMAGE_STALE',
        severity: 'info',
        message: 'the copy of 2026-01-31 is used: example.com did not answer',
      },
    ]);
  });

  test('tell of a vendored file that is not what the lock says', () => {
    const url = 'https://example.com/a.png';
    const entry = {
      url: requestedUrl(url),
      file: 'a-1.png',
      sha256: '',
      type: 'image/png',
      bytes: 1,
      fetchedAt: '',
      fetchedFrom: url,
      decks: [],
    };
    const deck = deckWith(reference(url, 5));
    const named = new Map([[requestedUrl(url), deck.references]]);
    const localized = {
      images: new Map([[url, FOUND]]),
      assets: new Map(),
      named,
      files: new Map(),
      damaged: [entry],
    };
    expect(resourceDiagnostics(deck, localized)).toMatchObject([
      { code: 'IMAGE_LOCK_DAMAGED', line: 5, url },
    ]);
  });
});
