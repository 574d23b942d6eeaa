import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { liesWithin, projectRoot } from '../../../src/pipeline/site/project-root.ts';
import { writeTree } from '../../support/sample.ts';
import { temporaryFolder } from '../../support/temporary.ts';

describe('the root of a project', () => {
  test.each(['package.json', 'deckhand.config.yaml', 'deckhand.config.mjs', '.git/HEAD'])(
    'is the folder above the deck with %s',
    async (marker) => {
      const root = await temporaryFolder();
      await writeTree(root, { [marker]: '', 'a/b/deck.md': '' });
      expect(projectRoot(join(root, 'a/b/deck.md'))).toBe(root);
    },
  );

  test('is the nearest of several', async () => {
    const root = await temporaryFolder();
    await writeTree(root, { 'package.json': '', 'a/package.json': '', 'a/b/deck.md': '' });
    expect(projectRoot(join(root, 'a/b/deck.md'))).toBe(join(root, 'a'));
  });

  test('is the folder of the deck where nothing marks one', async () => {
    const root = await temporaryFolder();
    await writeTree(root, { 'a/deck.md': '' });
    expect(projectRoot(join(root, 'a/deck.md'))).toBe(join(root, 'a'));
  });
});

describe('a path', () => {
  test('is in a folder that contains it', async () => {
    const root = await temporaryFolder();
    await writeTree(root, { 'in/..odd/x': '' });
    expect(liesWithin(join(root, 'in'), join(root, 'in/..odd/x'))).toBe(true);
  });

  test('does not lie within a folder whose name it merely begins with', async () => {
    const root = await temporaryFolder();
    await writeTree(root, { 'in/x': '', 'inside/x': '' });
    expect(liesWithin(join(root, 'in'), join(root, 'inside/x'))).toBe(false);
  });

  test('does not lie within a folder that only links to it', async () => {
    const root = await temporaryFolder();
    await writeTree(root, { 'in/y': '', 'out/x': '' });
    await symlink(join(root, 'out/x'), join(root, 'in/x'));
    expect(liesWithin(join(root, 'in'), join(root, 'in/x'))).toBe(false);
  });

  test('is in a folder that is itself a link', async () => {
    const root = await temporaryFolder();
    await writeTree(root, { 'real/x': '' });
    await symlink(join(root, 'real'), join(root, 'link'));
    expect(liesWithin(join(root, 'link'), join(root, 'real/x'))).toBe(true);
  });

  test('does not lie within a folder below it', async () => {
    const root = await temporaryFolder();
    await mkdir(join(root, 'in'));
    expect(liesWithin(join(root, 'in'), root)).toBe(false);
  });
});
