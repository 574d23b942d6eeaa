import {
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFName,
  PDFNumber,
  PDFRawStream,
  PDFRef,
  PDFString,
} from 'pdf-lib';
import { copyFirstGlyph } from './glyph-copy.ts';
import { repacked, streamText } from './stream-text.ts';

const name = PDFName.of;
/** Matches the selection of a font, and strings with code 0. Skia writes two bytes per glyph, in hexadecimal. */
const CHOSEN_OR_MISSING = /\/(\S+) \S+ Tf$|<(?:[0-9a-f]{4})*?0000(?:[0-9a-f]{4})*>/gim;

/**
 * Gives the box that Chromium shows for a character without a glyph a code of its own, in place. The box is `.notdef`, glyph
 * 0, which PDF/A and PDF/UA do not allow to be shown (ISO 19005-2, 6.2.11.8; ISO 14289-1, 7.21.8). On slides,
 * `find-glyphs.ts` replaces such characters; this function is for the rest, such as text in drawings. The content does not
 * change: the font gets a CMap that maps code 0 to a copy of the box (ISO 32000-1, 9.7.5), with the meaning U+FFFD.
 */
export function nameMissingGlyphs(document: PDFDocument): void {
  const { context } = document;
  const fonts = new Set<PDFDict>();
  for (const page of document.getPages()) {
    const contents = page.node.Contents();
    const streams = contents instanceof PDFArray ? contents.asArray() : [contents];
    for (const one of streams) note(streamText(context.lookup(one)), page.node.Resources());
  }
  for (const [, object] of context.enumerateIndirectObjects())
    if (object instanceof PDFRawStream && object.dict.get(name('Subtype')) === name('Form'))
      note(streamText(object), object.dict.lookupMaybe(name('Resources'), PDFDict));
  for (const font of fonts) repair(font);

  function note(content: string, resources: PDFDict | undefined): void {
    if (!content.includes('0000')) return;
    const known = resources?.lookupMaybe(name('Font'), PDFDict);
    let font: PDFDict | undefined;
    for (const [, chosen] of content.matchAll(CHOSEN_OR_MISSING)) {
      if (chosen !== undefined) font = known?.lookupMaybe(name(chosen), PDFDict);
      else if (font?.get(name('Encoding')) === name('Identity-H')) fonts.add(font);
    }
  }

  function repair(font: PDFDict): void {
    const descendant = font.lookupMaybe(name('DescendantFonts'), PDFArray)?.lookupMaybe(0, PDFDict);
    const file = descendant?.lookupMaybe(name('FontDescriptor'), PDFDict)?.get(name('FontFile2'));
    const program = context.lookup(file);
    const map = font.get(name('ToUnicode'));
    const toUnicode = context.lookup(map);
    if (!(file instanceof PDFRef) || !(program instanceof PDFRawStream) || !descendant) return;
    if (!(map instanceof PDFRef) || !(toUnicode instanceof PDFRawStream)) return;
    const copied = copyFirstGlyph(Buffer.from(streamText(program), 'latin1'));
    if (!copied) return;
    const { file: bytes, glyph, width } = copied;
    const changed = repacked(program, bytes.toString('latin1'), context);
    changed.dict.set(name('Length1'), PDFNumber.of(bytes.length));
    context.assign(file, changed);
    const widths = descendant.lookupMaybe(name('W'), PDFArray)?.asArray() ?? [];
    descendant.set(name('W'), context.obj([...widths, PDFNumber.of(glyph), context.obj([width])]));
    const meaning = '1 beginbfchar\n<0000> <FFFD>\nendbfchar\n';
    context.assign(
      map,
      repacked(toUnicode, streamText(toUnicode).replace('endcmap', `${meaning}endcmap`), context),
    );
    font.set(name('Encoding'), context.register(cmapTo(glyph)));
  }

  /** ISO 32000-1, 9.7.5.3; Adobe Technical Note #5014. */
  function cmapTo(glyph: number): PDFRawStream {
    const called = `Deckhand-${glyph}`;
    const system = { Registry: PDFString.of('Adobe'), Ordering: PDFString.of('Identity'), Supplement: 0 };
    const lines = [
      '/CIDInit /ProcSet findresource begin',
      '12 dict begin',
      'begincmap',
      '/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> def',
      `/CMapName /${called} def`,
      '/CMapType 1 def',
      '/WMode 0 def',
      '1 begincodespacerange',
      '<0000> <FFFF>',
      'endcodespacerange',
      '2 begincidrange',
      `<0000> <0000> ${glyph}`,
      '<0001> <FFFF> 1',
      'endcidrange',
      'endcmap',
      'CMapName currentdict /CMap defineresource pop',
      'end',
      'end',
    ];
    return context.flateStream(lines.join('\n'), { Type: 'CMap', CMapName: called, CIDSystemInfo: system });
  }
}
