import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { deckhand, deckhandIn, deckhandProcessIn, temporaryProject } from '../support/project.ts';
import { script } from '../support/temporary.ts';

const ONE = { 'package.json': '{}', 'decks/one.md': '# One\n' };
describe('a browser that is named', () => {
  test.each<[string, string[], Record<string, string>]>([
    ['--browser', ['--browser', '/nowhere/chromium'], {}],
    ['CHROME_PATH', [], { CHROME_PATH: '/nowhere/chromium' }],
    ['PUPPETEER_EXECUTABLE_PATH', [], { PUPPETEER_EXECUTABLE_PATH: '/nowhere/chromium' }],
  ])('by %s and is not there ends the run with exit code 3, saying so', async (name, args, env) => {
    const { code, stdout, stderr } = await deckhand(args, ONE, { env, ownBrowser: true });
    expect(code).toBe(3);
    expect(stdout).toBe('');
    expect(stderr).toContain(`${name} names /nowhere/chromium`);
    expect(stderr).toContain('[BROWSER_NOT_EXECUTABLE]');
    expect(stderr).not.toMatch(/^\s+at |bug in Deckhand/m);
  });

  test('and does not start ends the run with exit code 3 and its last words', async () => {
    const folder = await temporaryProject(ONE);
    const browser = await script(join(folder, 'broken'), 'echo "FATAL: no display at all" >&2; exit 1');
    const { code, stderr } = await deckhandIn(folder, ['--browser', browser], { ownBrowser: true });
    expect(code).toBe(3);
    expect(stderr).toContain('no display at all');
    expect(stderr).toContain('[BROWSER_LAUNCH_FAILED]');
  });

  test('and missing is not started at all where no deck can be built', async () => {
    const { code, stderr } = await deckhand(['--browser', '/nowhere/chromium', 'nowhere.md'], ONE, {
      ownBrowser: true,
    });
    expect(code).toBe(1);
    expect(stderr).toContain('[DECK_NOT_FOUND]');
    expect(stderr).not.toContain('/nowhere/chromium');
  });

  test('wrongly is in the words of doctor too, which exits with 3', async () => {
    const { code, stdout } = await deckhand(['doctor', '--browser', '/nowhere/chromium'], ONE);
    expect(code).toBe(3);
    expect(stdout).toMatch(/✗ browser .*\/nowhere\/chromium/);
    expect(stdout).toMatch(/→ Give --browser the path/);
  });
});

test('an environment with no PATH and no HOME builds a deck, with nothing left in the project', async () => {
  const folder = await temporaryProject(ONE);
  const outside = await temporaryProject({});
  const env = { PATH: '', HOME: undefined, XDG_CACHE_HOME: undefined, TMPDIR: outside };
  const { code, stderr } = await deckhandProcessIn(folder, ['--only=slides', '--offline'], { env });
  expect(stderr).toContain('1 slide → slides 1 page');
  expect(code).toBe(0);
  expect((await readdir(folder)).sort()).toEqual(['decks', 'output', 'package.json']);
});

describe('doctor', () => {
  test('exits with 0 where a build can be made, with a line for each thing it looked at', async () => {
    const { code, stdout, stderr } = await deckhand(['doctor', '--offline'], ONE);
    expect(code).toBe(0);
    expect(stderr).toBe('');
    for (const name of ['node', 'browser', 'sandbox', 'fonts', 'printing', 'cache', 'sharp'])
      expect(stdout).toMatch(new RegExp(`^[✓!] ${name} `, 'm'));
  });

  test('--json prints the same as data', async () => {
    const { stdout } = await deckhand(['doctor', '--json', '--offline'], ONE);
    const report = JSON.parse(stdout) as { checks: { name: string; status: string }[] };
    expect(report.checks.map(({ name }) => name)).toContain('printing');
  });

  test('names a cache that cannot be written, and exits with 3', async () => {
    const { code, stdout } = await deckhand(
      ['doctor', '--offline', '--cache-dir', 'decks/one.md/cache'],
      ONE,
    );
    expect(stdout).toMatch(/✗ cache .*one\.md/);
    expect(code).toBe(3);
  });
});
