import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { deckhandProcessIn, temporaryProject } from '../support/project.ts';

const ONE = { 'package.json': '{}', 'decks/good.md': '# Good\n' };

describe('a deck that cannot be read', () => {
  /** Root may read everything, until that privilege is taken away. */
  const through =
    process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-dac_override,-dac_read_search'] : [];

  test.runIf(process.platform === 'linux')(
    'nor its folder is an error for each, and the other deck is built',
    async () => {
      const folder = await temporaryProject({
        ...ONE,
        'decks/locked/inside.md': '# Inside\n',
        'decks/secret.md': '# Secret\n',
      });
      await chmod(join(folder, 'decks/locked'), 0o000);
      await chmod(join(folder, 'decks/secret.md'), 0o000);
      const run = await deckhandProcessIn(folder, ['--only=slides'], { through });
      await chmod(join(folder, 'decks/locked'), 0o700);
      expect(run.code).toBe(1);
      const found = (await run.report()).decks.map(({ path, outputs, diagnostics }) => [
        path,
        outputs.length,
        diagnostics.map(({ code }) => code).join(),
      ]);
      expect(found).toEqual([
        ['decks/good.md', 1, ''],
        ['decks/secret.md', 0, 'DECK_UNREADABLE'],
        ['decks/locked', 0, 'DECK_UNREADABLE'],
      ]);
      expect(run.stderr).toMatch(/decks\/locked cannot be read/);
    },
  );
});
