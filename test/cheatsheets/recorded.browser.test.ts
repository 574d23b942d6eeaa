import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type judgeable, LABELLED, readLabelled } from '../support/cheatsheets/labelled-deck.ts';
import { measureBlocks } from '../support/cheatsheets/measure-blocks.ts';
import { sharedSession } from '../support/shared-browser.ts';

// Those with the most forms of writing. `npm run score -- --record` records all of them anew.
test.each(['python', 'statistics', 'tmux'])('the recorded blocks of %s are those of today', async (name) => {
  const file = join(LABELLED, `${name}.md`);
  const told = ({ slides }: Parameters<typeof judgeable>[0]) =>
    slides.map(({ number, blocks }) => [
      number,
      ...blocks.map(({ kind, text, heading, lead, facts }) => ({ kind, text, heading, lead, facts })),
    ]);
  const { layout } = await readLabelled(file);
  expect(told(await measureBlocks(file, sharedSession()))).toEqual(told(layout));
});
