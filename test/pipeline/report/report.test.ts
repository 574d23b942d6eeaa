import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Diagnostic, diagnostic } from '../../../src/model/diagnostics.ts';
import type { DeckResult, OutputReport } from '../../../src/model/model.ts';
import type { OutputKind } from '../../../src/model/output-kinds.ts';
import {
  countFailed,
  exitCodeOf,
  formatDiagnostic,
  formatSummary,
  plural,
} from '../../../src/pipeline/report/report.ts';
import { randomCases } from '../../support/random-cases.ts';

const ERROR = diagnostic('PICTURE_NOT_DRAWN', 'not drawn', { deck: 'a.md' });
const WARNING = diagnostic('IMAGE_TIMEOUT', 'too slow', { deck: 'a.md' });
const INFO = diagnostic('IMAGE_LATE', 'late', { deck: 'a.md' });
const FILE = { file: 'a.pdf', pages: 1, bytes: 1, sha256: '', key: '' };
const OUTPUT = { kind: 'slides', status: 'complete', ...FILE } as const;
const result = (changes: Partial<DeckResult> = {}): DeckResult => ({
  path: 'a.md',
  title: 'A',
  slides: 1,
  decorations: 0,
  outputs: [OUTPUT],
  diagnostics: [],
  failed: false,
  ...changes,
});

describe('the exit code', () => {
  test.each<[string, readonly Diagnostic[], 'error' | 'warning' | 'never', number]>([
    ['nothing to say', [], 'warning', 0],
    ['a note', [INFO], 'warning', 0],
    ['a warning', [WARNING], 'error', 0],
    ['a warning that is to fail', [WARNING], 'warning', 1],
    ['an error', [INFO, ERROR], 'error', 1],
    ['an error that is to fail like a warning', [ERROR], 'warning', 1],
    ['an error that is never to fail', [ERROR], 'never', 0],
  ])('after %s is right', (_what, diagnostics, failOn, code) => {
    expect(exitCodeOf([result(), result({ diagnostics })], { failOn, only: ['slides'] })).toBe(code);
  });

  test('is 1 for a deck that failed, even where nothing is to fail', () => {
    expect(exitCodeOf([result({ failed: true })], { failOn: 'never', only: ['slides'] })).toBe(1);
  });

  test.each<OutputReport>([
    { kind: 'handout', status: 'failed', kept: [] },
    { kind: 'handout', status: 'withheld', reason: 'unsound', faultySlides: [], kept: [] },
  ])('is 1 for an output that is $status, even where nothing is to fail', (output) => {
    const results = [result({ outputs: [OUTPUT, output] })];
    expect(exitCodeOf(results, { failOn: 'never', only: ['slides', 'handout'] })).toBe(1);
  });

  test('is 0 for no decks at all', () => {
    expect(exitCodeOf([], { failOn: 'warning', only: ['slides'] })).toBe(0);
  });
});

describe('a warning that is to fail', () => {
  test.each<[Diagnostic['code'], readonly OutputKind[], number]>([
    ['CHEATSHEET_FULL', ['slides', 'handout'], 0],
    ['CHEATSHEET_FULL', ['cheatsheet'], 1],
    ['HANDOUT_MARK_INVALID', ['slides'], 0],
    ['FRAGMENTS_NOT_SHOWN', ['handout'], 0],
    ['FRAGMENTS_NOT_SHOWN', ['images'], 1],
    ['LINK_TARGET_MISSING', ['images'], 0],
    ['IMAGE_ALT_MISSING', ['images'], 0],
    ['IMAGE_ALT_MISSING', ['archive'], 1],
    ['IMAGE_NOT_FOUND', ['images'], 1],
  ])('(%s) counts with %j as it changes them', (code, only, expected) => {
    const diagnostics = [diagnostic(code, 'x', { deck: 'a.md' })];
    expect(exitCodeOf([result({ diagnostics })], { failOn: 'warning', only })).toBe(expected);
  });
});

