/**
 * Measures how well the cheatsheet selects what people labeled as useful: precision and recall for each deck of
 * `test/cheatsheets`, with the weights of the table and with those learned from the other decks alone.
 *
 *   npm run score                      from the blocks that were recorded
 *   npm run score -- --record          with the browser; also adds missing labels, as `?`
 *   npm run score -- --learn FOLDER…   writes the weights learned from all labels into the table: those of the tests, and of
 *                                      other decks that are not in the repository
 *   npm run score -- --errors          every decision that differs from its label
 *   npm run score -- FOLDER…           other decks, with their labels next to them
 *
 * Exits with 1 below 85 % precision or 70 % recall on the decks of the tests, each left out of the learning.
 */
import { createViteServer } from 'vitest/node';

const args = process.argv.slice(2);
const has = (flag: string): boolean => args.includes(flag);
// Loaded as in tests: functions that run inside a page must not be rewritten, which tsx does to keep their names.
const server = await createViteServer({ server: { middlewareMode: true, hmr: false }, logLevel: 'error' });
try {
  const { scoreDecks } = await server.ssrLoadModule('/test/support/cheatsheets/score-decks.ts');
  const folders = args.filter((arg) => !arg.startsWith('--'));
  const isGood = await scoreDecks({
    ...{ record: has('--record'), learn: has('--learn'), errors: has('--errors') },
    folders,
  });
  process.exitCode = isGood ? 0 : 1;
} finally {
  await server.close();
}
