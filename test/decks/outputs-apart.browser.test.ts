import { readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { build, type Config, publishedOutputs, type RunReport } from '../../src/index.ts';
import { makeCourse } from '../support/course.ts';
import { readPdf } from '../support/pdf.ts';

// One output never takes another with it.

const FILES = {
  'decks/a.md':
    '# One\n\n---\n\n## Two\n\n![tile](../img/tile.png)\n\n<!-- .slide: data-cheatsheet="keep" -->\n\n```sh\nls\n```\n',
  'decks/b.md': '# Other\n',
  // The second slide has no place on its sheet.
  'handout.css': '.cell:nth-child(1 of .cell ~ .cell) { display: none }',
  // What follows each page is a page of its own.
  'cheatsheet.css':
    '.page { contain: none !important; height: auto !important } .page::after { content: ""; display: block; break-before: page; height: 10px }',
};
const FINE: Config = {
  decks: ['decks/a.md', 'decks/b.md'],
  only: ['slides', 'handout', 'cheatsheet', 'images'],
};
const SPOILT: Config = {
  ...FINE,
  only: ['slides', 'handout', 'cheatsheet', 'images', 'archive'],
  handout: { css: 'handout.css' },
  cheatsheet: { css: 'cheatsheet.css' },
  // Slide images would have more pixels than can be taken; the type on slides of that size is small.
  ...{ size: '5000x5000', scale: 4, minType: 0 },
};

let folder: string;
let before: RunReport;
const statuses = (report: RunReport, path: string) =>
  Object.fromEntries(
    report.decks.find((deck) => deck.path === path)?.outputs.map(({ kind, status }) => [kind, status]) ?? [],
  );
const output = (name: string): Promise<Buffer> => readFile(join(folder, 'output', name));
const ledger = async (): Promise<Record<string, string[]>> =>
  JSON.parse(String(await output('.deckhand.json')));

beforeAll(async () => {
  folder = await makeCourse(FILES);
  before = await build(FINE, { cwd: folder });
});
afterAll(() => rm(dirname(folder), { recursive: true, force: true }));

describe('a deck with one output that is incomplete, one that is unsound and one that fails', () => {
  let report: RunReport;
  let image: Buffer;
  beforeAll(async () => {
    image = await output('a/a-slides/002-2.png');
    report = await build(SPOILT, { cwd: folder });
  });

  test('has them side by side with what is complete, and an archive that says that it is not', () => {
    expect(statuses(report, 'decks/a.md')).toEqual({
      slides: 'complete',
      handout: 'incomplete',
      cheatsheet: 'withheld',
      images: 'failed',
      archive: 'incomplete',
    });
  });

  test('gives the run the exit code 1', () => {
    expect([before.exitCode, report.exitCode]).toEqual([0, 1]);
  });

  test('names the slide that is at fault, and the output with each error', () => {
    const deck = report.decks.find(({ path }) => path === 'decks/a.md');
    expect(deck?.outputs.find(({ kind }) => kind === 'handout')).toMatchObject({ faultySlides: ['2'] });
    const errors = deck?.diagnostics.filter(({ severity }) => severity === 'error');
    expect(errors?.map(({ code, output: about, slide }) => [code, about, slide])).toEqual([
      ['SLIDE_NOT_PLACED', 'handout', '2'],
      ['PAGE_COUNT_MISMATCH', 'cheatsheet', undefined],
      ['SLIDE_IMAGE_TOO_LARGE', 'images', undefined],
    ]);
  });

  test('has new files of what is written, as the report says', async () => {
    for (const { kind, sha256 } of report.decks.flatMap(publishedOutputs))
      expect(before.decks.flatMap(publishedOutputs).map((one) => [kind, one.sha256])).not.toContainEqual([
        kind,
        sha256,
      ]);
    expect(await readPdf(await output('a/a-handout.pdf'))).toHaveLength(1);
  });

  test('keeps the last good files of what is not, and says so', async () => {
    const deck = report.decks.find(({ path }) => path === 'decks/a.md');
    expect(deck?.outputs.flatMap((one) => ('kept' in one ? one.kept : []))).toEqual([
      'a/a-cheatsheet.pdf',
      'a/a-slides/001-1.png',
      'a/a-slides/002-2.png',
    ]);
    expect((await output('a/a-slides/002-2.png')).equals(image)).toBe(true);
    expect(await readPdf(await output('a/a-cheatsheet.pdf'))).toHaveLength(1);
  });

  test('hurts no other deck', () => {
    expect(statuses(report, 'decks/b.md')).toMatchObject({ slides: 'complete', handout: 'complete' });
  });

  test('leaves a ledger that names every file', async () => {
    expect((await ledger())['../decks/a.md']).toEqual([
      'a/a-archive.zip',
      'a/a-cheatsheet.pdf',
      'a/a-handout.pdf',
      'a/a-slides.pdf',
      'a/a-slides/001-1.png',
      'a/a-slides/002-2.png',
    ]);
  });
});

test('with strict, what is incomplete is withheld, and its last file stays', async () => {
  await writeFile(join(folder, 'output/a/a-handout.pdf'), 'as it was');
  const report = await build({ ...SPOILT, strict: true, decks: 'decks/a.md' }, { cwd: folder });
  expect(statuses(report, 'decks/a.md')).toMatchObject({
    slides: 'complete',
    handout: 'withheld',
    archive: 'withheld',
  });
  expect(String(await output('a/a-handout.pdf'))).toBe('as it was');
});
