import { describe, expect, test } from 'vitest';
import { type DiagnosticCode, diagnostic } from '../../../src/model/diagnostics.ts';
import { judgeOutput } from '../../../src/pipeline/assemble/output-status.ts';

const ARTIFACTS = [{ kind: 'handout', file: 'a.pdf', bytes: Buffer.from('pdf'), key: 'k' }] as const;
const about = (code: DiagnosticCode, slide?: string) => diagnostic(code, 'words', { deck: 'a.md', slide });
const judge = (
  own: ReturnType<typeof about>[],
  { inherited = [], strict = false }: { inherited?: ReturnType<typeof about>[]; strict?: boolean } = {},
) => judgeOutput('handout', { value: ARTIFACTS, diagnostics: own }, { inherited, strict });

describe('an output', () => {
  test('is complete where there are only warnings and notes', () => {
    const made = judge([about('GLYPH_MISSING', '1'), about('LINK_LEFT_OUT', '2')]);
    expect(made).toMatchObject({ status: 'complete', artifacts: ARTIFACTS });
  });

  test('is incomplete where an error is about some of its slides, which it names once and in order', () => {
    const errors = [about('PICTURE_NOT_DRAWN', '10.2'), about('PICTURE_NOT_DRAWN', '2')];
    expect(judge([...errors, about('PICTURE_NOT_DRAWN', '10.2')])).toMatchObject({
      status: 'incomplete',
      artifacts: ARTIFACTS,
      faultySlides: ['2', '10.2'],
    });
  });

  test('is incomplete where the error is about what it was made from', () => {
    expect(judge([], { inherited: [about('PICTURE_NOT_DRAWN', '3')] })).toMatchObject({
      status: 'incomplete',
      faultySlides: ['3'],
      diagnostics: [],
    });
  });

  test.each(['PAGE_COUNT_MISMATCH', 'PRINT_CHANGED'] as const)('is withheld after %s', (code) => {
    const made = judge([about('PICTURE_NOT_DRAWN', '2'), about(code)]);
    expect(made).toMatchObject({ status: 'withheld', reason: 'unsound', faultySlides: ['2'] });
    expect(made).not.toHaveProperty('artifacts');
  });

  test('that is incomplete is withheld with --strict', () => {
    const made = judge([about('PICTURE_NOT_DRAWN', '2')], { strict: true });
    expect(made).toMatchObject({ status: 'withheld', reason: 'incomplete', faultySlides: ['2'] });
    expect(made).not.toHaveProperty('artifacts');
  });

  test('that is complete is written with --strict', () => {
    expect(judge([about('GLYPH_MISSING', '1')], { strict: true }).status).toBe('complete');
  });

  test('is named by its errors and not by its warnings, which others may share', () => {
    const { diagnostics } = judge([about('PICTURE_NOT_DRAWN', '2'), about('GLYPH_MISSING', '1')]);
    expect(diagnostics.map(({ output }) => output)).toEqual(['handout', undefined]);
  });
});
