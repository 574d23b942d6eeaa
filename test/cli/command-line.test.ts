import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCommandLine } from '../../src/cli/command-line.ts';
import { DeckhandError } from '../../src/model/errors.ts';
import { OPTION_ROWS } from '../../src/settings/options.ts';
import { volume } from '../support/volume.ts';

/** What a command line means: its command, and the flags that are given. */
async function parse(...argv: string[]): Promise<unknown> {
  const parsed = await parseCommandLine(argv, '1.2.3');
  if (parsed.command === 'print') return parsed;
  const given = Object.entries(parsed.flags).filter(([, value]) => value !== undefined);
  return { [parsed.command]: Object.fromEntries(given) };
}

async function refusal(...argv: string[]): Promise<string> {
  try {
    return JSON.stringify(await parse(...argv));
  } catch (error) {
    if (!(error instanceof DeckhandError)) throw error;
    return `${error.exitCode}: ${error.message} (${error.hint})`;
  }
}

describe('a command line', () => {
  test.each<[string[], unknown]>([
    [[], { build: {} }],
    [['build'], { build: {} }],
    [['a.md', 'b.md'], { build: { decks: ['a.md', 'b.md'] } }],
    [['build', 'a.md'], { build: { decks: ['a.md'] } }],
    [['decks'], { build: { decks: ['decks'] } }],
    [['./build'], { build: { decks: ['./build'] } }],
    [['2024'], { build: { decks: ['2024'] } }],
    [['0x10', '1e3'], { build: { decks: ['0x10', '1e3'] } }],
    [['decks/*.md'], { build: { decks: ['decks/*.md'] } }],
    [['--', '-deck.md'], { build: { decks: ['-deck.md'] } }],
    [['build', 'a.md', '--', '--clean', 'build'], { build: { decks: ['a.md', '--clean', 'build'] } }],
    [['--json', 'a.md'], { build: { json: true, decks: ['a.md'] } }],
    [['-o', 'out', '-j', '4', '-q'], { build: { output: 'out', jobs: '4', quiet: true } }],
    [['-j4', '--output=out'], { build: { output: 'out', jobs: '4' } }],
    [['--no-sandbox'], { build: { sandbox: false } }],
    [['--per-page', '3'], { build: { perPage: '3' } }],
    [['--only', 'slides', '--only', 'handout'], { build: { only: ['slides', 'handout'] } }],
    [['--image-mirror', 'a=https://b'], { build: { imageMirror: 'a=https://b' } }],
    [['--output', '007'], { build: { output: '007' } }],
    [['--decks', 'abc'], { build: { decks: ['abc'] } }],
    [['doctor'], { doctor: {} }],
    [['doctor', '--offline', '--browser', 'x'], { doctor: { offline: true, browser: 'x' } }],
  ])('of %j is taken apart', async (argv, expected) => {
    expect(await parse(...argv)).toEqual(expected);
  });

  test.each([
    ['--outptu', 'x', '2: there is no option --outptu (did you mean --output?)'],
    ['--no-snadbox', 'a.md', '2: there is no option --snadbox (did you mean --sandbox?)'],
    ['--perPage', '3', '2: there is no option --perPage (did you mean --per-page?)'],
    ['--no-decks', 'a.md', '2: there is no option --no-decks'],
    ['--constructor', 'a.md', '2: '],
    ['-x', 'a.md', '2: there is no option --x'],
    ['doctor', '--paper', '2: there is no option --paper'],
    ['doctor', 'a.md', '2: there is no option --a.md'],
    ['a.md', '--output', '2: Not enough arguments following: output'],
  ])('of %s %s is refused', async (...args) => {
    const [message = '', ...argv] = args.toReversed();
    expect(await refusal(...argv.toReversed())).toContain(message);
  });

  test.each([
    ['biuld', 'did you mean deckhand build? A folder of this name is ./biuld'],
    ['docter', 'did you mean deckhand doctor? A folder of this name is ./docter'],
  ])('with the mistyped command %s is refused', async (word, hint) => {
    expect(await refusal(word)).toBe(`2: there is no command “${word}” (${hint})`);
  });

  test('with a flag before the command gets the hint to put it after', async () => {
    expect(await refusal('--json', 'doctor')).toContain('2: doctor must come first');
  });

  test('is taken apart or refused, whatever it is', async () => {
    const flags = OPTION_ROWS.flatMap(([, row]) => [
      `--${row.flag ?? 'none'}`,
      `--no-${row.flag ?? 'none'}`,
      `-${row.alias ?? 'x'}`,
    ]);
    const word = fc.oneof(
      fc.constantFrom(
        ...flags,
        '--',
        '-',
        'build',
        'doctor',
        'a.md',
        '',
        '=',
        '--constructor',
        '--__proto__=1',
        '--a.b',
      ),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 5 }), async (argv) => {
        expect(await refusal(...argv)).toMatch(/^(?:2: |\{)/);
      }),
      { numRuns: volume(400, 10_000) },
    );
  });
});

describe('help', () => {
  const textOf = async (...argv: string[]) => ((await parse(...argv)) as { text: string }).text;

  test.each([[['--help']], [['-h']], [['build', '--help']], [['a.md', '-h']]])(
    'of %j names every option of a build',
    async (argv) => {
      const text = await textOf(...argv);
      const missing = OPTION_ROWS.filter(
        ([name, row]) =>
          name !== 'decks' &&
          row.flag &&
          !['vendor', 'init'].includes(row.topic ?? '') &&
          !text.includes(`--${row.flag} `),
      );
      expect(missing.map(([name]) => name)).toEqual([]);
    },
  );

  test('begins with the options that README lists', async () => {
    const text = await textOf('--help');
    const [first = ''] = text.slice(text.indexOf('Most used:')).split('\n\n');
    const readme = await readFile('README.md', 'utf8');
    const [listed = ''] = readme.slice(readme.indexOf('## The ten options')).split('## A handout');
    const inReadme = [...listed.matchAll(/^\| `(?:-\w, )?--([\w-]+)/gm)].map(([, flag]) => flag);
    const inHelp = [...first.matchAll(/^ *(?:-\w, )?--([\w-]+)/gm)].map(([, flag]) => flag);
    expect(inReadme).toHaveLength(10);
    expect(inHelp.toSorted()).toEqual(inReadme.toSorted());
  });

  test('of vendor names what it does and what it may fetch, and nothing of paper', async () => {
    const text = await textOf('vendor', '--help');
    const named = ['--check', '--update', '--prune', '--rewrite', '--image-total-timeout', '--paper'];
    expect(named.map((flag) => text.includes(flag))).toEqual([true, true, true, true, true, false]);
  });

  test.each([[['doctor', '--help']], [['doctor', '-h']]])(
    'of %j names only what the doctor asks',
    async (argv) => {
      const text = await textOf(...argv);
      expect([text.includes('--browser'), text.includes('--paper')]).toEqual([true, false]);
    },
  );

  test.each(['--version', '-V'])('of %s is the version', async (flag) => {
    expect(await textOf(flag)).toBe('1.2.3');
  });
});
