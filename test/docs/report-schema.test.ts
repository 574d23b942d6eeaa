import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { OutputReport, RunReport } from '../../src/model/model.ts';

const json = JSON.parse(readFileSync('schemas/report.schema.json', 'utf8'));
const schema = z.fromJSONSchema(json);

const HASH = 'a'.repeat(64);
const FILE = {
  kind: 'slides',
  file: 'a/a-slides.pdf',
  pages: 2,
  bytes: 10,
  sha256: HASH,
  key: HASH,
} as const;

function reportOf(...outputs: readonly OutputReport[]): RunReport {
  const diagnostics = [
    {
      code: 'IMAGE_TIMEOUT',
      severity: 'warning',
      message: 'slow',
      deck: 'a.md',
      line: 3,
      url: 'https://a/b',
    },
  ] as const;
  const deck = { path: 'a.md', title: 'A', slides: 2, decorations: 0, outputs, diagnostics };
  return { version: '1.2.3', exitCode: 0, decks: [deck] };
}

const OUTPUTS: readonly OutputReport[] = [
  { ...FILE, status: 'complete', slides: { shown: 1, skipped: 1 } },
  { ...FILE, status: 'incomplete', faultySlides: ['4.2'] },
  { kind: 'handout', status: 'withheld', reason: 'unsound', faultySlides: [], kept: ['a/a-handout.pdf'] },
  { kind: 'archive', status: 'failed', kept: [] },
];

describe('the published schema of the report', () => {
  test.each(OUTPUTS.map((one) => [one.status, one] as const))('accepts an output that is %s', (_, output) => {
    expect(() => schema.parse(reportOf(output))).not.toThrow();
  });

  test('accepts an interrupted run', () => {
    expect(() => schema.parse({ ...reportOf(), unfinished: ['b.md'] })).not.toThrow();
  });

  test('accepts what --json prints for a run that an error ended', () => {
    const error = { code: 'BROWSER_NOT_FOUND', message: 'there is no browser' };
    expect(() => schema.parse({ version: '1.2.3', exitCode: 3, error, decks: [] })).not.toThrow();
  });

  test.each([
    ['an unknown code', { code: 'NO_SUCH_CODE' }],
    ['an unknown severity', { severity: 'fatal' }],
    ['a line before the first', { line: 0 }],
    ['something that is not a part of it', { surprise: 1 }],
  ])('refuses a diagnostic with %s', (_, changes) => {
    const [deck] = reportOf().decks;
    const changed = { ...deck, diagnostics: [{ ...deck?.diagnostics[0], ...changes }] };
    expect(() => schema.parse({ ...reportOf(), decks: [changed] })).toThrow();
  });
});