describe('a diagnostic as text', () => {
  const place = { deck: 'decks/a.md', line: 12, slide: '4.3', url: 'https://example.com/a.png' };

  test('names file, line, slide, address and code, and below it what to do', () => {
    expect(formatDiagnostic(diagnostic('IMAGE_TIMEOUT', 'no answer', place, 'try again'))).toBe(
      'decks/a.md:12: warning: slide 4.3: no answer — https://example.com/a.png [IMAGE_TIMEOUT]\n    try again',
    );
  });

  test('names the output that it is about', () => {
    const about = { deck: 'a.md', slide: '4.3', output: 'handout' } as const;
    expect(formatDiagnostic(diagnostic('PICTURE_NOT_DRAWN', 'not drawn', about))).toBe(
      'a.md: error: handout, slide 4.3: not drawn [PICTURE_NOT_DRAWN]',
    );
  });

  test('does not repeat the output that its message names', () => {
    const about = { deck: 'a.md', output: 'handout' } as const;
    expect(formatDiagnostic(diagnostic('PICTURE_NOT_DRAWN', 'gone from the handout', about))).toBe(
      'a.md: error: gone from the handout [PICTURE_NOT_DRAWN]',
    );
  });

  test('leaves out what is not known', () => {
    expect(formatDiagnostic(diagnostic('DECK_EMPTY', 'empty', { deck: 'a.md' }))).toBe(
      'a.md: error: empty [DECK_EMPTY]',
    );
  });

  test('does not repeat an address that its message has', () => {
    const text = formatDiagnostic(diagnostic('IMAGE_TIMEOUT', `${place.url} is slow`, place));
    expect(text.split(place.url)).toHaveLength(2);
  });

  test('keeps the frames of a stack on lines of their own', () => {
    const text = formatDiagnostic(
      diagnostic('DECK_FAILED', 'Error: x\n    at a.ts:1\n    at b.ts:2', { deck: 'a.md' }),
    );
    expect(text.split('\n')).toHaveLength(3);
  });

  test('lets nothing of a deck begin a line or command a terminal', () => {
    const nasty = fc
      .array(
        fc.constantFrom(
          '\n',
          '\r',
          '\r\n',
          '::error::',
          '\u001b[2J',
          '\u009b',
          '\u0007',
          '\t',
          ' ',
          'a',
          '\0',
        ),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(nasty, nasty, nasty, (message, url, deck) => {
        const text = formatDiagnostic(
          diagnostic('IMAGE_TIMEOUT', message, { deck: `d${deck}`, url }, 'hint'),
        );
        for (const line of text.split('\n').slice(1)) expect(line).toMatch(/^ {4}/);
        expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
      }),
      randomCases(100, 1_000),
    );
  });
});

test('a deck counts as failed where an error left nothing of it', () => {
  const kept: string[] = [];
  const none = result({ outputs: [{ kind: 'slides', status: 'failed', kept }], diagnostics: [ERROR] });
  const some = result({
    outputs: [OUTPUT, { kind: 'handout', status: 'failed', kept }],
    diagnostics: [ERROR],
  });
  expect(countFailed([none, some, result({ outputs: [], diagnostics: [INFO] })])).toBe(1);
});

describe('the summary', () => {
  test('counts decks, files, failures, errors, warnings and notes', () => {
    const results = [result({ diagnostics: [ERROR, WARNING, WARNING, INFO] }), result({ outputs: [] })];
    expect(formatSummary(results, 1)).toBe('2 decks, 1 file, 1 failed, 1 error, 2 warnings, 1 note');
  });

  test('counts outputs that are not as they should be, those of many files once', () => {
    const faultySlides = ['2'];
    const outputs: OutputReport[] = [
      { kind: 'images', status: 'incomplete', ...FILE, faultySlides },
      { kind: 'images', status: 'incomplete', ...FILE, faultySlides },
      { kind: 'handout', status: 'withheld', reason: 'unsound', faultySlides, kept: [] },
      { kind: 'cheatsheet', status: 'failed', kept: [] },
    ];
    expect(formatSummary([result({ outputs })], 0)).toBe(
      '1 deck, 2 files, 1 output incomplete, 1 output withheld, 1 output failed',
    );
  });

  test('does not mention problems that did not occur', () => {
    expect(formatSummary([result()], 0)).toBe('1 deck, 1 file');
  });

  test('of a check counts no files', () => {
    expect(formatSummary([result()], 0, { isCheck: true })).toBe('1 deck checked');
  });
});

test.each([
  [0, '0 decks'],
  [1, '1 deck'],
  [2, '2 decks'],
])('%i is written “%s”', (count, text) => {
  expect(plural(count, 'deck')).toBe(text);
});
