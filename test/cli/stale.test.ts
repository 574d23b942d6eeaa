import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { deckhandIn, temporaryProject } from '../support/project.ts';

test('a cheatsheet of an earlier build goes when its deck has nothing for one any more', async () => {
  const folder = await temporaryProject({ 'package.json': '{}', 'decks/a.md': '# A\n\n```sh\nls\n```\n' });
  const sheet = join(folder, 'output/a/a-cheatsheet.pdf');
  await deckhandIn(folder, ['build', '--only', 'cheatsheet']);
  const before = existsSync(sheet);
  await writeFile(join(folder, 'decks/a.md'), '# A\n\nprose\n');
  await deckhandIn(folder, ['build', '--only', 'cheatsheet']);
  expect([before, existsSync(sheet)]).toEqual([true, false]);
});
