import { realpathSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { imageLock } from '../../../src/images/lock.ts';
import { failed } from '../../../src/images/model/model.ts';
import type { FoundImage, ImageSource } from '../../../src/images/source.ts';
import type { Deck, Reference } from '../../../src/model/model.ts';
import { ORIGIN } from '../../../src/pipeline/inputs/reveal-md/model/addresses.ts';
import { localizeDeck } from '../../../src/pipeline/localize/localize.ts';
import { findProjectFile } from '../../../src/pipeline/site/project-files.ts';
import { randomCases } from '../../support/random-cases.ts';
import { sampleDeck, writeTree } from '../../support/sample.ts';
import { storedImageOf } from '../../support/stored-image.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const FOUND: FoundImage = {
  ok: true,
  image: storedImageOf(new Uint8Array()),
};
const DECK_FOLDER = `${ORIGIN}/decks/week%201/`;

/** Has every picture and notes what it was asked for. */
function fakeSource(answer = FOUND) {
  const asked: string[] = [];
  const source: ImageSource = {
    remote: async (url) => {
      asked.push(url);
      return answer;
    },
    local: async (file) => {
      asked.push(file);
      return answer;
    },
    asset: async (url) => {
      asked.push(url);
      return failed('STYLE_UNAVAILABLE', 'not here');
    },
    close: async () => undefined,
  };
  return { source, asked };
}

const reference = (url: string, line = 1): Reference => ({ kind: 'image', url, line, slide: '1' });

const localize = (deck: Deck, source: ImageSource) => localizeDeck(deck, source, imageLock(deck.root, []));

/** A project in a folder of secrets: `root/decks/week 1/intro.md`. */
async function project(urls: readonly string[] = [], files: readonly string[] = []) {
  const above = await temporaryFolder();
  const root = join(above, 'root');
  await mkdir(join(root, 'decks/week 1'), { recursive: true });
  await writeTree(above, {
    'secret.png': 's',
    ...Object.fromEntries(files.map((file) => [`root/${file}`, 'x'])),
  });
  return { above, root, deck: sampleDeck(root, { references: urls.map((url) => reference(url)) }) };
}

/** What a picture of a deck turns out to be: where it was looked for, or the code of its failure. */
async function fateOf(url: string, files: readonly string[] = []): Promise<string> {
  const { deck, root } = await project([url], files);
  const { source, asked } = fakeSource();
  const [image] = (await localize(deck, source).all()).images.values();
  if (image && !image.ok) return image.failure.code;
  return asked[0]?.replace(root, '') ?? 'nothing';
}

