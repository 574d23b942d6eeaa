import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { build } from '../../src/index.ts';
import { courseBuiltOnce, temporaryCourse } from '../support/course.ts';
import { sharedPorts } from '../support/shared-browser.ts';

const DECK = 'variants/looks.md';
const FILES = {
  [DECK]:
    '---\nauthor: A. Author\n---\n\n# Looks\n\n<!-- .slide: data-cheatsheet="keep" -->\n\nSee [there](https://there.example.org/).\n\n```sh\nlook --twice\n```\n',
  'print/handout.css':
    "body.deckhand-paper { --handout-head-text: 'Course 101'; --handout-text: #aa0044 }\n/* </style><script> */",
  'print/cheatsheet.css': '.deckhand-cheatsheet .page > header > h1 { text-transform: uppercase }',
};

describe('a stylesheet of the project', () => {
  const course = courseBuiltOnce(
    {
      decks: [DECK],
      handout: { css: 'print/handout.css' },
      cheatsheet: { css: 'print/cheatsheet.css' },
    },
    FILES,
  );

  test('changes what the handout says and how it looks', async () => {
    const [page] = await course.pages(DECK, 'handout');
    expect(page?.text).toContain('Course 101');
  });

  test('changes the cheatsheet', async () => {
    const [page] = await course.pages(DECK, 'cheatsheet');
    expect(page?.text).toContain('LOOKS');
  });

  test('leaves the slides alone', async () => {
    const [page] = await course.pages(DECK, 'slides');
    expect(page?.text).not.toContain('Course 101');
  });

  test('that makes type too large for its place is reported', async () => {
    const css = '.caption { font-size: 40px }';
    const large = { ...FILES, 'print/handout.css': css };
    const folder = await temporaryCourse(large);
    const report = await build(
      { decks: [DECK], only: ['handout'], perPage: 1, handout: { css: 'print/handout.css' } },
      { cwd: folder, ...sharedPorts() },
    );
    const told = report.decks[0]?.diagnostics.filter(({ code }) => code === 'SHEET_OVERLAP') ?? [];
    expect(told.map(({ message }) => message)).toEqual([
      'page 1 of the handout has the number of a slide printed over a line',
    ]);
  });

  test('that cannot be read ends the run before a deck is built, and names its option', async () => {
    const folder = await temporaryCourse(FILES);
    const building = build({ decks: [DECK], handout: { css: 'print/none.css' } }, { cwd: folder });
    await expect(building).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining(join('print', 'none.css')),
      hint: expect.stringContaining('--handout-css'),
    });
  });
});
