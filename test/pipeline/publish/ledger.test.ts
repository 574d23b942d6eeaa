import { existsSync } from 'node:fs';
import { chmod, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { below, noteFiles, removeGoneDecks } from '../../../src/pipeline/publish/ledger.ts';
import { writeTree } from '../../support/sample.ts';
import { temporaryFolder } from '../../support/temporary.ts';

/** A project in which decks were built to files of their own in `out`. */
async function built(decks: Readonly<Record<string, readonly string[]>>) {
  const root = await temporaryFolder();
  const out = join(root, 'out');
  const update = async (some: Readonly<Record<string, readonly string[]>>, clean: boolean) => {
    for (const [deck, added] of Object.entries(some))
      await noteFiles(out, { deck: below(out, join(root, deck)), added, removed: [] });
    return clean ? removeGoneDecks(out) : [];
  };
  await writeTree(root, Object.fromEntries(Object.keys(decks).map((deck) => [deck, '# A'])));
  await writeTree(
    out,
    Object.fromEntries(
      Object.values(decks)
        .flat()
        .map((file) => [file, 'pdf']),
    ),
  );
  await update(decks, false);
  const has = (file: string) => existsSync(join(out, file));
  const remove = (deck: string) => rm(join(root, deck));
  return { root, out, update, has, remove };
}

describe('cleaning', () => {
  test('removes the files of a deck that no longer exists, and the folder if it is empty then', async () => {
    const { update, has, remove } = await built({ 'a.md': ['w/a/a-slides.pdf'], 'b.md': ['b/b-slides.pdf'] });
    await remove('a.md');
    expect(await update({}, true)).toEqual(['w/a/a-slides.pdf']);
    expect([has('w'), has('b/b-slides.pdf')]).toEqual([false, true]);
  });

  test('happens only when it is asked for', async () => {
    const { update, has, remove } = await built({ 'a.md': ['a.pdf'] });
    await remove('a.md');
    expect(await update({}, false)).toEqual([]);
    expect(has('a.pdf')).toBe(true);
  });

  test('remembers a deck that was not part of this build', async () => {
    const { update, has, remove } = await built({ 'a.md': ['a.pdf'], 'b.md': ['b.pdf'] });
    await update({ 'b.md': ['b.pdf'] }, true);
    await remove('a.md');
    await update({ 'b.md': ['b.pdf'] }, true);
    expect([has('a.pdf'), has('b.pdf')]).toEqual([false, true]);
  });

  test('removes what an earlier build of the deck made and a later one did not', async () => {
    const { update, has, remove, out } = await built({ 'a.md': ['a-slides.pdf'] });
    await writeFile(join(out, 'a-handout.pdf'), '');
    await update({ 'a.md': ['a-handout.pdf'] }, false);
    await remove('a.md');
    await update({}, true);
    expect([has('a-slides.pdf'), has('a-handout.pdf')]).toEqual([false, false]);
  });

  test('keeps a file that another deck makes now', async () => {
    const { update, has, remove, root } = await built({ 'old/a.md': ['a.pdf'] });
    await remove('old/a.md');
    await writeTree(root, { 'new/a.md': '' });
    await update({ 'new/a.md': ['a.pdf'] }, true);
    expect(has('a.pdf')).toBe(true);
  });

  test('keeps files that it did not create, and their folder', async () => {
    const { update, has, remove, out } = await built({ 'a.md': ['a/a.pdf'] });
    await writeFile(join(out, 'a/notes.txt'), 'mine');
    await remove('a.md');
    await update({}, true);
    expect([has('a/a.pdf'), has('a/notes.txt')]).toEqual([false, true]);
  });

  test('ignores a file that was already removed', async () => {
    const { update, remove, out } = await built({ 'a.md': ['a.pdf'] });
    await remove('a.md');
    await rm(join(out, 'a.pdf'));
    expect(await update({}, true)).toEqual(['a.pdf']);
  });

  test('forgets a deck after its files were removed', async () => {
    const { update, remove } = await built({ 'a.md': ['a.pdf'] });
    await remove('a.md');
    await update({}, true);
    expect(await update({}, true)).toEqual([]);
  });

  test.each(['../secret', 'a/../../secret', '/SECRET', 'x/../../secret'])(
    'does not follow a forged ledger to %s',
    async (written) => {
      const { root, out, update } = await built({ 'b.md': ['b.pdf'] });
      await writeFile(join(root, 'secret'), 's');
      const file = written.replace('/SECRET', join(root, 'secret'));
      await writeFile(join(out, '.deckhand.json'), JSON.stringify({ '../gone.md': [file] }));
      await update({}, true);
      expect(existsSync(join(root, 'secret'))).toBe(true);
    },
  );

  test.each(['', 'not json', '[]', '{"../gone.md": "b.pdf"}', '{"../gone.md": [1]}', 'null'])(
    'removes nothing by a damaged ledger %j',
    async (ledger) => {
      const { out, update, has } = await built({ 'b.md': ['b.pdf'] });
      await writeFile(join(out, '.deckhand.json'), ledger);
      expect(await update({}, true)).toEqual([]);
      expect(has('b.pdf')).toBe(true);
    },
  );

  test.each(['', '.', 'folder'])(
    'is not stopped by a forged ledger that names the folder %j',
    async (name) => {
      const { out, update, has } = await built({ 'b.md': ['folder/b.pdf'] });
      await writeFile(join(out, '.deckhand.json'), JSON.stringify({ '../gone.md': [name] }));
      await update({}, true);
      expect(has('folder/b.pdf')).toBe(true);
    },
  );
});

test('the ledger is the same whatever the order of the decks', async () => {
  const { out, update } = await built({});
  const read = () => readFile(join(out, '.deckhand.json'), 'utf8');
  await update({ 'a.md': ['2.pdf', '1.pdf'], 'b.md': ['b.pdf'] }, false);
  const first = await read();
  await rm(join(out, '.deckhand.json'));
  await update({ 'b.md': ['b.pdf'], 'a.md': ['1.pdf', '2.pdf'] }, false);
  expect(await read()).toBe(first);
});

describe('noting files', () => {
  const read = async (out: string) => JSON.parse(await readFile(join(out, '.deckhand.json'), 'utf8'));

  test('forgets those that were removed', async () => {
    const { out } = await built({ 'a.md': ['1.png', '2.png'] });
    await noteFiles(out, { deck: '../a.md', added: [], removed: ['2.png'] });
    expect(await read(out)).toEqual({ '../a.md': ['1.png'] });
  });

  test('writes nothing where all of it is known', async () => {
    const { out } = await built({ 'a.md': ['1.png'] });
    await chmod(join(out, '.deckhand.json'), 0o640);
    await noteFiles(out, { deck: '../a.md', added: ['1.png'], removed: ['9.png'] });
    expect((await stat(join(out, '.deckhand.json'))).mode & 0o777).toBe(0o640);
  });
});
