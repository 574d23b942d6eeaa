import { mkdir } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { discoverDecks } from '../../../src/pipeline/inputs/index.ts';
import { randomCases } from '../../support/random-cases.ts';
import { writeTree } from '../../support/sample.ts';
import { temporaryFolder } from '../../support/temporary.ts';

async function tree(...paths: readonly string[]): Promise<string> {
  const cwd = await temporaryFolder();
  await writeTree(cwd, Object.fromEntries(paths.map((path) => [path, '# A'])));
  return cwd;
}

const find = (cwd: string, ...patterns: string[]) => discoverDecks(patterns, { cwd, decksFolder: 'decks' });

async function names(cwd: string, ...patterns: string[]): Promise<string[]> {
  return (await find(cwd, ...patterns)).decks.map((deck) => deck.outputName);
}

describe('discovering decks', () => {
  test('finds those of a folder and of those below it', async () => {
    const cwd = await tree('decks/b.md', 'decks/week1/a.markdown', 'decks/notes.txt');
    expect(await names(cwd, 'decks')).toEqual(['b', 'week1/a']);
  });

  test('passes over what is hidden, installed or about the project', async () => {
    const cwd = await tree('decks/.x.md', 'decks/node_modules/y.md', 'decks/README.md', 'decks/a.md');
    expect(await names(cwd, 'decks')).toEqual(['a']);
  });

  test('finds a deck that is named, whatever its name', async () => {
    expect(await names(await tree('README.md'), 'README.md')).toEqual(['README']);
  });

  test('finds those that a glob matches', async () => {
    const cwd = await tree('decks/a1.md', 'decks/b1.md', 'decks/week2/a2.md');
    expect(await names(cwd, 'decks/**/a*.md')).toEqual(['a1', 'week2/a2']);
  });

  test('takes a pattern that names a file for that file, brackets and all', async () => {
    expect(await names(await tree('decks/[a].md', 'decks/a.md'), 'decks/[a].md')).toEqual(['[a]']);
  });

  test.each([
    ['decks/networks', 'decks/networks.md'],
    ['decks/netwroks.md', 'decks/networks.md'],
    ['deks', 'decks'],
  ])('suggests for %s, which is not there, %s', async (named, meant) => {
    const cwd = await tree('decks/networks.md', 'decks/images.md');
    const { diagnostics } = await find(cwd, named);
    expect(diagnostics.map(({ code, hint }) => [code, hint])).toEqual([
      ['DECK_NOT_FOUND', `did you mean ${meant}?`],
    ]);
  });

  test('gives a deck found twice once', async () => {
    expect(await names(await tree('decks/a.md'), 'decks', 'decks/a.md', 'decks/*.md')).toEqual(['a']);
  });

  test('keeps the structure of the decks’ folder for a deck named by itself', async () => {
    expect(await names(await tree('decks/week1/a.md'), 'decks/week1/a.md')).toEqual(['week1/a']);
  });

  test('names a deck elsewhere after the folder it was found through', async () => {
    expect(await names(await tree('talks/x/a.md'), 'talks')).toEqual(['x/a']);
  });

  test('names a deck found through two folders the same in any order', async () => {
    const cwd = await tree('talks/x/a.md');
    expect(await names(cwd, 'talks/x', 'talks')).toEqual(await names(cwd, 'talks', 'talks/x'));
  });

  test.each(['nothing', 'nothing/*.md', 'nothing.md', 'decks/empty'])('misses %s', async (pattern) => {
    const cwd = await tree('decks/a.md');
    await mkdir(join(cwd, 'decks/empty'));
    const message = `there is no deck at ${pattern}`;
    expect((await find(cwd, pattern)).diagnostics).toMatchObject([
      { code: 'DECK_NOT_FOUND', deck: pattern, message },
    ]);
  });

  test('tells of two decks that would write one file, and builds neither', async () => {
    const found = await find(await tree('decks/a.md', 'decks/a.markdown', 'decks/b.md'), 'decks');
    expect(found.decks.map((deck) => deck.path)).toEqual(['decks/b.md']);
    expect(found.diagnostics.map(({ code, deck }) => [code, deck])).toEqual([
      ['DECK_OUTPUT_CLASH', 'decks/a.markdown'],
      ['DECK_OUTPUT_CLASH', 'decks/a.md'],
    ]);
  });

  test.each([
    ['A.md', 'a.md'],
    ['\u00e4.md', 'a\u0308.md'],
  ])('takes %s and %s for one name, as other systems do', async (one, other) => {
    const found = await find(await tree(`decks/${one}`, `decks/${other}`), 'decks');
    expect(found.decks).toEqual([]);
  });
});

