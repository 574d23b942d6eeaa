import { existsSync } from 'node:fs';
import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { DeckReport } from '../../src/index.ts';
import { deckhandIn, ranOnce, TWO_DECKS, temporaryProject } from '../support/project.ts';

const ONE = { 'package.json': '{}', 'decks/good.md': '# Good\n' };

describe('one good deck among broken ones', () => {
  const run = ranOnce(['--only=slides', 'decks', 'decks/nowhere.md', 'nothing/*.md', 'empty-folder'], {
    ...ONE,
    'empty-folder/readme.md': '# no deck',
    'decks/bad-yaml.md': '---\ntitle: [unclosed\n---\n\n# Slide\n',
    'decks/bad-value.md': '---\ntitle: T\nrevealOptions: yes please\n---\n\n# Slide\n',
    'decks/bad-tag.md': '---\ntitle: !!js/function "function () {}"\n---\n\n# Slide\n',
    'decks/bad-theme.md': '---\ntheme: blck\n---\n\n# Slide\n',
    'decks/bad-separator.md': "---\nseparator: '(['\n---\n\n# Slide\n",
    'decks/slow-separator.md': `---\nseparator: '(a+)+$'\n---\n\n${'a'.repeat(40)}!\n`,
    'decks/empty.md': '',
    'decks/only-front-matter.md': '---\ntitle: Nothing else\n---\n',
    'decks/only-hidden.md': '<!-- .slide: data-visibility="hidden" -->\n\n# Hidden\n',
    'decks/folder.md/readme.md': 'a folder with the name of a deck',
    'decks/unknown-key.md': '---\ntitel: Misspelt\nscripts: live.js\n---\n\n# Slide\n',
  });

  async function deck(path: string): Promise<DeckReport> {
    const found = (await run.report()).decks.find((one) => one.path === path);
    if (!found) throw new Error(`${path} is not in the report`);
    return found;
  }

  test('makes the exit code 1', async () => {
    expect(run.code).toBe(1);
    expect((await run.report()).exitCode).toBe(1);
  });

  test('is built', () => {
    expect(existsSync(join(run.folder, 'output/good/good-slides.pdf'))).toBe(true);
    expect(run.stderr).toContain('decks/good.md: 1 slide → slides 1 page');
  });

  test.each<[string, string, RegExp]>([
    ['decks/nowhere.md', 'DECK_NOT_FOUND', /no deck at decks\/nowhere\.md/],
    ['nothing/*.md', 'DECK_NOT_FOUND', /no deck at nothing\/\*\.md/],
    ['empty-folder', 'DECK_NOT_FOUND', /no deck at empty-folder/],
    ['decks/bad-yaml.md', 'FRONT_MATTER_INVALID', /not valid YAML/],
    ['decks/bad-tag.md', 'FRONT_MATTER_INVALID', /YAML/],
    ['decks/bad-separator.md', 'SEPARATOR_INVALID', /not a regular expression/],
    ['decks/slow-separator.md', 'SEPARATOR_INVALID', /too long/],
    ['decks/empty.md', 'DECK_EMPTY', /no slide/],
    ['decks/only-front-matter.md', 'DECK_EMPTY', /no slide/],
    ['decks/only-hidden.md', 'DECK_EMPTY', /no slide/],
  ])('%s fails with %s, one line, and what to do', async (path, code, words) => {
    const { outputs, diagnostics } = await deck(path);
    expect(outputs).toEqual([]);
    expect(diagnostics).toMatchObject([{ code, severity: 'error', message: expect.stringMatching(words) }]);
    expect(diagnostics[0]?.message).not.toContain('\n');
    expect(diagnostics[0]?.hint).toBeTruthy();
    expect(run.stderr).toContain(`[${code}]`);
  });

  test.each<[string, string, RegExp]>([
    ['decks/bad-value.md', 'FRONT_MATTER_INVALID', /revealOptions/],
    ['decks/bad-theme.md', 'THEME_UNKNOWN', /no theme “blck”/],
  ])('%s is built, with %s as a warning and what to do', async (path, code, words) => {
    const { outputs, diagnostics } = await deck(path);
    expect(outputs).toMatchObject([{ status: 'complete' }]);
    expect(diagnostics).toMatchObject([
      { code, severity: 'warning', message: expect.stringMatching(words), hint: expect.any(String) },
    ]);
  });

  test('does not take a folder with the name of a deck for one', async () => {
    expect((await run.report()).decks.map(({ path }) => path)).not.toContain('decks/folder.md');
  });

  test('says on which line the YAML is broken', async () => {
    const [broken] = (await deck('decks/bad-yaml.md')).diagnostics;
    expect(broken?.line).toBeGreaterThanOrEqual(2);
    expect(run.stderr).toMatch(/^decks\/bad-yaml\.md:\d+: error: /m);
  });

  test('names the nearest theme', async () => {
    expect((await deck('decks/bad-theme.md')).diagnostics[0]?.hint).toContain('“black”');
  });

  test('warns of an unknown key in the front matter, naming the nearest, and builds the deck', async () => {
    const { outputs, diagnostics } = await deck('decks/unknown-key.md');
    expect(outputs).toHaveLength(1);
    expect(diagnostics).toMatchObject([
      {
        code: 'FRONT_MATTER_UNKNOWN_KEY',
        severity: 'warning',
        line: 2,
        hint: expect.stringContaining('title'),
      },
      { code: 'FRONT_MATTER_IGNORED_KEY', severity: 'warning', line: 3 },
    ]);
  });

  test('prints no stack', () => {
    expect(run.stderr).not.toMatch(/^\s+at /m);
  });
});

