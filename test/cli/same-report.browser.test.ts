import { expect, test } from 'vitest';
import { build, check } from '../../src/index.ts';
import { deckhandIn, temporaryProject } from '../support/project.ts';
import { sharedPorts } from '../support/shared-browser.ts';

const FILES = {
  'package.json': '{}',
  'decks/a.md': '# A\n\n![gone](gone.png)\n\n<p onclick="x()">text</p>\n\n[nowhere](#/9)\n',
  'decks/b.md': '---\nseparator: "("\n---\n# B\n',
  'decks/c.md': '# C\n\n---\n\n## D\n',
};
const ENV = { SOURCE_DATE_EPOCH: '1700000000' };

test('a report of the command and one of the library say the same', async () => {
  const folder = await temporaryProject(FILES);
  const args = [
    'decks',
    'nowhere.md',
    '--only',
    'slides,handout',
    '--ink',
    'gray',
    '--fail-on',
    'never',
    '--json',
  ];
  const command = await deckhandIn(folder, ['build', ...args, '-o', 'one'], { env: ENV });
  const config = {
    decks: ['decks', 'nowhere.md'],
    only: ['slides', 'handout'],
    ink: 'gray',
    failOn: 'never',
  } as const;
  const context = { ...sharedPorts(), cwd: folder, env: { ...process.env, ...ENV } };
  const library = await build({ ...config, output: 'two' }, context);
  expect(JSON.parse(command.stdout)).toEqual(JSON.parse(JSON.stringify(library)));
  expect(command.code).toBe(library.exitCode);
  const checked = await deckhandIn(folder, ['check', ...args], { env: ENV });
  const unwritten = await check(config, context);
  expect(JSON.parse(checked.stdout)).toEqual(JSON.parse(JSON.stringify(unwritten)));
});
