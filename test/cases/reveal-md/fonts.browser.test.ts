import { describe, expect, test } from 'vitest';
import { runCase } from '../../support/case-run.ts';
import { wordFonts } from '../../support/word-fonts.ts';

const WORDS = ['Việt', 'Ελλάδα', 'Україна', 'żółw'];
const deck = (theme: string): string =>
  `---\ntheme: ${theme}\ncss: plain.css\nrevealOptions: {slideNumber: false}\n---\n\n${WORDS.map((word) => `# ${word}\n\n${word}\n\n**${word}**`).join('\n\n---\n\n')}\n`;

/** In a PDF a shadow is the same word once more. */
const PLAIN = '.reveal h1 { text-shadow: none !important }';

const SANS = /^(?:Lato|DejaVuSans|SourceSansPro|LeagueGothic)/;
const SERIF = /^(?:Lora|DejaVuSerif)/;

describe('a word with letters that the font of its theme lacks', () => {
  test.each([
    ['beige', SANS],
    ['black', SANS],
    ['evo', SANS],
    ['league', SANS],
    ['serif', SERIF],
  ])('is in one font of the same kind, and bold where it is (%s)', async (theme, kind) => {
    const run = await runCase({ 'deck.md': deck(theme), 'plain.css': PLAIN }, [
      'deck.md',
      '--only',
      'slides',
    ]);
    const bytes = await run.bytes();
    for (const [i, word] of WORDS.entries()) {
      const pieces = await wordFonts(bytes, i + 1);
      expect([...new Set(pieces.map(([text]) => text.toLowerCase()))]).toEqual([word.toLowerCase()]);
      for (const [, font] of pieces) expect(font).toMatch(kind);
      expect(pieces.at(-1)?.[1]).toMatch(/bold/i);
    }
  });

  test('does not change the words next to it', async () => {
    const text = '---\ntheme: white\n---\n\nThe word Ελλάδα (_Ελλάδα_) is Greek.\n';
    const run = await runCase({ 'deck.md': text }, ['deck.md', '--only', 'slides']);
    const pieces = await wordFonts(await run.bytes(), 1);
    const latin = pieces.filter(([words]) => /[a-z]/i.test(words));
    expect(latin.map(([words]) => words).join(' ')).toMatch(/The word.*is Greek\./);
    expect(latin.every(([, font]) => font.startsWith('SourceSansPro'))).toBe(true);
  });
});
