import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Artifact } from '../../../src/model/model.ts';
import { publishOutput } from '../../../src/pipeline/publish/publish-output.ts';
import { prepareOutputDir, writeFileWhole } from '../../../src/system/write-file.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const artifact = (file: string, text = file): Artifact => ({
  kind: 'slides',
  file,
  bytes: Buffer.from(text),
  pages: 3,
  key: 'k',
});
const filesIn = async (folder: string) =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .sort();
const LEDGER = '.deckhand.json';
const ledgerIn = async (out: string) => JSON.parse(await readFile(join(out, LEDGER), 'utf8'));
const UNWRITABLE = { code: 'OUTPUT_UNWRITABLE', exitCode: 3 };

/** Publishes files as one output whose only place is a folder for slide images. */
const publish = (out: string, ...artifacts: Artifact[]) =>
  publishOutput({ deckFile: join(out, 'deck.md'), place: PLACE, artifacts }, out);
const PLACE = { folder: 'a/a-slides', holds: (name: string) => /^\d+\.png$/.test(name) };

describe('publishing', () => {
  test('writes the files of an output below the output folder', async () => {
    const out = join(await temporaryFolder(), 'new/out');
    await publish(out, artifact('a/b/x.pdf', 'text'));
    expect(await readFile(join(out, 'a/b/x.pdf'), 'utf8')).toBe('text');
  });

  test('takes the place of what was there', async () => {
    const out = await temporaryFolder();
    await writeFile(join(out, 'x.pdf'), 'something longer from before');
    await publish(out, artifact('x.pdf', 'new'));
    expect(await readFile(join(out, 'x.pdf'), 'utf8')).toBe('new');
  });

  test('leaves no other files than the ledger', async () => {
    const out = await temporaryFolder();
    await publish(out, artifact('a/x.pdf'), artifact('a/y.pdf'));
    expect(await filesIn(out)).toEqual([LEDGER, 'x.pdf', 'y.pdf']);
  });

  test('notes its files in the ledger', async () => {
    const out = await temporaryFolder();
    await publish(out, artifact('a/x.pdf'), artifact('a/y.pdf'));
    expect(await ledgerIn(out)).toEqual({ 'deck.md': ['a/x.pdf', 'a/y.pdf'] });
  });

  test('writes names as long as the system allows', async () => {
    const out = await temporaryFolder();
    const name = `${'й'.repeat(125)}.pdf`;
    await publish(out, artifact(name));
    expect(await filesIn(out)).toEqual([LEDGER, name]);
  });

  test('writes none of an output’s files where one cannot be', async () => {
    const out = await temporaryFolder();
    await writeFile(join(out, 'file'), 'in the way');
    await expect(publish(out, artifact('a.pdf'), artifact('file/b.pdf'))).rejects.toMatchObject(UNWRITABLE);
    expect(await filesIn(out)).toEqual(['file']);
  });

  test('keeps the old file where its new one cannot be complete', async () => {
    const out = await temporaryFolder();
    await writeFile(join(out, 'a.pdf'), 'old');
    await writeFile(join(out, 'file'), '');
    await publish(out, artifact('a.pdf', 'new'), artifact('file/b.pdf')).catch(() => undefined);
    expect(await readFile(join(out, 'a.pdf'), 'utf8')).toBe('old');
  });

  test('says that nothing can be written where a folder has the name of a file', async () => {
    const out = await temporaryFolder();
    await mkdir(join(out, 'x.pdf'));
    await expect(publish(out, artifact('x.pdf'))).rejects.toMatchObject(UNWRITABLE);
    expect(await readdir(out)).toEqual(['x.pdf']);
  });

  test('gives no file its name where a folder has that of a later one', async () => {
    const out = await temporaryFolder();
    await mkdir(join(out, 'y.pdf'));
    await expect(publish(out, artifact('x.pdf'), artifact('y.pdf'))).rejects.toMatchObject(UNWRITABLE);
    expect(await readdir(out)).toEqual(['y.pdf']);
  });
});

describe('what an earlier build left', () => {
  const left = async (...names: string[]) => {
    const out = await temporaryFolder();
    await mkdir(join(out, PLACE.folder, '9.png'), { recursive: true });
    for (const name of names) await writeFile(join(out, PLACE.folder, name), '');
    return out;
  };

  test('goes, but for what this one made', async () => {
    const out = await left('1.png', '2.png');
    await publish(out, artifact('a/a-slides/2.png'));
    expect(await filesIn(out)).toEqual([LEDGER, '2.png']);
  });

  test('is forgotten by the ledger', async () => {
    const out = await left();
    await publish(out, artifact('a/a-slides/1.png'), artifact('a/a-slides/2.png'));
    await publish(out, artifact('a/a-slides/2.png'));
    expect(await ledgerIn(out)).toEqual({ 'deck.md': ['a/a-slides/2.png'] });
  });

  test('goes only where it has a name that we give: what else is there is not ours', async () => {
    const out = await left('1.png', 'cover.png', 'notes.txt');
    await publish(out);
    expect(await filesIn(out)).toEqual(['cover.png', 'notes.txt']);
    expect(await readdir(join(out, PLACE.folder))).toContain('9.png');
  });

  test('may be nothing', async () => {
    const out = await temporaryFolder();
    await publish(out);
    expect(await readdir(out)).toEqual([]);
  });
});

describe('a file that is written whole', () => {
  test('has its text', async () => {
    const file = join(await temporaryFolder(), 'a/report.json');
    await writeFileWhole(file, 'é');
    expect(await readFile(file, 'utf8')).toBe('é');
  });

  test('leaves no files if it cannot be written', async () => {
    const out = await temporaryFolder();
    await mkdir(join(out, 'report.json'));
    await expect(writeFileWhole(join(out, 'report.json'), 'x')).rejects.toMatchObject(UNWRITABLE);
    expect(await readdir(out)).toEqual(['report.json']);
  });
});

describe('the output folder', () => {
  test('is made and left empty', async () => {
    const out = join(await temporaryFolder(), 'a/b');
    await prepareOutputDir(out);
    expect(await readdir(out)).toEqual([]);
  });

  test('cannot be a file', async () => {
    const file = join(await temporaryFolder(), 'file');
    await writeFile(file, '');
    await expect(prepareOutputDir(file)).rejects.toMatchObject(UNWRITABLE);
  });

  test('cannot lie below a file', async () => {
    const file = join(await temporaryFolder(), 'file');
    await writeFile(file, '');
    await expect(prepareOutputDir(join(file, 'out'))).rejects.toMatchObject(UNWRITABLE);
  });
});