describe('a deck that cannot be read', () => {
  test('because it is a dangling or circular link is an error, and the other deck is built', async () => {
    const folder = await temporaryProject(ONE);
    await symlink('nowhere.md', join(folder, 'decks/dangling.md'));
    await symlink('loop.md', join(folder, 'decks/loop.md'));
    const run = await deckhandIn(folder, ['--only=slides']);
    expect(run.code).toBe(1);
    const codes = (await run.report()).decks.map(({ path, diagnostics }) => [path, diagnostics[0]?.code]);
    expect(codes).toEqual([
      ['decks/dangling.md', 'DECK_UNREADABLE'],
      ['decks/good.md', undefined],
      ['decks/loop.md', 'DECK_UNREADABLE'],
    ]);
  });

  test('as text, being something else, does no harm to the other deck', async () => {
    const folder = await temporaryProject(ONE);
    await writeFile(
      join(folder, 'decks/noise.md'),
      Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919) % 256)),
    );
    const run = await deckhandIn(folder, ['--only=slides']);
    expect(run.stderr).toContain('decks/good.md: 1 slide');
    expect(run.stderr).not.toMatch(/bug in Deckhand/);
  });
});

describe('two decks that would write one file', () => {
  const run = ranOnce(['--only=slides', '--verbose'], {
    ...ONE,
    'decks/same.md': '# One\n',
    'decks/Same.markdown': '# Other\n',
  });

  test('are an error that names both, for each of them', async () => {
    const clashes = (await run.report()).decks.flatMap(({ diagnostics }) =>
      diagnostics.filter(({ code }) => code === 'DECK_OUTPUT_CLASH'),
    );
    expect(clashes.map(({ deck }) => deck).sort()).toEqual(['decks/Same.markdown', 'decks/same.md']);
    for (const { message, severity } of clashes) {
      expect(severity).toBe('error');
      expect(message).toContain('decks/same.md');
      expect(message).toContain('decks/Same.markdown');
    }
    expect(run.code).toBe(1);
  });

  test('are not rendered', () => {
    expect(run.stderr).not.toMatch(/^decks\/[sS]ame\.\w+: (?:reading|laying)/m);
    expect(existsSync(join(run.folder, 'output/same'))).toBe(false);
  });

  test('do not keep the others from being built', () => {
    expect(existsSync(join(run.folder, 'output/good/good-slides.pdf'))).toBe(true);
  });
});

describe('an output folder that cannot be written', () => {
  test('because a file is in its place ends the run with exit code 3 before anything is built', async () => {
    const folder = await temporaryProject({ ...TWO_DECKS, output: 'a file\n' });
    const { code, stdout, stderr } = await deckhandIn(folder, []);
    expect(code).toBe(3);
    expect(stdout).toBe('');
    expect(stderr).toMatch(
      /error: cannot write to .*output: .*\[OUTPUT_UNWRITABLE\]\n {4}check its permissions/,
    );
    expect(stderr).not.toMatch(/^\s+at |slides \d+ page/m);
  });

  test('because a file is in the place of a deck’s folder ends it with exit code 3 as well', async () => {
    const folder = await temporaryProject({ ...ONE, 'output/good': 'a file\n' });
    const { code, stderr } = await deckhandIn(folder, ['--only=slides']);
    expect(code).toBe(3);
    expect(stderr).toContain('[OUTPUT_UNWRITABLE]');
  });

  test('is part of what --json prints', async () => {
    const folder = await temporaryProject({ ...ONE, output: 'a file\n' });
    const { code, stdout } = await deckhandIn(folder, ['--json']);
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({
      exitCode: 3,
      error: { code: 'OUTPUT_UNWRITABLE' },
      decks: [],
    });
  });
});
