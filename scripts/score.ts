/**
 * How well the cheatsheet finds what people have called useful on labeled decks: precision and recall of each deck of
 * `test/cheatsheets`, with the weights of the table and with those that the other decks alone would give.
 *
 *   npm run score                      from the blocks that were recorded
 *   npm run score -- --record          with the browser, which also writes the labels that are missing, as `?`
 *   npm run score -- --learn           puts the weights that all labels together ask for into the table
 *   npm run score -- --errors          every decision that goes against its label
 *   npm run score -- FOLDER            other decks, with their labels beside them
 *
 * Exits with 1 below 85 % precision or 70 % recall of the decks of the tests, each left out of what is learned.
 */
import { createViteServer } from 'vitest/node';

const args = process.argv.slice(2);
const has = (flag: string): boolean => args.includes(flag);
// Loaded as tests are: functions that run inside a page must not be rewritten, as tsx does to keep their names.
const server = await createViteServer({ server: { middlewareMode: true, hmr: false }, logLevel: 'error' });
try {
  const { scoreDecks } = await server.ssrLoadModule('/test/support/cheatsheets/score-decks.ts');
  const folder = args.find((arg) => !arg.startsWith('--'));
  const isGood = await scoreDecks({
    ...{ record: has('--record'), learn: has('--learn'), errors: has('--errors') },
    folder,
  });
  process.exitCode = isGood ? 0 : 1;
} finally {
  await server.close();
}
