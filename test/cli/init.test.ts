import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { deckhand, deckhandIn, temporaryProject } from '../support/project.ts';

const COURSE = {
  'package.json': '{}',
  'reveal-md.json': '{"theme": "white", "preprocessor": "tools/pp.js"}',
  'reveal.json': '{"width": 1280, "height": 720}',
  'README.md': '# Course\n',
  'tools/pp.js': 'require("node:fs").writeFileSync("ran", ""); module.exports = (text) => text;',
  'lectures/week1/a.md': '---\ntitle: Harbour\n---\n\n# A\n\n---\n\n# B\n',
  'lectures/b.md': '---\ntheme: nope\n---\n\n# Only one\n',
  'notes/plan.md': '# Plan\n\nNo slides here.\n',
  'talk.md': '# T\n\n---\n\n# U\n',
};

const configOf = async (folder: string): Promise<unknown> =>
  JSON.parse(await readFile(join(folder, 'deckhand.config.json'), 'utf8'));

describe('deckhand init', () => {
  test('says what it found and how it will be read', async () => {
    const { code, stdout } = await deckhand(['init'], COURSE);
    expect(code).toBe(0);
    expect(stdout).toContain('3 decks:');
    expect(stdout).toContain('lectures/week1/a.md: “Harbour”, 2 slides of 1280 × 720, theme white');
    expect(stdout).toMatch(/lectures\/b\.md: .*2 warnings \(deckhand check lectures\/b\.md\)/);
    expect(stdout).toContain('Not decks, because each is a single page: notes/plan.md');
    expect(stdout).toContain('Followed: reveal-md.json, reveal.json');
    expect(stdout).toContain('the preprocessor tools/pp.js (--preprocessor tools/pp.js)');
    expect(stdout).toMatch(/Next: npx deckhand build --preprocessor tools\/pp\.js\n$/);
  });

  test('writes a config that names the decks, and runs nothing', async () => {
    const { folder } = await deckhand(['init'], COURSE);
    expect(await configOf(folder)).toEqual({
      $schema: './node_modules/deckhand/schemas/config.schema.json',
      decks: ['lectures', 'talk.md'],
    });
    expect(existsSync(join(folder, 'ran'))).toBe(false);
    expect(existsSync(join(folder, '.github'))).toBe(false);
  });

  test('writes a workflow where it is asked for', async () => {
    const { folder, stdout } = await deckhand(['init', '--ci'], COURSE);
    expect(stdout).toContain('Wrote .github/workflows/deckhand.yml');
    const text = await readFile(join(folder, '.github/workflows/deckhand.yml'), 'utf8');
    const { jobs } = parse(text) as { jobs: { handouts: { steps: { run?: string }[] } } };
    const runs = jobs.handouts.steps.flatMap(({ run }) => run ?? []);
    expect(runs).toEqual(['npm ci', 'npx deckhand build --preprocessor tools/pp.js']);
  });

  test('overwrites nothing', async () => {
    const own = { 'deckhand.config.json': '{"paper": "letter"}', '.github/workflows/deckhand.yml': 'own' };
    const folder = await temporaryProject({ ...COURSE, ...own });
    const { code, stdout } = await deckhandIn(folder, ['init', '--ci']);
    expect(code).toBe(0);
    for (const [path, text] of Object.entries(own)) {
      expect(await readFile(join(folder, path), 'utf8')).toBe(text);
      expect(stdout).toContain(`Left ${path} unchanged`);
    }
  });

  test('leaves a config of another form alone, too', async () => {
    const { folder, stdout } = await deckhand(['init'], {
      ...COURSE,
      'deckhand.config.yaml': 'paper: letter\n',
    });
    expect(existsSync(join(folder, 'deckhand.config.json'))).toBe(false);
    expect(stdout).toContain('Left deckhand.config.yaml unchanged');
  });

  test('writes nothing where there are no slides', async () => {
    const { code, stdout, folder } = await deckhand(['init'], { 'notes/plan.md': '# Plan\n' });
    expect(code).toBe(1);
    expect(stdout).toContain('Nothing was written');
    expect(existsSync(join(folder, 'deckhand.config.json'))).toBe(false);
  });

  test('names a deck that cannot be read, and why', async () => {
    const { code, stdout } = await deckhand(['init'], { ...COURSE, 'talk.md': '---\ntitle: [\n---\n# A' });
    expect(code).toBe(0);
    expect(stdout).toMatch(/talk\.md: cannot be read: the front matter is not valid YAML/);
  });

  test('takes no decks', async () => {
    const { code, stderr } = await deckhand(['init', 'lectures'], COURSE);
    expect([code, stderr]).toEqual([2, expect.stringContaining('lectures')]);
  });
});
