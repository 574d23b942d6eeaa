import { symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ORIGIN, revealMdPlaces } from '../../../../../src/pipeline/inputs/reveal-md/model/addresses.ts';
import { styleReferences } from '../../../../../src/pipeline/inputs/reveal-md/styles/style-references.ts';
import { writeTree } from '../../../../support/sample.ts';
import { temporaryFolder } from '../../../../support/temporary.ts';

async function read(files: Readonly<Record<string, string>>, path = 'css/a.css') {
  const above = await temporaryFolder();
  const root = join(above, 'root');
  await writeTree(root, files);
  const references = () =>
    styleReferences(
      { name: 'a', file: join(root, path) },
      { line: 3 },
      revealMdPlaces({ file: join(root, 'decks/deck.md') }, root, {}),
    );
  return { above, root, references };
}

const told = async (files: Readonly<Record<string, string>>) =>
  (await (await read(files)).references()).map(({ kind, url, via }) => [kind, url, via]);

describe('what a style sheet of the project asks for', () => {
  test('has the line that names the sheet, and the sheet’s URL', async () => {
    const { references } = await read({ 'css/a b.css': 'p { background: url(x.png) }' }, 'css/a b.css');
    expect(await references()).toEqual([
      { kind: 'image', url: 'x.png', line: 3, via: `${ORIGIN}/css/a%20b.css` },
    ]);
  });

  test('includes what its imports ask for', async () => {
    const files = {
      'css/a.css': '@import "sub/b.css"; @font-face { src: url(a.woff) }',
      'css/sub/b.css': '@import url("../../c.css?x"); p { background: url(b.png) }',
      'c.css': '\uFEFFp { background: url(c.png) }',
    };
    expect(await told(files)).toEqual([
      ['stylesheet', 'sub/b.css', `${ORIGIN}/css/a.css`],
      ['font', 'a.woff', `${ORIGIN}/css/a.css`],
      ['stylesheet', '../../c.css?x', `${ORIGIN}/css/sub/b.css`],
      ['image', 'b.png', `${ORIGIN}/css/sub/b.css`],
      ['image', 'c.png', `${ORIGIN}/c.css?x`],
    ]);
  });

  test('includes imports with paths relative to the deck', async () => {
    const files = { 'css/a.css': '@import "/decks/b.css"', 'b.css': 'p { x: url(b.png) }' };
    expect(await told(files)).toContainEqual(['image', 'b.png', `${ORIGIN}/decks/b.css`]);
  });

  test('ends where imports go in a circle', async () => {
    const files = { 'css/a.css': '@import "b.css"', 'css/b.css': '@import "a.css"; @import "b.css#x"' };
    expect(await told(files)).toHaveLength(3);
  });

  test('ends where imports lead on and on', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 150 }, (_, i) => [`css/${i}.css`, `@import "${i + 1}.css"`]),
    );
    expect(await told({ ...files, 'css/a.css': '@import "0.css"' })).toHaveLength(100);
  });

  test.each([
    ['the web', '@import "https://example.com/b.css"'],
    ['a file that is not there', '@import "b.css"'],
    ['a folder', '@import "/css"'],
    ['above the root', '@import "../../secret.css"'],
    ['a path with a NUL', '@import "%00.css"'],
    ['a path with a broken escape', '@import "%.css"'],
    ['no URL', '@import "https://"'],
  ])('names an import of %s, and goes no further', async (_place, css) => {
    const { above, references } = await read({ 'css/a.css': css });
    await writeTree(above, { 'secret.css': 'p { x: url(secret.png) }' });
    expect(await references()).toMatchObject([{ kind: 'stylesheet' }]);
  });

  test('does not include what a link leads to outside of the project', async () => {
    const { above, root, references } = await read({ 'css/a.css': '@import "b.css"' });
    await writeTree(above, { 'secret.css': 'p { x: url(secret.png) }' });
    await symlink(join(above, 'secret.css'), join(root, 'css/b.css'));
    expect(await references()).toHaveLength(1);
  });

  test('is nothing for sheets that come with Deckhand', async () => {
    const file = createRequire(import.meta.url).resolve('reveal.js/theme/black.css');
    const project = revealMdPlaces({ file: '/deck.md' }, '/', {});
    expect(await styleReferences({ name: 'black', file }, { line: 1 }, project)).toEqual([]);
  });

  test('is nothing for sheets on the web', async () => {
    const style = { name: 'x', url: 'https://example.com/a.css' };
    expect(await styleReferences(style, { line: 1 }, revealMdPlaces({ file: '/deck.md' }, '/', {}))).toEqual(
      [],
    );
  });
});
