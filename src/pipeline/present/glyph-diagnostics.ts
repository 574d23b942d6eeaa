import { type Diagnostic, diagnostic } from '../../model/diagnostics.ts';
import type { Deck, SourceSlide } from '../../model/model.ts';
import type { MissingGlyphs } from './page/find-glyphs.ts';

/** Maximum number of characters that are listed. */
const SHOWN = 5;

/** Scripts with the Debian packages of their fonts; the last package is for all others. */
const FONTS: readonly (readonly [script: RegExp, what: string, fonts: string])[] = [
  [
    /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{scx=Bopomofo}\u3000-\u303f\uff00-\uffef]/u,
    'Chinese, Japanese or Korean',
    'fonts-noto-cjk',
  ],
  [/\p{Extended_Pictographic}/u, 'emoji', 'fonts-noto-color-emoji'],
  [/\p{Co}/u, 'the private use area', 'the font that the deck was written with'],
  [/[\p{L}\p{N}]/u, 'another script', 'fonts-noto-core'],
  [/./su, 'symbols', 'fonts-noto-core or fonts-symbola'],
];

/** One diagnostic for each group of scripts, at the first slide with such a character. */
export function glyphDiagnostics(
  deck: Deck,
  slides: readonly SourceSlide[],
  missing: readonly MissingGlyphs[],
): Diagnostic[] {
  const all = missing.flatMap(({ index, characters }) =>
    characters.map((character) => ({ index, character })),
  );
  return FONTS.flatMap(([script, what, fonts], i) => {
    const own = all.filter(
      ({ character }) =>
        script.test(character) && !FONTS.slice(0, i).some(([before]) => before.test(character)),
    );
    const [first] = own;
    if (!first) return [];
    const slide = slides.find(({ index }) => String(index) === first.index);
    const place = { deck: deck.source.path, line: slide?.line, slide: slide?.number };
    const distinct = [...new Set(own.map(({ character }) => character))];
    const more = distinct.length > SHOWN ? ` and ${distinct.length - SHOWN} more` : '';
    const names = distinct.slice(0, SHOWN).map(nameOf).join(', ');
    const message = `no font has ${names}${more} (${what}); a box is printed instead`;
    return [diagnostic('GLYPH_MISSING', message, place, `install a font that has it, such as ${fonts}`)];
  });
}

function nameOf(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `${character} U+${code}`;
}
