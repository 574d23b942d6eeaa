import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { removeGoneDecks } from '../../../src/pipeline/publish/ledger.ts';
import { publishOutput } from '../../../src/pipeline/publish/publish-output.ts';
import { recoverOutputDir } from '../../../src/pipeline/publish/recover.ts';
import { liesInOutput } from '../../../src/pipeline/publish/within-output.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const place = { folder: 'week1/deck', holds: () => true };
const artifacts = [
  { kind: 'slides' as const, file: 'week1/deck/deck-slides.pdf', bytes: Buffer.from('x'), key: 'k' },
];
const UUID = '01234567-89ab-cdef-0123-456789abcdef';

/** An output folder in which `week1` leads to a folder beside it, where a file is. */
async function planted() {
  const root = await temporaryFolder();
  const [output, outside] = [join(root, 'output'), join(root, 'outside')];
  await mkdir(output);
  await mkdir(join(outside, 'deck'), { recursive: true });
  await writeFile(join(outside, 'deck/theirs.pdf'), 'theirs');
  await writeFile(join(outside, `deck/.deckhand-999999999-1-${UUID}`), 'theirs');
  await symlink(outside, join(output, 'week1'));
  return { output, outside, there: async () => (await readdir(join(outside, 'deck'))).length };
}

describe('a link that leads out of the output folder', () => {
  test('is not followed when files are written or removed', async () => {
    const { output, there } = await planted();
    const publishing = publishOutput({ deckFile: join(output, '../a.md'), place, artifacts }, output);
    await expect(publishing).rejects.toMatchObject({
      code: 'OUTPUT_UNWRITABLE',
      message: expect.stringContaining('symbolic link'),
    });
    await publishOutput({ deckFile: join(output, '../a.md'), place, artifacts: [] }, output);
    expect(await there()).toBe(2);
  });

  test('is not followed when the output folder is put in order', async () => {
    const { output, there } = await planted();
    await recoverOutputDir(output, ['week1/deck']);
    expect(await there()).toBe(2);
  });

  test('is not followed for decks that no longer exist', async () => {
    const { output, there } = await planted();
    await writeFile(
      join(output, '.deckhand.json'),
      JSON.stringify({ '../gone.md': ['week1/deck/theirs.pdf'] }),
    );
    expect(await removeGoneDecks(output)).toEqual([]);
    expect(await there()).toBe(2);
  });

  test('is distinguished from one that does not, and from none', async () => {
    const { output } = await planted();
    await mkdir(join(output, 'own'));
    await symlink(join(output, 'own'), join(output, 'inside'));
    await symlink(join(output, 'nowhere'), join(output, 'dangling'));
    const found = ['week1/a', 'inside/a', 'own/a', 'new/folder/a', 'a', 'dangling/a', 'week1'].map((file) =>
      liesInOutput(output, join(output, file)),
    );
    expect(found).toEqual([false, true, true, true, true, false, true]);
  });
});
