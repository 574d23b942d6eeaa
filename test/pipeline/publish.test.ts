import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Artifact } from '../../src/pipeline/model.ts';
import {
  describeArtifact,
  prepareOutputDir,
  publishArtifacts,
  removeLeftovers,
  writeFileWhole,
} from '../../src/pipeline/publish.ts';
import { temporaryFolder } from '../support/temporary.ts';

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
const UNWRITABLE = { code: 'OUTPUT_UNWRITABLE', exitCode: 3 };

describe('publishing', () => {
  test('writes the files of a deck below the output folder', async () => {
    const out = join(await temporaryFolder(), 'new/out');
    await publishArtifacts([artifact('a/b/x.pdf', 'text')], out);
    expect(await readFile(join(out, 'a/b/x.pdf'), 'utf8')).toBe('text');
  });

  test('tells of each file what it holds', () => {
    const sha256 = createHash('sha256').update('text').digest('hex');
    const told = { kind: 'slides', file: 'x.pdf', pages: 3, bytes: 4, sha256, key: 'k' };
    expect(describeArtifact(artifact('x.pdf', 'text'))).toEqual(told);
  });

  test('takes the place of what was there', async () => {
    const out = await temporaryFolder();
    await writeFile(join(out, 'x.pdf'), 'something longer from before');
    await publishArtifacts([artifact('x.pdf', 'new')], out);
    expect(await readFile(join(out, 'x.pdf'), 'utf8')).toBe('new');
  });

  test('leaves nothing else behind', async () => {
    const out = await temporaryFolder();
    await publishArtifacts([artifact('a/x.pdf'), artifact('a/y.pdf')], out);
    expect(await filesIn(out)).toEqual(['x.pdf', 'y.pdf']);
  });

  test('writes names as long as the system allows', async () => {
    const out = await temporaryFolder();
    const name = `${'й'.repeat(125)}.pdf`;
    await publishArtifacts([artifact(name)], out);
    expect(await filesIn(out)).toEqual([name]);
  });

  test('writes none of a deck’s files where one can not be', async () => {
    const out = await temporaryFolder();
    await writeFile(join(out, 'file'), 'in the way');
    const publishing = publishArtifacts([artifact('a.pdf'), artifact('file/b.pdf')], out);
    await expect(publishing).rejects.toMatchObject(UNWRITABLE);
    expect(await filesIn(out)).toEqual(['file']);
  });

  test('keeps the old file where its new one can not be complete', async () => {
    const out = await temporaryFolder();
    await writeFile(join(out, 'a.pdf'), 'old');
    await writeFile(join(out, 'file'), '');
    await publishArtifacts([artifact('a.pdf', 'new'), artifact('file/b.pdf')], out).catch(() => undefined);
    expect(await readFile(join(out, 'a.pdf'), 'utf8')).toBe('old');
  });

  test('says that nothing can be written where a folder has the name of a file', async () => {
    const out = await temporaryFolder();
    await mkdir(join(out, 'x.pdf'));
    await expect(publishArtifacts([artifact('x.pdf')], out)).rejects.toMatchObject(UNWRITABLE);
    expect(await readdir(out)).toEqual(['x.pdf']);
  });
});

describe('what an earlier build left', () => {
  const place = { folder: 'a/a-slides', holds: (name: string) => /^\d+\.png$/.test(name) };
  const left = async (...names: string[]) => {
    const out = await temporaryFolder();
    await mkdir(join(out, place.folder, '9.png'), { recursive: true });
    for (const name of names) await writeFile(join(out, place.folder, name), '');
    return out;
  };

  test('goes, but for what this one made', async () => {
    const out = await left('1.png', '2.png');
    await removeLeftovers([place], [artifact('a/a-slides/2.png')], out);
    expect(await filesIn(out)).toEqual(['2.png']);
  });

  test('goes only where it has a name that we give: what else is there is not ours', async () => {
    const out = await left('1.png', 'cover.png', 'notes.txt');
    await removeLeftovers([place], [], out);
    expect(await filesIn(out)).toEqual(['cover.png', 'notes.txt']);
    expect(await readdir(join(out, place.folder))).toContain('9.png');
  });

  test('may be nothing', async () => {
    const out = await temporaryFolder();
    await removeLeftovers([place], [], out);
    expect(await readdir(out)).toEqual([]);
  });
});

describe('a file that is written whole', () => {
  test('has its text', async () => {
    const file = join(await temporaryFolder(), 'a/report.json');
    await writeFileWhole(file, 'é');
    expect(await readFile(file, 'utf8')).toBe('é');
  });

  test('leaves nothing behind where it can not be written', async () => {
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

  test('can not be a file', async () => {
    const file = join(await temporaryFolder(), 'file');
    await writeFile(file, '');
    await expect(prepareOutputDir(file)).rejects.toMatchObject(UNWRITABLE);
  });

  test('can not lie below a file', async () => {
    const file = join(await temporaryFolder(), 'file');
    await writeFile(file, '');
    await expect(prepareOutputDir(join(file, 'out'))).rejects.toMatchObject(UNWRITABLE);
  });
});