describe('a picture of a deck', () => {
  test.each([
    ['a.png', 'decks/week 1/a.png'],
    ['./a.png', 'decks/week 1/a.png'],
    ['../a.png', 'decks/a.png'],
    ['../../static/a.png', 'static/a.png'],
    ['img/a b.png', 'decks/week 1/img/a b.png'],
    ['img/a%20b.png', 'decks/week 1/img/a b.png'],
    ['50%25.png', 'decks/week 1/50%.png'],
    ['a%231.png', 'decks/week 1/a#1.png'],
    ['é.png', 'decks/week 1/é.png'],
    ['a.png?v=1#part', 'decks/week 1/a.png'],
    ['/static/a.png', 'static/a.png'],
    ['static/a.png', 'static/a.png'],
    ['a..b/c.png', 'decks/week 1/a..b/c.png'],
    [`${ORIGIN}/static/a.png`, 'static/a.png'],
  ])('called %s is the file %s', async (url, file) => {
    expect(await fateOf(url, [file])).toBe(`/${file}`);
  });

  test('is found next to the deck before the root', async () => {
    expect(await fateOf('a.png', ['a.png', 'decks/week 1/a.png'])).toBe('/decks/week 1/a.png');
  });

  test.each([
    ['https://example.com/a.png', 'https://example.com/a.png'],
    ['//example.com/a.png', 'https://example.com/a.png'],
    ['HTTPS://EXAMPLE.com/a.png#part', 'https://example.com/a.png'],
    [' https://example.com/a.png?x=y ', 'https://example.com/a.png?x=y'],
    ['https://deck.invalid.example.com/a.png', 'https://deck.invalid.example.com/a.png'],
    ['https://user@deck.invalid/a.png', 'https://user@deck.invalid/a.png'],
  ])('called %s is fetched from %s', async (url, fetched) => {
    expect(await fateOf(url)).toBe(fetched);
  });

  test.each([
    '../../../secret.png',
    '../../../../../etc/passwd',
    '%2e%2e/%2e%2e/%2e%2e/secret.png',
    '..%2f..%2f..%2fsecret.png',
    'x/..%2f..%2f..%2f..%2fsecret.png',
    '/%2e%2e%2fsecret.png',
  ])('that climbs out of the project by %s is refused', async (url) => {
    expect(await fateOf(url)).toBe('IMAGE_OUTSIDE_ROOT');
  });

  test.each([
    'gone.png',
    '/gone.png',
    '',
    '.',
    '..',
    '/',
    '%00.png',
    'a%00.png',
    '%.png',
    '%ff.png',
    '/.deckhand/themes/..%2f..%2fpackage.json',
    '/.deckhand/__proto__/x.png',
    '/.deckhand/themes/',
    'x'.repeat(5_000),
  ])('that is not there (%#) is missed', async (url) => {
    expect(await fateOf(url)).toBe('IMAGE_NOT_FOUND');
  });

  test('that links out of the project is refused', async () => {
    const { deck, above, root } = await project(['link.png']);
    await symlink(join(above, 'secret.png'), join(root, 'decks/week 1/link.png'));
    const [image] = (await localize(deck, fakeSource().source).all()).images.values();
    expect(image).toMatchObject({ ok: false, failure: { code: 'IMAGE_OUTSIDE_ROOT' } });
  });

  test('that links to another of the project is that one', async () => {
    const { deck, root } = await project(['link.png'], ['static/a.png']);
    await symlink(join(root, 'static/a.png'), join(root, 'decks/week 1/link.png'));
    const [image] = (await localize(deck, fakeSource().source).all()).images.values();
    expect(image).toEqual(FOUND);
  });

  test('that is a device is missed', async () => {
    const { deck, root } = await project(['zero.png']);
    await symlink('/dev/zero', join(root, 'decks/week 1/zero.png'));
    const [image] = (await localize(deck, fakeSource().source).all()).images.values();
    expect(image).toMatchObject({ failure: { code: 'IMAGE_NOT_FOUND' } });
  });

  test('that holds its own bytes is not looked for', async () => {
    const { deck } = await project([
      'data:image/png;base64,aaaa',
      ' DATA:,',
      'blob:x',
      'javascript:alert(1)',
    ]);
    expect((await localize(deck, fakeSource().source).all()).images.size).toBe(0);
  });

  test('that cannot be an address is not looked for', async () => {
    const { deck } = await project(['http://[', 'https://a b/c.png']);
    expect((await localize(deck, fakeSource().source).all()).images.size).toBe(0);
  });

  test('is never a file of the disk by its URL', async () => {
    const { above } = await project();
    const url = pathToFileURL(join(above, 'secret.png')).href;
    expect(await fateOf(url)).toBe(url);
  });

  test('is asked for once, however often the deck has it', async () => {
    const { deck } = await project(['https://example.com/a.png', 'https://example.com/a.png#x']);
    const { source, asked } = fakeSource();
    const pictures = localize(deck, source);
    await pictures.image('https://example.com/a.png');
    await pictures.all();
    expect(asked).toEqual(['https://example.com/a.png']);
  });

  test('without a scheme is the https one, though the page asks for another', async () => {
    const { deck } = await project(['//example.com/a.png']);
    const { source, asked } = fakeSource();
    const resources = localize(deck, source);
    await resources.image('http://example.com/a.png');
    expect(asked).toEqual(['https://example.com/a.png']);
  });

  test('with http is asked for as it is', async () => {
    const { deck } = await project(['http://example.com/a.png']);
    const { source, asked } = fakeSource();
    await localize(deck, source).image('http://example.com/a.png');
    expect(asked).toEqual(['http://example.com/a.png']);
  });

  test('never leads out of the project, however it is written', async () => {
    const { deck, root, above } = await project([], ['a.png', 'decks/b.png', 'decks/week 1/c.png']);
    await symlink(above, join(root, 'decks/up'));
    const step = fc.constantFrom(
      '..',
      '%2e%2e',
      '%2E.',
      '..%2f',
      '..\\',
      '..%5c',
      '.',
      '',
      'up',
      'decks',
      '\t..',
      'a.png',
    );
    const last = fc.constantFrom('secret.png', 'a.png', 'b.png', 'c.png', 'root/a.png');
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 6 }),
        last,
        fc.constantFrom('', '/'),
        async (steps, file, start) => {
          const url = start + [...steps, file].join('/');
          const { source, asked } = fakeSource();
          const pictures = localize({ ...deck, references: [reference(url)] }, source);
          await pictures.all();
          const files = asked.filter((one) => !one.startsWith('http'));
          for (const one of files)
            expect(['/a.png', '/decks/b.png', '/decks/week 1/c.png']).toContain(
              realpathSync(one).replace(root, ''),
            );
        },
      ),
      randomCases(60, 300),
    );
  });
});

describe('a file of the project', () => {
  test('is found by the URL that the page has for it', async () => {
    const { deck, root } = await project([], ['decks/week 1/font.woff2']);
    expect(await findProjectFile(`${DECK_FOLDER}font.woff2?x`, deck)).toBe(
      join(root, 'decks/week 1/font.woff2'),
    );
  });

  test('is no folder', async () => {
    const { deck } = await project([], ['decks/week 1/img/a.png']);
    expect(await findProjectFile(`${DECK_FOLDER}img`, deck)).toBeUndefined();
  });

  test('is looked for at the root where the folder of the deck has none', async () => {
    const { deck, root } = await project([], ['img/a.png']);
    expect(await findProjectFile(`${DECK_FOLDER}img/a.png`, deck)).toBe(join(root, 'img/a.png'));
  });
});
