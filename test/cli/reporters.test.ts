import { afterEach, describe, expect, test, vi } from 'vitest';
import { plainReporter, terminalReporter, worthPrinting } from '../../src/cli/reporters.ts';
import { diagnostic } from '../../src/model/diagnostics.ts';
import type { DeckResult, OutputReport } from '../../src/model/model.ts';
import type { ProgressEvent } from '../../src/model/progress.ts';

afterEach(() => vi.restoreAllMocks());

const output = (kind: 'slides' | 'handout' | 'images', pages: number): OutputReport => ({
  kind,
  status: 'complete',
  pages,
  file: '',
  bytes: 1,
  sha256: '',
  key: '',
});
const result = (changes: Partial<DeckResult> = {}): DeckResult => ({
  path: 'a.md',
  title: 'A',
  slides: 12,
  decorations: 0,
  outputs: [output('slides', 12), output('handout', 1)],
  diagnostics: [],
  failed: false,
  ...changes,
});
const EVENTS: readonly ProgressEvent[] = [
  { type: 'run-started', decks: ['a.md', 'b.md'], unusable: 0 },
  { type: 'notice', severity: 'info', message: 'getting a browser' },
  { type: 'deck-started', deck: 'a.md' },
  { type: 'stage-started', deck: 'a.md', stage: 'print' },
  { type: 'deck-finished', deck: 'a.md', result: result() },
  { type: 'notice', severity: 'warning', message: 'no sandbox' },
  { type: 'deck-finished', deck: 'b.md', result: result({ failed: true, outputs: [] }) },
];

function plainLines(quiet: boolean, verbose: boolean): string[] {
  const lines: string[] = [];
  const reporter = plainReporter({ quiet, verbose }, (line) => lines.push(line));
  for (const event of EVENTS) reporter.onProgress(event);
  return lines;
}

describe('plain lines', () => {
  const usual = [
    'building 2 decks',
    'info: getting a browser',
    'a.md: 12 slides → slides 12 pages, handout 1 page',
    'warning: no sandbox',
    'b.md: failed',
  ];

  test('tell of each deck and of notices', () => {
    expect(plainLines(false, false)).toEqual(usual);
  });

  test('tell of stages too when asked for all', () => {
    expect(plainLines(false, true)).toEqual(usual.toSpliced(2, 0, 'a.md: printing'));
  });

  test('tell only of problems when asked to be quiet', () => {
    expect(plainLines(true, false)).toEqual(['warning: no sandbox']);
  });

  test.each([
    [['a.md'], 0, ['building 1 deck']],
    [['a.md'], 2, ['building 1 of 3 decks']],
    [[], 1, []],
  ])('count the decks of %j, and %i that cannot be built', (decks, unusable, expected) => {
    const lines: string[] = [];
    const reporter = plainReporter({ quiet: false, verbose: false }, (line) => lines.push(line));
    reporter.onProgress({ type: 'run-started', decks, unusable });
    expect(lines).toEqual(expected);
  });

  test('say that decks are only checked', () => {
    const lines: string[] = [];
    const options = { quiet: false, verbose: false, isCheck: true };
    plainReporter(options, (line) => lines.push(line)).onProgress(EVENTS[0] as ProgressEvent);
    expect(lines).toEqual(['checking 2 decks']);
  });

  test('say so where a deck had nothing to write', () => {
    const lines: string[] = [];
    const reporter = plainReporter({ quiet: false, verbose: false }, (line) => lines.push(line));
    reporter.onProgress({ type: 'deck-finished', deck: 'a.md', result: result({ slides: 1, outputs: [] }) });
    expect(lines).toEqual(['a.md: 1 slide → nothing to write']);
  });

  test('say once how many files of a kind there are', () => {
    const lines: string[] = [];
    const reporter = plainReporter({ quiet: false, verbose: false }, (line) => lines.push(line));
    const outputs = [output('slides', 2), output('images', 1), output('images', 1)];
    reporter.onProgress({ type: 'deck-finished', deck: 'a.md', result: result({ slides: 2, outputs }) });
    expect(lines).toEqual(['a.md: 2 slides → slides 2 pages, images 2 pages']);
  });

  test('say which outputs are not as they should be', () => {
    const lines: string[] = [];
    const reporter = plainReporter({ quiet: false, verbose: false }, (line) => lines.push(line));
    const faultySlides = ['2'];
    const outputs: OutputReport[] = [
      { ...output('handout', 1), status: 'incomplete', faultySlides } as OutputReport,
      { kind: 'cheatsheet', status: 'withheld', reason: 'unsound', faultySlides, kept: [] },
      { kind: 'archive', status: 'failed', kept: [] },
    ];
    reporter.onProgress({ type: 'deck-finished', deck: 'a.md', result: result({ outputs }) });
    expect(lines).toEqual([
      'a.md: 12 slides → handout 1 page incomplete, cheatsheet withheld, archive failed',
    ]);
  });

  test.each(['read', 'measure', 'optimize', 'print', 'archive', 'publish'] as const)(
    'have words for the stage %s',
    (stage) => {
      const lines: string[] = [];
      const reporter = plainReporter({ quiet: false, verbose: true }, (line) => lines.push(line));
      reporter.onProgress({ type: 'stage-started', deck: 'a.md', stage });
      expect(lines).toEqual([expect.stringMatching(/^a\.md: [a-z]/)]);
    },
  );
});

