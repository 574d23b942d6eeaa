import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cacheWithBrowser } from '../support/cache-with-browser.ts';
import { writeFiles } from '../support/course.ts';
import { runDeckhand } from '../support/deckhand.ts';
import { type FaultServer, startFaultServer } from '../support/fault-server.ts';
import { temporaryProject } from '../support/project.ts';

const DECK = ['png', 'jpg', 'svg', 'webp']
  .map((kind) => `## ${kind}\n\n![x](https://web.example/picture.${kind})`)
  .join('\n\n---\n\n');

const FILES = { 'package.json': '{}', 'decks/deck.md': DECK };

describe('a build that is killed with an empty cache', () => {
  let server: FaultServer;
  /** What a build makes that nobody disturbs. */
  let expected: string[];
  beforeAll(async () => {
    server = await startFaultServer();
    const folder = await mkdtemp(join(tmpdir(), 'deckhand-cli-'));
    await writeFiles(folder, FILES);
    await cacheWithBrowser(join(folder, 'cache'));
    await runDeckhand(args(folder), { cwd: folder, env });
    expected = await hashes(folder);
    await rm(folder, { recursive: true });
  });
  afterAll(() => server.close());

  const hashes = async (folder: string): Promise<string[]> =>
    Promise.all(
      ['deck-slides.pdf', 'deck-handout.pdf'].map(async (name) =>
        createHash('sha256')
          .update(await readFile(join(folder, 'output/deck', name)))
          .digest('hex'),
      ),
    );

  const args = (folder: string): string[] => [
    ...['build', '--verbose', '--cache-dir', join(folder, 'cache')],
    ...['--image-mirror', `https://web.example/=${server.url('/')}`],
  ];
  const env = { SOURCE_DATE_EPOCH: '1700000000' };

  test.each(['presenting slides', 'preparing images', 'printing', 'writing files'])(
    'as it says “%s” leaves the next run the same bytes',
    async (words) => {
      const folder = await temporaryProject(FILES);
      await cacheWithBrowser(join(folder, 'cache'));
      const killed = await runDeckhand(args(folder), {
        cwd: folder,
        env,
        onStderr: (text, child) => {
          if (text.includes(words)) child.kill('SIGKILL');
        },
      });
      await runDeckhand(args(folder), { cwd: folder, env });
      expect([killed.signal, await hashes(folder)]).toEqual(['SIGKILL', expected]);
    },
  );
});
