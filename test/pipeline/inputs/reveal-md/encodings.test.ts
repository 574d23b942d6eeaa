import { describe, expect, test } from 'vitest';
import { hintForEncoding } from '../../../../src/pipeline/inputs/reveal-md/encodings.ts';

const latin = (text: string): Buffer => Buffer.from(text, 'latin1');

describe('a deck that is not UTF-8', () => {
  test.each([
    ['Windows-1252', latin('# A\n\nGr\u00fc\u00dfe\n'), 'iconv -f WINDOWS-1252 -t UTF-8 a.md > utf8.md'],
    ['Windows-1252', latin('# A\n\nGr\u00fc\u00dfe\n'), 'line 3'],
    ['UTF-16 with a mark', Buffer.from('\ufeff# A', 'utf16le'), 'iconv -f UTF-16 -t UTF-8'],
    ['UTF-16 without', Buffer.from('# A', 'utf16le'), 'iconv -f UTF-16LE -t UTF-8'],
  ])('(%s) comes with its encoding and how to convert it', (_encoding, bytes, words) => {
    expect(hintForEncoding(bytes, 'a.md')).toContain(words);
  });

  test('has a name that a shell takes as it is', () => {
    expect(hintForEncoding(latin('\u00fc'), "week 1/it's.md")).toContain("'week 1/it'\\''s.md'");
  });

  test('is not said to be of Windows where it cannot be', () => {
    expect(hintForEncoding(Uint8Array.of(0x83, 0x81, 0x83, 0x90), 'a.md')).not.toContain('1252');
  });
});
