import { expect, test } from 'vitest';
import { filesAt } from '../../../src/pipeline/site/addresses.ts';

const PAGE = { root: '/p', deckFolder: '/p/talks/one', folders: [] };

test('an address of a site with one folder means the file that it says', () => {
  expect(filesAt('/talks/one/a.png', false, PAGE)).toEqual(['/p/talks/one/a.png']);
  expect(filesAt('/a.png', true, PAGE)).toEqual(['/p/a.png']);
});

test('an address may mean a file below each further folder of the site', () => {
  const site = { ...PAGE, folders: ['/p/talks/one', '/p/talks'] };
  expect(filesAt('/a.png', true, site)).toEqual(['/p/talks/one/a.png', '/p/talks/a.png', '/p/a.png']);
});

test('an alias stands for the folders that it names', () => {
  const site = { ...PAGE, aliases: { _assets: ['/p/static'] } };
  expect(filesAt('/_assets/a.png', true, site)).toEqual(['/p/_assets/a.png', '/p/static/a.png']);
});