describe('the display of a terminal', () => {
  /** What a reporter shows of events, and what it prints when they are over. */
  async function shown(events: readonly ProgressEvent[]) {
    const screen: string[] = [];
    const keep = (text: unknown): boolean => {
      screen.push(String(text));
      return true;
    };
    vi.spyOn(process.stdout, 'write').mockImplementation(keep);
    vi.spyOn(process.stderr, 'write').mockImplementation(keep);
    vi.spyOn(console, 'log').mockImplementation(keep);
    vi.spyOn(console, 'error').mockImplementation(keep);
    const lines: string[] = [];
    const reporter = terminalReporter((line) => lines.push(line));
    for (const event of events) reporter.onProgress(event);
    await reporter.finish();
    return { lines, screen: screen.join('') };
  }

  test('shows what became of each deck', async () => {
    expect((await shown(EVENTS)).screen).toContain('a.md: 12 slides → slides 12 pages, handout 1 page');
  });

  test('keeps notices until it is over', async () => {
    expect((await shown(EVENTS)).lines).toEqual(['info: getting a browser', 'warning: no sandbox']);
  });

  test('ends although decks were not done', async () => {
    expect((await shown(EVENTS.slice(0, 4))).lines).toEqual(['info: getting a browser']);
  });

  test('ends although nothing began', async () => {
    expect((await shown([])).lines).toEqual([]);
  });

  test('ignores a deck that was not announced', async () => {
    const result2 = result({ path: 'x.md' });
    expect((await shown([{ type: 'deck-finished', deck: 'x.md', result: result2 }])).screen).toBe('');
  });
});

describe('what is printed of diagnostics', () => {
  const all = [
    diagnostic('IMAGE_LATE', 'a note', { deck: 'a.md' }),
    diagnostic('IMAGE_TIMEOUT', 'a warning', { deck: 'a.md' }),
    diagnostic('DECK_EMPTY', 'an error', { deck: 'a.md' }),
  ];
  const printed = (quiet: boolean, verbose: boolean) =>
    worthPrinting(all, { quiet, verbose }).map((line) => /an? (\w+) \[/.exec(line)?.[1]);

  test('is warnings and errors, quiet or not', () => {
    expect([printed(false, false), printed(true, false)]).toEqual([
      ['warning', 'error'],
      ['warning', 'error'],
    ]);
  });

  test('is all when all is asked for', () => {
    expect(printed(false, true)).toEqual(['note', 'warning', 'error']);
  });
});
