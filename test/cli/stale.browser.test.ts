import { existsSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { deckhandIn, temporaryProject } from '../support/project.ts';

test('a cheatsheet of an earlier build goes when its deck has nothing for one any more', async () => {
  const folder = await temporaryProject({
    'package.json': '{}',
    'decks/a.md': '# A\n\n<!-- .slide: data-cheatsheet="keep" -->\n\n```sh\nls\n```\n',
  });
  const sheet = join(folder, 'output/a/a-cheatsheet.pdf');
  await deckhandIn(folder, ['build', '--only', 'cheatsheet']);
  const before = existsSync(sheet);
  await writeFile(join(folder, 'decks/a.md'), '# A\n\nprose\n');
  await deckhandIn(folder, ['build', '--only', 'cheatsheet']);
  expect([before, existsSync(sheet)]).toEqual([true, false]);
});

describe('the folder of slide images holds what was asked for, and what is not ours', () => {
  const slides = (count: number) => Array.from({ length: count }, (_, i) => `# ${i}\n`).join('\n---\n\n');
  const rebuilt = async (args: readonly string[], count: number) => {
    const folder = await temporaryProject({ 'package.json': '{}', 'decks/a.md': slides(3) });
    await deckhandIn(folder, ['build', '--only', 'images']);
    await writeFile(join(folder, 'output/a/a-slides/mine.png'), '');
    await writeFile(join(folder, 'decks/a.md'), slides(count));
    await deckhandIn(folder, ['build', '--only', 'images', ...args]);
    return (await readdir(join(folder, 'output/a/a-slides'))).sort();
  };

  test('when the deck became shorter', async () => {
    expect(await rebuilt([], 2)).toEqual(['001-1.png', '002-2.png', 'mine.png']);
  });

  test('when the format changed', async () => {
    expect(await rebuilt(['--image-format', 'webp'], 2)).toEqual(['001-1.webp', '002-2.webp', 'mine.png']);
  });

  test('when only some slides are wanted', async () => {
    expect(await rebuilt(['--slides', '2-3'], 3)).toEqual(['001-2.png', '002-3.png', 'mine.png']);
  });
});
