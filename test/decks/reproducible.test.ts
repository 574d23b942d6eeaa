import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { build } from '../../src/index.ts';
import { type BuiltCourse, courseBuiltNow, courseBuiltOnce } from '../support/course.ts';
import { type Built, buildTwice, removeBuilt, sumsOf } from '../support/somewhere.ts';

const DECKS = ['things', 'code', 'links', 'lost', 'structure', 'summary', 'marked'];
const MODIFIED = new Date('2021-03-04T05:06:07Z');

let first: Built | undefined;
let second: Built | undefined;
beforeAll(async () => {
  [first, second] = await buildTwice(DECKS);
});
afterAll(async () => {
  for (const built of [first, second].filter((one) => one !== undefined)) await removeBuilt(built);
});

test('two builds in different folders, time zones and languages give the same bytes', () => {
  expect(sumsOf(first).length).toBeGreaterThanOrEqual(DECKS.length * 2);
  expect(sumsOf(second)).toEqual(sumsOf(first));
});

test('two builds give the same keys', () => {
  const keys = (built: Built | undefined): string[] =>
    (built?.report.decks ?? []).flatMap(({ outputs }) => outputs.map(({ file, key }) => `${file} ${key}`));
  expect(keys(second)).toEqual(keys(first));
});

const course = courseBuiltOnce({ only: 'slides', decks: 'decks/bare.md' }, {}, {});

async function dates(built: BuiltCourse): Promise<(Date | undefined)[]> {
  const document = await PDFDocument.load(await built.bytes('decks/bare.md'), { updateMetadata: false });
  return [document.getCreationDate(), document.getModificationDate()];
}

test('SOURCE_DATE_EPOCH dates the files', async () => {
  const env = { ...process.env, SOURCE_DATE_EPOCH: '86400' };
  const dated = await courseBuiltNow({ only: 'slides', decks: 'decks/bare.md' }, {}, { env });
  expect(await dates(dated)).toEqual([new Date(86_400_000), new Date(86_400_000)]);
});

test('without it the deck’s last change dates them', async () => {
  const file = join(course.folder, 'decks/bare.md');
  await utimes(file, MODIFIED, MODIFIED);
  await build({ only: 'slides', decks: 'decks/bare.md' }, { cwd: course.folder });
  expect(await dates(course)).toEqual([MODIFIED, MODIFIED]);
});

test('a changed word changes bytes and key', async () => {
  const [before] = course.deck('decks/bare.md').outputs;
  await writeFile(join(course.folder, 'decks/bare.md'), '# Only other words\n');
  const report = await build({ only: 'slides', decks: 'decks/bare.md' }, { cwd: course.folder });
  const after = report.decks[0]?.outputs[0];
  expect(after?.key).not.toBe(before?.key);
  expect(after?.sha256).not.toBe(before?.sha256);
});
