import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { deckhand, deckhandIn, TWO_DECKS, temporaryProject } from '../support/project.ts';

/** Every run but the ones that must fail makes the cheapest thing there is. */
const CHEAP = { 'package.json': '{}', 'decks/one.md': '# One\n' };

describe('a config file', () => {
  test.each([
    ['deckhand.config.yaml', 'only: slides\noutput: made\n'],
    ['deckhand.config.yml', 'only: [slides]\noutput: made\n'],
    ['deckhand.config.json', '{ "only": ["slides"], "output": "made" }'],
    ['deckhand.config.mjs', 'export default { only: ["slides"], output: "made" };\n'],
  ])('in the working directory is used: %s', async (name, text) => {
    const { code, folder } = await deckhand([], { ...CHEAP, [name]: text });
    expect(code).toBe(0);
    expect(existsSync(join(folder, 'made/one/one-slides.pdf'))).toBe(true);
    expect(existsSync(join(folder, 'made/one/one-handout.pdf'))).toBe(false);
  });

  test('that is named is used instead, and its paths are relative to it', async () => {
    const { code, folder } = await deckhand(['--config', 'etc/mine.yaml'], {
      ...CHEAP,
      'deckhand.config.yaml': 'output: wrong\n',
      'etc/mine.yaml': 'only: slides\noutput: ../right\ndecks: ../decks\n',
    });
    expect(code).toBe(0);
    expect(existsSync(join(folder, 'right/one/one-slides.pdf'))).toBe(true);
    expect(existsSync(join(folder, 'wrong'))).toBe(false);
  });

  test('that is empty changes nothing', async () => {
    const { code } = await deckhand(['--only', 'slides'], { ...CHEAP, 'deckhand.config.yaml': '' });
    expect(code).toBe(0);
  });

  test.each<[string, string, string, RegExp]>([
    ['an unknown key, with the nearest', 'deckhand.config.yaml', 'perpage: 4\n', /“perpage”[\s\S]*“perPage”/],
    ['broken YAML', 'deckhand.config.yaml', 'only: [slides\n', /deckhand\.config\.yaml cannot be used/],
    ['a program that throws', 'deckhand.config.mjs', 'throw new Error("not today");', /not today/],
    [
      'a program without a default',
      'deckhand.config.mjs',
      'export const only = "slides";',
      /deckhand\.config\.mjs/,
    ],
    ['a key that names the config file', 'deckhand.config.yaml', 'config: other.yaml\n', /“config”/],
    [
      'a value of the wrong type',
      'deckhand.config.yaml',
      'offline: maybe\n',
      /offline in [\s\S]*not "maybe"/,
    ],
  ])('with %s is refused with exit code 2', async (_, name, text, words) => {
    const { code, stderr, folder } = await deckhand([], { ...CHEAP, [name]: text });
    expect(stderr).toMatch(words);
    expect(code).toBe(2);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(existsSync(join(folder, 'output'))).toBe(false);
  });

  test('that is named and missing is refused with exit code 2', async () => {
    const { code, stderr } = await deckhand(['--config', 'nowhere.yaml'], CHEAP);
    expect(stderr).toMatch(/there is no configuration file nowhere\.yaml[\s\S]*--config/);
    expect(code).toBe(2);
  });
});

describe('where an option is given more than once', () => {
  test('flags win over the environment, that over the file, that over the default', async () => {
    const folder = await temporaryProject({
      ...CHEAP,
      'deckhand.config.yaml': 'only: slides\noutput: file\n',
    });
    const env = { DECKHAND_OUTPUT: 'environment' };
    await deckhandIn(folder, [], {});
    await deckhandIn(folder, [], { env });
    await deckhandIn(folder, ['-o', 'flag'], { env });
    const made = ['file', 'environment', 'flag', 'output'].map((name) => existsSync(join(folder, name)));
    expect(made).toEqual([true, true, true, false]);
  });

  test('an empty variable is none', async () => {
    const { code, folder } = await deckhand(['--only', 'slides'], CHEAP, { env: { DECKHAND_OUTPUT: '' } });
    expect(code).toBe(0);
    expect(existsSync(join(folder, 'output'))).toBe(true);
  });

  test('a flag can turn off what the file turns on', async () => {
    const { code, stderr } = await deckhand(['--only=slides', '--no-quiet'], {
      ...CHEAP,
      'deckhand.config.yaml': 'quiet: true\n',
    });
    expect(code).toBe(0);
    expect(stderr).toContain('1 slide');
  });

  test('decks that are named replace those of the file', async () => {
    const { report, code } = await deckhand(['--only=slides', 'decks/week2/two.md'], {
      ...TWO_DECKS,
      'deckhand.config.yaml': 'decks: decks/one.md\n',
    });
    expect(code).toBe(0);
    expect((await report()).decks.map(({ path }) => path)).toEqual(['decks/week2/two.md']);
  });
});