describe('decks of one bare name that are named together', () => {
  test.each([
    [
      ['unit1/slides.md', 'unit2/slides.md'],
      ['unit1/slides', 'unit2/slides'],
    ],
    [
      ['a/b/talk.md', 'a/c/d/talk.md'],
      ['b/talk', 'c/d/talk'],
    ],
    [
      ['talk.md', 'old/talk.md'],
      ['old/talk', 'talk'],
    ],
  ])('%j keep the folders below their common parent', async (paths, expected) => {
    expect(await names(await tree(...paths), ...paths)).toEqual(expected);
  });

  test('have the same names where a glob finds them', async () => {
    const cwd = await tree('unit1/slides.md', 'unit2/slides.md');
    expect(await names(cwd, 'unit*/slides.md')).toEqual(['unit1/slides', 'unit2/slides']);
  });

  test('leave the name of any other deck as it is', async () => {
    const cwd = await tree('unit1/slides.md', 'unit2/slides.md', 'unit2/more.md');
    const found = await names(cwd, 'unit1/slides.md', 'unit2/slides.md', 'unit2/more.md');
    expect(found).toEqual(['more', 'unit1/slides', 'unit2/slides']);
  });
});

describe('a file that is left out for its name', () => {
  const notesOn = async (markdown: string, ...patterns: string[]) => {
    const cwd = await temporaryFolder();
    await writeTree(cwd, { 'talk/README.md': markdown, 'talk/a.md': '# A' });
    const { decks, diagnostics } = await find(cwd, ...patterns);
    return [decks.length, diagnostics.map(({ code, severity, deck }) => [code, severity, deck])];
  };

  test.each(['talk', 'talk/*.md'])('is named where it has the separators of slides (%s)', async (pattern) => {
    const note = ['DECK_LEFT_OUT', 'info', 'talk/README.md'];
    expect(await notesOn('# One\r\n\r\n---\r\n\r\n# Two\r\n', pattern)).toEqual([1, [note]]);
  });

  test.each(['# How to\n\n```\n# One\n\n---\n\n# Two\n```\n', 'Title\n---\n\nwords\n'])(
    'is passed over where it has none: %j',
    async (markdown) => {
      expect(await notesOn(markdown, 'talk')).toEqual([1, []]);
    },
  );
});

describe('the name of an output', () => {
  test.each([
    [['work/[x]/a.md'], 'work/\\[x\\]/*.md'],
    [['one/a.md', 'two/b.md'], 'work/{../one,../two}/*.md'],
    [['one/a.md'], '{../one,x}/*.md'],
    [['two/a.md'], '../two/*.md'],
    [['two/a.md'], '*/../../two/*.md'],
    [['work/...md'], '...md'],
    [['work/..md'], '..md'],
    [['work/.md'], '.md'],
  ])('of %j stays below the output folder when found by %j', async (paths, pattern) => {
    const cwd = await tree('work/keep.txt', ...paths);
    for (const name of await names(join(cwd, 'work'), pattern)) {
      const pdf = resolve('/output', `${name}/${name.slice(name.lastIndexOf('/') + 1)}-slides.pdf`);
      expect(pdf.split(sep).length).toBeGreaterThan(3);
      expect(pdf.startsWith('/output/')).toBe(true);
    }
  });

  test('of a deck in a folder with brackets is its own', async () => {
    expect(await names(await tree('[x]/a.md'), '\\[x\\]/*.md')).toEqual(['a']);
  });

  const FOLDER = fc.constantFrom('', 'a/', 'A/', 'b c/', '[x]/', 'ä/', '{y,z}/', '..dots/', 'a/deep/er/');
  const FILE = fc.constantFrom(
    'a.md',
    'A.md',
    'a.markdown',
    'ä.md',
    'a\u0308.md',
    '(1).md',
    'x.y.md',
    '!.md',
  );
  const PATTERN = fc.constantFrom(
    'decks',
    '.',
    '../cwd',
    'decks/**/*.md',
    '**/*.md',
    './decks/a',
    '{decks,.}/*.md',
  );

  test('is below the output folder, unlike all others, and the same whatever the order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(FOLDER, FILE), { minLength: 1, maxLength: 8 }),
        fc.shuffledSubarray(['decks', '.', '../cwd', 'decks/**/*.md', '**/*.md'], { minLength: 1 }),
        fc.array(PATTERN, { maxLength: 2 }),
        async (files, some, more) => {
          const cwd = join(await temporaryFolder(), 'cwd');
          await writeTree(
            cwd,
            Object.fromEntries(files.map(([folder, file]) => [`decks/${folder}${file}`, ''])),
          );
          const found = await find(cwd, ...some, ...more);
          const found2 = await find(cwd, ...more, ...some.toReversed());
          expect(found2.decks).toEqual(found.decks);
          const keys = found.decks.map((deck) => deck.outputName.normalize('NFC').toLowerCase());
          expect(new Set(keys).size).toBe(keys.length);
          for (const name of keys) expect(resolve('/o', name).startsWith('/o/')).toBe(true);
        },
      ),
      randomCases(15, 60),
    );
  });
});
