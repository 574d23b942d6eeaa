import { createHash } from 'node:crypto';
import { readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PDFDocument, PDFHexString, PDFName, PDFRawStream } from 'pdf-lib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { build, publishedOutputs } from '../../src/index.ts';
import { unzipped } from '../support/archive.ts';
import { type BuiltCourse, courseBuiltNow, courseBuiltOnce } from '../support/course.ts';
import { pdfDifference } from '../support/pdf-difference.ts';
import { sharedPorts } from '../support/shared-browser.ts';
import { type Built, buildTwice, removeBuilt, sumsOf } from '../support/somewhere.ts';

const DECKS = ['things', 'code', 'links', 'lost', 'structure', 'summary', 'marked'];
const MODIFIED = new Date('2021-03-04T05:06:07Z');

let first: Built | undefined;
let second: Built | undefined;
beforeAll(async () => {
  [first, second] = await buildTwice(DECKS, ['--only', 'slides,handout,cheatsheet,archive']);
});
afterAll(async () => {
  for (const built of [first, second].filter((one) => one !== undefined)) await removeBuilt(built);
});

interface BuiltFile {
  readonly file: string;
  readonly sha256: string;
  readonly bytes: Buffer;
}

async function filesOf(built: Built | undefined): Promise<BuiltFile[]> {
  const outputs = (built?.report.decks ?? []).flatMap(publishedOutputs);
  const pdfs = outputs.filter(({ kind }) => kind !== 'archive');
  return Promise.all(
    pdfs.map(async ({ file, sha256 }) => {
      const bytes = await readFile(join(built?.folder ?? '', 'output', file));
      return { file, sha256, bytes };
    }),
  );
}

test('two builds in different folders, time zones and languages give the same bytes', async () => {
  const [ones, others] = [await filesOf(first), await filesOf(second)];
  expect(ones.length).toBeGreaterThanOrEqual(DECKS.length * 2);
  expect(others.map(({ file }) => file)).toEqual(ones.map(({ file }) => file));
  const differences = await Promise.all(
    ones.map(async ({ file, bytes }, i) => {
      const difference = await pdfDifference(bytes, others[i]?.bytes ?? Buffer.alloc(0));
      return difference === undefined ? [] : [`${file}: ${difference}`];
    }),
  );
  expect(differences.flat()).toEqual([]);
});

test('they give the same archives', async () => {
  // Of two files that differ, those inside say more.
  for (const name of DECKS) {
    const [a, b] = await Promise.all([first, second].map((built) => archiveOf(built, name)));
    expect(a?.size).toBeGreaterThan(0);
    for (const [path, bytes] of a ?? [])
      expect([path, bytes.equals(b?.get(path) ?? Buffer.of())]).toEqual([path, true]);
  }
  expect(sumsOf(first).filter((sum) => sum.includes('-archive.zip '))).toHaveLength(DECKS.length);
  expect(sumsOf(second)).toEqual(sumsOf(first));
});

async function archiveOf(built: Built | undefined, name: string): Promise<Map<string, Buffer>> {
  return unzipped(await readFile(join(built?.folder ?? '', `output/${name}/${name}-archive.zip`)));
}

test('the report has the hash of each file', async () => {
  for (const { sha256, bytes } of await filesOf(first))
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
});

describe('a file that differs', () => {
  test('has the number, path and values of the first such object named', async () => {
    const [a, b] = await spoiled(({ catalog }) => {
      catalog.set(PDFName.of('Lang'), PDFHexString.fromText('xx'));
    });
    const difference = await pdfDifference(a, b);
    expect(difference).toMatch(/^object \d+, Root\/Lang, from 0 on: “\(en\)” and “<FEFF00780078>”$/);
  });

  test('has the place in a page’s content named', async () => {
    const [a, b] = await spoiled((document) => {
      const page = document.getPage(0).node;
      const reference = page.get(PDFName.of('Contents'));
      const stream = document.context.lookup(reference);
      if (!(stream instanceof PDFRawStream)) throw new Error('the page has no content');
      document.context.assign(reference as never, document.context.flateStream('0 0 9 9 re f'));
    });
    expect(await pdfDifference(a, b)).toMatch(
      /^object \d+, Root\/Pages\/Kids\/0\/Contents, from \d+ on: “.+” and “.*0 0 9 9 re f.*”$/,
    );
  });

  test('is distinguished from one that is only written in another way', async () => {
    const [a, b] = await spoiled(() => undefined);
    expect(await pdfDifference(a, b)).toMatch(/^the same objects, written in another way from byte \d+ on$/);
  });

  async function spoiled(spoil: (document: PDFDocument) => void): Promise<[Buffer, Uint8Array]> {
    const [file] = await filesOf(first);
    if (!file) throw new Error('nothing was built');
    const document = await PDFDocument.load(file.bytes, { updateMetadata: false });
    spoil(document);
    return [file.bytes, await document.save({ useObjectStreams: false })];
  }
});

test('two builds give the same keys', () => {
  const keys = (built: Built | undefined): string[] =>
    (built?.report.decks ?? []).flatMap(publishedOutputs).map(({ file, key }) => `${file} ${key}`);
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
  await build({ only: 'slides', decks: 'decks/bare.md' }, { ...sharedPorts(), cwd: course.folder });
  expect(await dates(course)).toEqual([MODIFIED, MODIFIED]);
});

test('a changed word changes bytes and key', async () => {
  const [before] = publishedOutputs(course.deck('decks/bare.md'));
  await writeFile(join(course.folder, 'decks/bare.md'), '# Only other words\n');
  const report = await build(
    { only: 'slides', decks: 'decks/bare.md' },
    { ...sharedPorts(), cwd: course.folder },
  );
  const [after] = report.decks.flatMap(publishedOutputs);
  expect(after?.key).not.toBe(before?.key);
  expect(after?.sha256).not.toBe(before?.sha256);
});
