import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { DeckFile } from '../../../src/model/model.ts';
import type { OutputKind } from '../../../src/model/output-kinds.ts';
import { DECK_EXTENSIONS, formerIds } from '../../../src/pipeline/inputs/index.ts';
import { resolveDeckLinks } from '../../../src/pipeline/links/deck-links.ts';
import { readDeck } from '../../../src/pipeline/read/read-deck.ts';
import { parseSlideRanges } from '../../../src/settings/slide-ranges.ts';
import { sampleDeck, writeTree } from '../../support/sample.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const OF_INPUTS = { extensions: DECK_EXTENSIONS, formerIds };

interface Build {
  readonly only?: readonly OutputKind[];
  readonly slides?: string;
}

/** What becomes of links of `decks/from.md`, or of another deck, in a build of all decks of a project. */
async function resolve(
  hrefs: readonly string[],
  files: Readonly<Record<string, string>>,
  { only = ['slides', 'handout'], slides = '' }: Build = {},
  from = 'decks/from.md',
) {
  const root = await temporaryFolder();
  const all: Record<string, string> = { 'package.json': '', 'decks/from.md': '# From', ...files };
  await writeTree(root, all);
  const decks = Object.keys(all)
    .filter((path) => /\.(?:md|markdown)$/.test(path))
    .map(
      (path): DeckFile => ({
        path,
        file: join(root, path),
        outputName: path.replace(/^decks\/|\.\w+$/g, ''),
      }),
    );
  const parse = (deck: DeckFile) => readDeck(deck, { sourceDateEpoch: 0 });
  const source = decks.find(({ path }) => path === from) as DeckFile;
  const { value: deck } = await parse(source);
  return resolveDeckLinks(deck, hrefs, {
    decks,
    only,
    slides: parseSlideRanges(slides),
    ...OF_INPUTS,
    parse,
  });
}

/** Output name, destination and kinds. */
const targets = async (...input: Parameters<typeof resolve>): Promise<string[]> =>
  (await resolve(...input)).links.map(({ outputName, destination, kinds }) =>
    [outputName, destination ?? '', kinds.join()].join(' '),
  );

const TWO = '# One\n\n---\n\n<!-- .slide: id="two" -->\n\n# Two';

describe('a link finds the deck', () => {
  test('next to its own, before one in the folder of decks, before one in the project', async () => {
    const files = { 'decks/a/from.md': '# F', 'decks/a/x.md': '# 1', 'decks/x.md': '# 2', 'x.md': '# 3' };
    expect(await targets(['x.md'], files, {}, 'decks/a/from.md')).toEqual(['a/x  slides,handout']);
    expect(await targets(['/x.md'], files, {}, 'decks/a/from.md')).toEqual(['x  slides,handout']);
    expect(await targets(['../../x.md'], files, {}, 'decks/a/from.md')).toEqual(['x  slides,handout']);
  });

  test('by the page that it is on the web', async () => {
    expect(await targets(['x.html#/two'], { 'decks/x.markdown': TWO })).toEqual(['x two slides,handout']);
  });

  test('however its accents are written', async () => {
    const files = { ['decks/über.md'.normalize('NFD')]: TWO };
    expect(await targets(['über.md'.normalize('NFC')], files)).toHaveLength(1);
  });

  test('that it stands in', async () => {
    const { hrefs } = await resolve(['from.md#/two', './from.html', '?print-pdf#/1'], {});
    expect([...hrefs.values()]).toEqual(['#/two', '#', '#/1']);
  });

  test.each(['y.md', 'x', 'x.pdf', 'https', '%', '../../../../../etc/passwd'])(
    'and no other: %s',
    async (href) => {
      const { hrefs, links } = await resolve([href], { 'decks/x.md': TWO });
      expect([hrefs.size, links.length]).toEqual([0, 0]);
    },
  );
});

describe('a link finds the slide', () => {
  test('as the other deck counts', async () => {
    const files = { 'decks/x.md': `---\nrevealOptions: { hashOneBasedIndex: true }\n---\n\n${TWO}` };
    const { links } = await resolve(['x.md#/2'], files);
    expect(links).toMatchObject([{ destination: '/2/1', words: 'One, slide 2' }]);
  });

  test('whatever step of it is named', async () => {
    expect(await targets(['x.md#/1/0/3', 'x.md#/two/2'], { 'decks/x.md': TWO })).toEqual([
      'x /1/0 slides,handout',
      'x two slides,handout',
    ]);
  });

  test('in the files that show it', async () => {
    const marked = (mark: string) => `# One\n\n---\n\n<!-- .slide: data-handout="${mark}" -->\n\n# Two`;
    expect(await targets(['x.md#/1'], { 'decks/x.md': marked('skip') })).toEqual(['x /1/0 slides']);
    expect(await targets(['x.md#/1'], { 'decks/x.md': marked('only') })).toEqual(['x /1/0 handout']);
    expect(await targets(['x.md#/1'], { 'decks/x.md': TWO }, { only: ['handout'] })).toEqual([
      'x /1/0 handout',
    ]);
  });

  test('and not where --slides leaves it out', async () => {
    const files = { 'decks/x.md': TWO };
    const { links, missing } = await resolve(['x.md#/0', 'x.md#/1'], files, { slides: '2' });
    expect(links.map(({ destination }) => destination)).toEqual(['/1/0']);
    expect(missing.get('x.md#/0')?.message).toBe(
      'leads to slide 1 of decks/x.md, which is in no file of this build',
    );
  });

  test('and not where nothing is made that could be opened at it', async () => {
    const { missing } = await resolve(['x.md#/1'], { 'decks/x.md': TWO }, { only: ['cheatsheet'] });
    expect(missing.get('x.md#/1')).toMatchObject({ isElsewhere: true });
  });

  test('at its word, where the other deck cannot be read', async () => {
    const files = { 'decks/x.md': '---\ntitle: [\n---\n' };
    expect(await targets(['x.md#/4/1', 'x.md#/five'], files)).toEqual([
      'x /4/1 slides,handout',
      'x five slides,handout',
    ]);
  });
});

describe('what a deck may cost by its links', () => {
  test('is bounded: the rest of very many leads elsewhere', async () => {
    const hrefs = Array.from({ length: 2_100 }, (_, i) => `gone-${i}.pdf`);
    const { missing } = await resolve(hrefs, {});
    expect(missing.size).toBe(100);
    expect([...missing.values()][0]).toMatchObject({
      message: expect.stringContaining('more than 2000 links'),
    });
  });

  test('is bounded: a deck that is not read in time is taken at its word', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const deckFile = (path: string): DeckFile => ({
      path,
      file: `/p/${path}`,
      outputName: path.replace('.md', ''),
    });
    const decks = [deckFile('a.md'), deckFile('b.md')];
    const parse = () => new Promise<never>(() => undefined);
    const course = { decks, only: ['slides'] as const, slides: [], ...OF_INPUTS, parse };
    const source = decks[0] as DeckFile;
    const resolving = resolveDeckLinks({ ...sampleDeck('/p'), source, root: '/p' }, ['b.md#/3'], course);
    await vi.advanceTimersByTimeAsync(60_000);
    expect((await resolving).links).toMatchObject([{ outputName: 'b', destination: '/3/0' }]);
  });
});
