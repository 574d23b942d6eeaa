import { withPdf } from './pdf.ts';

/** The texts of a page in the pieces that a PDF has of them, each with its font: a word in two fonts is two pieces. */
export async function wordFonts(
  bytes: Uint8Array,
  number: number,
): Promise<(readonly [text: string, font: string])[]> {
  return withPdf(bytes, async (document) => {
    const page = await document.getPage(number);
    // Fonts are there once their page has been drawn.
    await page.getOperatorList();
    const { items } = await page.getTextContent();
    const pieces: { text: string; font: string; isOpen: boolean }[] = [];
    for (const item of items) {
      if (!('str' in item)) continue;
      const last = pieces.at(-1);
      if (item.str.trim() === '') {
        if (last) last.isOpen = false;
        continue;
      }
      const { name } = page.commonObjs.get(item.fontName) as { readonly name: string };
      const font = name.replace(/^[A-Z]+\+/, '');
      const isOpen = !item.hasEOL && /\S$/.test(item.str);
      // A face that comes in several files is several fonts of one name.
      if (last?.isOpen && last.font === font) Object.assign(last, { text: last.text + item.str, isOpen });
      else pieces.push({ text: item.str, font, isOpen });
    }
    return pieces.map(({ text, font }) => [text.trim(), font] as const);
  });
}
