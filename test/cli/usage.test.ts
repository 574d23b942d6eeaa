import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { deckhand } from '../support/project.ts';

describe('deckhand', () => {
  test('--help names every option of a build and exits with 0', async () => {
    const { code, stdout, stderr } = await deckhand(['--help']);
    expect([code, stderr]).toEqual([0, '']);
    const flags = ['output', 'only', 'size', 'fragments', 'paper', 'per-page', 'image-mirror', 'offline']
      .concat(['fail-on', 'clean', 'jobs', 'timeout', 'browser', 'sandbox', 'cache-dir', 'json', 'config'])
      .concat(['quiet', 'verbose']);
    for (const flag of flags) expect(stdout).toContain(`--${flag}`);
    expect(stdout).toMatch(/^\s*deckhand doctor\s/m);
  });

  test('doctor --help has only what doctor takes', async () => {
    const { code, stdout } = await deckhand(['doctor', '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('--browser');
    expect(stdout).not.toContain('--per-page');
  });

  test.each(['--version', '-V'])('%s prints the version of the package', async (flag) => {
    const { code, stdout } = await deckhand([flag]);
    const manifest = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
    expect([code, stdout]).toEqual([0, `${manifest.version}\n`]);
  });
});

describe('what the command line does not know is refused with exit code 2, naming', () => {
  test.each<[string, string[], RegExp]>([
    ['the nearest flag', ['--per-pages', '4'], /--per-pages[\s\S]*did you mean --per-page\?/],
    ['the nearest flag for one that is turned off', ['--no-sandbx'], /did you mean --sandbox\?/],
    ['the nearest command', ['biuld'], /no command “biuld”[\s\S]*did you mean deckhand build\?/],
    ['the nearest command for doctor', ['docter'], /did you mean deckhand doctor\?/],
    [
      'the nearest kind of output',
      ['--only', 'slide'],
      /slides, handout, cheatsheet, images or archive[\s\S]*did you mean slides\?/,
    ],
    ['the nearest paper', ['--paper', 'leter'], /did you mean letter\?/],
    ['the numbers of slides a page', ['--per-page', '5'], /1, 2, 3, 4, 6 or 9, not 5/],
    ['the form of a size', ['--size', '1280'], /WIDTHxHEIGHT/],
    ['the form of a mirror', ['--image-mirror', 'https://a'], /FROM=TO/],
    ['the least number of jobs', ['--jobs', '0'], /at least 1, not 0/],
    ['the flag that lacks its value', ['--output'], /output/],
    ['the flag that was given twice', ['--paper', 'a4', '--paper', 'a3'], /--paper must be/],
    ['the flag whose value is empty', ['--output='], /--output/],
    ['a word too many for doctor', ['doctor', 'decks'], /decks/],
  ])('%s', async (_, args, words) => {
    const { code, stdout, stderr, folder } = await deckhand(args);
    expect(stderr).toMatch(words);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).not.toMatch(/^\s+at |Error:/m);
    expect(stderr.trim().split('\n').length).toBeLessThanOrEqual(2);
    expect(existsSync(join(folder, 'output'))).toBe(false);
  });

  test('the variable, for a value from the environment', async () => {
    const { code, stderr } = await deckhand([], undefined, { env: { DECKHAND_PAPER: 'a44' } });
    expect(stderr).toMatch(/DECKHAND_PAPER must be[\s\S]*did you mean a4\?/);
    expect(code).toBe(2);
  });

  test('the key and its file, for a value from a config file', async () => {
    const { code, stderr } = await deckhand([], { 'deckhand.config.yaml': 'perPage: 7\n' });
    expect(stderr).toMatch(/perPage in .*deckhand\.config\.yaml must be[\s\S]*, not 7/);
    expect(code).toBe(2);
  });
});
