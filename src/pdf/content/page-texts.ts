import { PDFArray, PDFDict, type PDFDocument, PDFName, type PDFObject, PDFRawStream } from 'pdf-lib';
import { streamText } from './stream-text.ts';

const name = PDFName.of;

/** The characters of a font's codes. */
interface CodeMap {
  readonly texts: ReadonlyMap<string, string>;
  /** Hexadecimal digits of a code. */
  readonly digits: number;
}

/**
 * The characters that each page shows, in the order of its content, without white space that results only from positions. It
 * reads content and CMaps as Chromium writes them: one operator per line, strings in hexadecimal (ISO 32000-1, 9.4.3 and
 * 9.10.3). A glyph without a character of its own, such as a ligature with `ActualText`, is U+FFFD.
 */
export function pageTexts(document: PDFDocument): string[] {
  const { context } = document;
  const maps = new Map<PDFDict, CodeMap>();
  const known = new Map<PDFObject, string>();
  return document.getPages().map((page) => {
    const contents = page.node.Contents();
    const streams = contents instanceof PDFArray ? contents.asArray() : [contents];
    return streams.map((one) => textOf(context.lookup(one), page.node.Resources())).join('');
  });

  function textOf(stream: PDFObject | undefined, resources: PDFDict | undefined): string {
    if (!stream) return '';
    const before = known.get(stream);
    if (before !== undefined) return before;
    known.set(stream, '');
    const fonts = resources?.lookupMaybe(name('Font'), PDFDict);
    const objects = resources?.lookupMaybe(name('XObject'), PDFDict);
    let map: CodeMap | undefined;
    let text = '';
    for (const line of streamText(stream).split('\n')) {
      const [, operator] = /\s(Tf|Tj|TJ|Do)$/.exec(line) ?? [];
      if (operator === 'Tf') map = mapOf(fonts?.lookupMaybe(name(nameIn(line)), PDFDict));
      else if (operator === 'Do') text += formText(objects?.get(name(nameIn(line))), resources);
      else if (operator && map)
        for (const [, codes = ''] of line.matchAll(/<([0-9A-Fa-f]+)>/g)) text += decoded(codes, map);
    }
    known.set(stream, text);
    return text;
  }

  function formText(reference: PDFObject | undefined, resources: PDFDict | undefined): string {
    const form = context.lookup(reference);
    if (!(form instanceof PDFRawStream) || form.dict.get(name('Subtype')) !== name('Form')) return '';
    return textOf(form, form.dict.lookupMaybe(name('Resources'), PDFDict) ?? resources);
  }

  function mapOf(font: PDFDict | undefined): CodeMap | undefined {
    if (!font) return undefined;
    const before = maps.get(font);
    if (before) return before;
    const digits = font.get(name('Subtype')) === name('Type0') ? 4 : 2;
    const made = { texts: codeMap(streamText(context.lookup(font.get(name('ToUnicode'))))), digits };
    maps.set(font, made);
    return made;
  }
}

function nameIn(line: string): string {
  return /\/(\S+)/.exec(line)?.[1] ?? '';
}

function decoded(codes: string, { texts, digits }: CodeMap): string {
  let text = '';
  for (let at = 0; at < codes.length; at += digits)
    text += texts.get(codes.slice(at, at + digits).toUpperCase()) ?? '\uFFFD';
  return text;
}

/** Adobe Technical Note #5014, 1.4. */
function codeMap(cmap: string): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [, lines = ''] of cmap.matchAll(/beginbfchar\n([\s\S]*?)endbfchar/g))
    for (const [, code = '', text = ''] of lines.matchAll(/<([0-9a-f]+)>\s*<([0-9a-f]+)>/gi))
      texts.set(code.toUpperCase(), utf16(text));
  for (const [, lines = ''] of cmap.matchAll(/beginbfrange\n([\s\S]*?)endbfrange/g))
    for (const [, from = '', to = '', first, list] of lines.matchAll(
      /<([0-9a-f]+)>\s*<([0-9a-f]+)>\s*(?:<([0-9a-f]+)>|\[([^\]]*)\])/gi,
    )) {
      const start = Number.parseInt(from, 16);
      const all = [...(list ?? '').matchAll(/<([0-9a-f]+)>/gi)].map(([, text = '']) => text);
      for (let code = start; code <= Number.parseInt(to, 16); code++) {
        const text = first === undefined ? utf16(all[code - start] ?? 'FFFD') : shifted(first, code - start);
        texts.set(code.toString(16).toUpperCase().padStart(from.length, '0'), text);
      }
    }
  return texts;
}

function shifted(first: string, by: number): string {
  const text = utf16(first);
  return text.slice(0, -1) + String.fromCharCode(text.charCodeAt(text.length - 1) + by);
}

function utf16(digits: string): string {
  const bytes = Buffer.from(digits, 'hex');
  return bytes.length % 2 === 0 ? Buffer.from(bytes).swap16().toString('utf16le') : '\uFFFD';
}
