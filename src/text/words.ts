/**
 * Finds words that are missing in a text. It only considers scripts whose letters are stored in reading order, and ignores
 * case, ligatures, hyphens and white space.
 *
 * @param shown text that a page should contain, with white space between words.
 * @param printed all characters of the printed page.
 */
export function missingWords(shown: string, printed: string): string[] {
  const text = folded(printed);
  const words = folded(shown, ' ').match(WORD) ?? [];
  // A glyph without a meaning of its own may be a ligature in any of them.
  const isUnsure = text.includes('\uFFFD');
  const missing: string[] = [];
  let at = 0;
  for (const word of words) {
    const next = text.indexOf(word, at);
    if (next >= 0) at = next + word.length;
    else if (!text.includes(word) && !(isUnsure && LIGATURES.test(word))) missing.push(word);
  }
  return [...new Set(missing)];
}

const WORD =
  /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Nd}]+/gu;
/** Pairs of letters that fonts join. */
const LIGATURES = /f[fijlbhkt]|ft|ct|st|th|ij|tt|ti/;

function folded(text: string, space = ''): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .toLowerCase()
    .replace(/[\u00ad\u200b-\u200d\u2060]/g, '')
    .replace(/\s+/g, space);
}
