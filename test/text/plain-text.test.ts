import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { forLog, jsonForLog, lineOrStack, oneLine } from '../../src/text/plain-text.ts';
import { randomCases } from '../support/random-cases.ts';

const hostile = fc
  .array(
    fc.constantFrom(
      '\n',
      '\r',
      '\u001b[2J',
      '\0',
      '\u009b',
      '\u2028',
      '\u202e',
      '::error::x',
      '##[error]x',
      '##vso[x]',
      '    at ',
      ' ',
      'ü',
      '😀',
      '"',
      '\\',
    ),
    { maxLength: 10 },
  )
  .map((parts) => parts.join(''));
const commands = /[^\P{Cc}\n]|[\u2028-\u202e\u2066-\u2069]|^\s*::|##\w*\[/mu;

describe('a text from outside', () => {
  test('is one line that commands no terminal', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(oneLine(text)).not.toMatch(/[\p{Cc}\u2028-\u202e\u2066-\u2069]/u);
      }),
      randomCases(300, 20_000),
    );
  });

  test('keeps what is harmless', () => {
    expect(oneLine('Größe: 3 × 4 — “ok” 😀 שלום')).toBe('Größe: 3 × 4 — “ok” 😀 שלום');
  });

  test('has lines of its own only for the frames of a stack', () => {
    expect(lineOrStack('Error: a\nb\n    at c\n    at d\n  ::error')).toBe(
      'Error: a b\n    at c\n    at d   ::error',
    );
  });
});

describe('what is written to a log', () => {
  test('is no command, whatever is in it', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(forLog(text)).not.toMatch(commands);
        expect(jsonForLog({ [text]: [text] })).not.toMatch(commands);
      }),
      randomCases(300, 20_000),
    );
  });

  test('as JSON means the same', () => {
    fc.assert(
      fc.property(fc.oneof(hostile, fc.string({ unit: 'binary', maxLength: 30 })), (text) => {
        expect(JSON.parse(jsonForLog({ text }))).toEqual({ text });
      }),
      randomCases(300, 20_000),
    );
  });
});
