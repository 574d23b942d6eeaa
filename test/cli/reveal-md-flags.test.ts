import { describe, expect, test } from 'vitest';
import { parseCommandLine } from '../../src/cli/command-line.ts';
import { DeckhandError } from '../../src/model/errors.ts';
import { mm } from '../../src/paper/paper.ts';
import { parsePrintSize } from '../../src/paper/print-size.ts';

async function parse(...argv: string[]) {
  const parsed = await parseCommandLine(argv, '1.2.3');
  if (parsed.command === 'print') throw new Error('nothing is to be printed');
  const { notices, flags } = parsed;
  return { notices, flags: Object.fromEntries(Object.entries(flags).filter(([, one]) => one !== undefined)) };
}

async function refusal(...argv: string[]): Promise<DeckhandError> {
  const error = await parse(...argv).catch((thrown: unknown) => thrown);
  if (error instanceof DeckhandError) return error;
  throw new Error(`${argv.join(' ')} is not refused`);
}

describe('flags of reveal-md', () => {
  test.each<[string[], Record<string, unknown>]>([
    [
      ['-t', 'white', '-s', '^@$', '-S', '^%$'],
      { 'deck.theme': 'white', 'deck.separator': '^@$', 'deck.verticalSeparator': '^%$' },
    ],
    [
      ['--highlight-theme', 'github', '--css', 'a.css,b.css'],
      { 'deck.highlightTheme': 'github', 'deck.css': 'a.css,b.css' },
    ],
    [['--notes-separator', 'N:', '--title', '2024'], { 'deck.notesSeparator': 'N:', 'deck.title': '2024' }],
    [
      ['--assets-dir', 'static', '--template', 't.html'],
      { 'deck.assetsDir': 'static', 'deck.template': 't.html' },
    ],
    [
      ['--preprocessor', 'pp.js', '--print-size', 'A4'],
      { 'deck.preprocessor': 'pp.js', 'deck.printSize': 'A4' },
    ],
    [['--print', 'a.pdf', '--glob', '**/slides.md'], { print: 'a.pdf', glob: '**/slides.md' }],
    [['--print'], { print: '' }],
    [['--puppeteer-chromium-executable', '/x/chrome'], { browser: '/x/chrome' }],
    [['--puppeteer-launch-args=--no-sandbox --disable-dev-shm-usage'], { sandbox: false }],
    [['--puppeteer-chromium-executable=/x', '--browser=/y'], { browser: '/y' }],
  ])('that change pages are options: %j', async (argv, flags) => {
    expect(await parse('slides.md', ...argv)).toEqual({
      notices: [],
      flags: { ...flags, decks: ['slides.md'] },
    });
  });

  test.each([
    ['--port', '8000'],
    ['--host', '0.0.0.0'],
    ['--disable-auto-open', ''],
    ['--listing-template', 'x.html'],
    ['--static-dirs', 'img'],
    ['--absolute-url', 'https://example.org'],
    ['--featured-slide', '3'],
    ['--view', 'scroll'],
    ['--scripts', 'a.js'],
  ])('that only concern a server are one warning, and the build continues: %s', async (flag, value) => {
    const { notices, flags } = await parse('slides.md', ...[flag, value].filter((one) => one !== ''));
    expect(flags).toEqual({ decks: ['slides.md'] });
    expect(notices).toEqual([expect.stringMatching(`^${flag}: [^\\n]+$`)]);
  });

  test.each([
    [['--watch'], 'run it on every save'],
    [['-w'], 'run it on every save'],
    [['--static', '_site'], '--only archive'],
    [['--static'], '--only archive'],
  ])('that ask for something else are refused, with what to use instead: %j', async (argv, words) => {
    const { exitCode, message } = await refusal('slides.md', ...argv);
    expect(exitCode).toBe(2);
    expect(message).toContain(words);
    expect(message).not.toContain('\n');
  });

  test('for Chromium are named where they are not passed on', async () => {
    expect(
      (await parse('--puppeteer-launch-args=--proxy-server=x --headless=new --lang=de')).notices,
    ).toEqual(['--puppeteer-launch-args: --proxy-server=x --lang=de are not passed on']);
  });
});

describe('a call of decktape', () => {
  test.each([
    ['decktape reveal http://localhost:1948/slides.md out.pdf', 'deckhand build slides.md --print out.pdf'],
    [
      'decktape http://localhost:8000/week1/intro.html#/ out.pdf',
      'deckhand build week1/intro.md --print out.pdf',
    ],
    [
      'reveal -s 1280x720 --pause 1000 --load-pause=2000 http://a/b.md c.pdf',
      'deckhand build b.md --print c.pdf --size 1280x720',
    ],
    ['http://localhost:1948 out.pdf', 'deckhand build slides.md --print out.pdf'],
    ['decktape reveal slides.html out.pdf', 'deckhand build slides.md --print out.pdf'],
    ['decktape file:///a/b%20c.md out.pdf', "deckhand build '/a/b c.md' --print out.pdf"],
    [
      'decktape reveal --screenshots --screenshots-directory shots --screenshots-format jpg http://a/b.md c.pdf',
      'deckhand build b.md --print c.pdf --only images --output shots --image-format jpeg',
    ],
    [
      'decktape --slides 1,3-5 http://a/b.md c.pdf',
      'deckhand build b.md --print c.pdf --slides 1,3-5; Deckhand numbers slides as the deck does: the second slide of the fourth stack is 4.2',
    ],
  ])('gets the command that does the same: %s', async (call, command) => {
    const { exitCode, hint } = await refusal(...call.split(' '));
    expect(exitCode).toBe(2);
    expect(hint).toBe(`the same as with decktape: ${command}`);
  });

  test.each(['reveal', 'reveal --only slides', 'generic.md', 'automatic/'])(
    'is not one to build %s',
    async (call) => {
      expect((await parse(...call.split(' '))).notices).toEqual([]);
    },
  );
});

describe('a print size', () => {
  test.each([
    ['1024x768', 1024, 768],
    ['960.5x700px', 960.5, 700],
    ['10x5in', 960, 480],
    ['210x297mm', mm(210), mm(297)],
    ['21x29.7cm', mm(210), mm(297)],
    ['A4', mm(210), mm(297)],
    ['letter', 816, 1056],
    ['Ledger', 1632, 1056],
  ])('may be %s', (text, widthPx, heightPx) => {
    const size = parsePrintSize(text);
    expect(size?.widthPx).toBeCloseTo(widthPx, 6);
    expect(size?.heightPx).toBeCloseTo(heightPx, 6);
  });

  test.each([
    '',
    'A7',
    '1024',
    '1024x',
    '0x0',
    '1x1mm',
    '10x10em',
    '1e3x1e3',
    '99999999x5',
    'constructor',
    '-5x5',
    '1024x768toString',
  ])('is none: %j', (text) => {
    expect(parsePrintSize(text)).toBeUndefined();
  });
});
