import { describe, expect, test } from 'vitest';
import { type DiagnosticCode, diagnostic, type Place } from '../../../src/model/diagnostics.ts';
import { formatCauses } from '../../../src/pipeline/report/causes.ts';

const at = (code: DiagnosticCode, message: string, slide: string, place: Partial<Place> = {}) =>
  diagnostic(code, message, { deck: 'a.md', line: Number(slide) * 10, slide, ...place }, 'mend it');
const ALT = 'an image has no alternative text';

describe('diagnostics for people', () => {
  test('that are alike are one line, with their slides', () => {
    const found = ['1', '3', '4'].map((slide) => at('IMAGE_ALT_MISSING', ALT, slide));
    expect(formatCauses(found)).toEqual([
      `a.md:10: warning: slides 1, 3, 4: ${ALT} [IMAGE_ALT_MISSING]\n    mend it`,
    ]);
  });

  test('say how often they are met where the slides do not', () => {
    const found = [at('IMAGE_ALT_MISSING', ALT, '1'), at('IMAGE_ALT_MISSING', ALT, '1')];
    expect(formatCauses(found)[0]).toContain(`slide 1: ${ALT} (2 times) [`);
  });

  test('list the addresses that they are about', () => {
    const found = ['a.png', 'b.png'].map((url, i) =>
      at('IMAGE_NOT_FOUND', 'there is no such file', String(i + 1), { url }),
    );
    expect(formatCauses(found)[0]).toContain('slides 1, 2: there is no such file — a.png, b.png [');
  });

  test('are alike wherever else they are met', () => {
    const found = ['', ' (and on 3 more)'].map((more, i) =>
      at('IMAGE_NOT_FOUND', `no such file${more}`, String(i + 1), { url: `${i}.png` }),
    );
    expect(formatCauses(found)[0]).toContain('slides 1, 2: no such file — 0.png, 1.png [');
  });

  test('of one kind, in other words, are counted', () => {
    const found = ['1', '2'].map((slide) => at('LINK_TARGET_MISSING', `link ${slide}`, slide));
    expect(formatCauses(found)[0]).toContain(
      'slides 1, 2: link 1; 1 more like it (--verbose lists each) [LINK_TARGET_MISSING]',
    );
  });

  test('of several decks are one line, too', () => {
    const found = ['a.md', 'b.md', 'c.md'].map((deck) => at('GLYPH_MISSING', 'no font', '1', { deck }));
    expect(formatCauses(found)).toHaveLength(1);
    expect(formatCauses(found)[0]).toContain('a.md:10: warning: slide 1: no font (3 times, in 3 decks) [');
  });

  test('list a dozen slides at most', () => {
    const found = Array.from({ length: 30 }, (_, i) => at('IMAGE_ALT_MISSING', ALT, String(i + 1)));
    expect(formatCauses(found)[0]).toContain('11, 12 and 18 more:');
  });

  test('of one kind that are about no slide stay apart', () => {
    const found = ['width', 'height'].map((key) =>
      diagnostic('FRONT_MATTER_UNKNOWN_KEY', `${key} is not known`, { deck: 'a.md', line: 2 }),
    );
    expect(formatCauses(found)).toHaveLength(2);
  });

  test('that are errors are one line only where their words are the same', () => {
    const found = ['x', 'y', 'y'].map((words, i) => at('PICTURE_NOT_DRAWN', words, String(i + 1)));
    expect(formatCauses(found)).toHaveLength(2);
  });
});
