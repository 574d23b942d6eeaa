import { expect, test } from 'vitest';
import type { FoundImage } from '../../src/images/source.ts';
import type { DeckLink } from '../../src/model/model.ts';
import { buildInputs, type InputsContext, type ReadParts } from '../../src/pipeline/build-inputs.ts';
import { sitePath } from '../../src/pipeline/site/site-path.ts';
import { OPTION_ROWS } from '../../src/settings/options.ts';
import { resolveSettings } from '../../src/settings/settings.ts';
import { sampleDeck } from '../support/sample.ts';
import { storedImageOf } from '../support/stored-image.ts';

const CONTEXT: InputsContext = { version: '1.0.0', browserVersion: 'Chrome/147', fontsDigest: 'fonts' };
const LOST: FoundImage = { ok: false, failure: { code: 'IMAGE_NOT_FOUND', message: 'gone', hint: 'look' } };

const withHash = (sha256: string): FoundImage => ({
  ok: true,
  image: { ...storedImageOf(new Uint8Array()), sha256 },
});

const TEXT = {
  file: '/p/decks/week 1/intro.md',
  path: sitePath('/p', '/p/decks/week 1/intro.md'),
  content: '# Hello',
};
const CONFIGURATION = {
  file: '/p/reveal-md.json',
  path: sitePath('/p', '/p/reveal-md.json'),
  content: Buffer.from('{}'),
};

const PARTS: ReadParts = {
  deck: sampleDeck('/p', { sources: [TEXT, CONFIGURATION] }),
  localized: {
    images: new Map([
      ['http://deck.invalid/img/a%20b.png', withHash('one')],
      ['http://deck.invalid/img/gone.png', LOST],
      ['http://deck.invalid/.deckhand/highlight/x.png', withHash('ours')],
      ['https://web.example/a.png', withHash('two')],
    ]),
    assets: new Map(),
    files: new Map([['http://deck.invalid/own.css', 'three']]),
  },
  layouts: [{ deckLinks: [] }],
};

const inputs = (changes: Partial<ReadParts> = {}, flags: Record<string, unknown> = {}, styles = {}) =>
  buildInputs({ ...PARTS, ...changes }, { ...resolveSettings({ flags, env: {} }), styles }, CONTEXT);

test('files of the project are named by their paths', () => {
  expect(Object.keys(inputs().files)).toEqual([
    'decks/week 1/intro.md',
    'img/a b.png',
    'img/gone.png',
    'own.css',
    'reveal-md.json',
  ]);
});

test('a missing resource is an input, too', () => {
  expect(inputs().files['img/gone.png']).toBe('missing');
});

test('files from the web are named by their addresses', () => {
  expect(inputs().remote).toEqual({ 'https://web.example/a.png': 'two' });
});

test.each<[string, Partial<ReadParts>]>([
  [
    'the text of the deck',
    { deck: { ...PARTS.deck, sources: [{ ...TEXT, content: '# Bye' }, CONFIGURATION] } },
  ],
  ['its configuration', { deck: { ...PARTS.deck, sources: [TEXT] } }],
  ['its date', { deck: { ...PARTS.deck, date: new Date(1) } }],
  ['its commit', { deck: { ...PARTS.deck, commit: 'abc' } }],
  ['a link to another deck', { layouts: [{ deckLinks: [{ outputName: 'b' } as DeckLink] }] }],
  ['a stylesheet', { localized: { ...PARTS.localized, files: new Map() } }],
  ['a picture', { localized: { ...PARTS.localized, images: new Map() } }],
])('they change with %s', (_, changes) => {
  expect(inputs(changes)).not.toEqual(inputs());
});

test.each([
  ['the version of Deckhand', { version: '1.0.1' }],
  ['the browser', { browserVersion: 'Chrome/156' }],
  ['the fonts', { fontsDigest: 'others' }],
])('they change with %s', (_, changes) => {
  const settings = resolveSettings({ flags: {}, env: {} });
  const [before, after] = [CONTEXT, { ...CONTEXT, ...changes }].map((one) =>
    buildInputs(PARTS, settings, one),
  );
  expect(after).not.toEqual(before);
});

test('they change with an option that changes files', () => {
  expect(inputs({}, { paper: 'a5' })).not.toEqual(inputs());
});

test('they do not change with how a build is run, or what it says', () => {
  const flags = { jobs: 7, timeout: 99, output: '/elsewhere', cacheDir: '/else', verbose: true, memory: 1 };
  expect(inputs({}, flags)).toEqual(inputs());
});

test('of a stylesheet of the project the content counts', () => {
  const [one, moved, other] = [
    inputs({}, { 'handout.css': '/a.css' }, { handout: 'p {}' }),
    inputs({}, { 'handout.css': '/b.css' }, { handout: 'p {}' }),
    inputs({}, { 'handout.css': '/a.css' }, { handout: 'b {}' }),
  ];
  expect(moved).toEqual(one);
  expect(other).not.toEqual(one);
});

test('no secret changes files', () => {
  const secret = OPTION_ROWS.filter(([, row]) => row.holdsSecrets && row.changesFiles);
  expect(secret).toEqual([]);
});
