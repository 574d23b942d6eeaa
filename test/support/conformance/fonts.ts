import { PDFArray, type PDFContext, PDFDict, PDFName, PDFNumber, type PDFObject } from 'pdf-lib';
import { contentBytes } from './content.ts';
import type { Faults } from './faults.ts';

const name = PDFName.of;

/** What is shown in a font: character codes. */
export interface ShownFont {
  readonly dict: PDFDict;
  readonly bytesPerCode: number;
  readonly toUnicode: ReadonlyMap<number, string>;
  readonly shown: Set<number>;
}

export function readFont(context: PDFContext, dict: PDFDict): ShownFont {
  const cmap = context.lookup(dict.get(name('ToUnicode')));
  return {
    dict,
    bytesPerCode: dict.get(name('Subtype')) === name('Type0') ? 2 : 1,
    toUnicode: cmap ? readToUnicode(contentBytes(context, cmap).toString('latin1')) : new Map(),
    shown: new Set(),
  };
}

/** ISO 19005-2, 6.2.11; ISO 14289-1, 7.21. */
export function checkFont(context: PDFContext, font: ShownFont, faults: Faults): void {
  const { dict, shown, toUnicode } = font;
  const title = String(dict.get(name('BaseFont')) ?? dict.get(name('Subtype')));
  for (const code of shown) {
    const text = toUnicode.get(code);
    const clean = text !== undefined && text.length > 0 && !/[\0\uFEFF\uFFFE]/.test(text);
    faults.check(clean, 'UA1 7.21.7', `${title} maps code ${code} to no Unicode text`);
  }
  const subtype = dict.get(name('Subtype'));
  if (subtype === name('Type3')) {
    checkType3(context, font, faults);
    return;
  }
  if (subtype !== name('Type0')) {
    faults.add('A2 6.2.11', `${title} is of a kind that is not checked`);
    return;
  }
  faults.check(dict.get(name('Encoding')) === name('Identity-H'), 'A2 6.2.11.3', `${title} has another CMap`);
  const descendant = context.lookup(dict.lookup(name('DescendantFonts'), PDFArray).get(0));
  if (!(descendant instanceof PDFDict)) {
    faults.add('A2 6.2.11.3', `${title} has no descendant`);
    return;
  }
  const descriptor = descendant.lookupMaybe(name('FontDescriptor'), PDFDict);
  const trueType = descriptor?.get(name('FontFile2'));
  const file = trueType ?? descriptor?.get(name('FontFile3'));
  if (!file) {
    faults.add('A2 6.2.11.4', `${title} is not embedded`);
    return;
  }
  faults.check(
    !descriptor?.has(name('CIDSet')),
    'A2 6.2.11.4.2',
    `${title} has a CIDSet, which is not checked`,
  );
  if (!trueType) return;
  faults.check(
    descendant.get(name('CIDToGIDMap')) === name('Identity'),
    'A2 6.2.11.3.2',
    `${title} has no CIDToGIDMap`,
  );
  faults.check(!shown.has(0), 'A2 6.2.11.8', `${title} shows .notdef`);
  const real = trueTypeWidths(contentBytes(context, file));
  const stated = cidWidths(context, descendant);
  for (const cid of shown) {
    const [a, b] = [real(cid), stated(cid)];
    faults.check(
      a !== undefined && Math.abs(a - b) <= 1,
      'A2 6.2.11.5',
      `${title} is ${a} wide at ${cid} and says ${b}`,
    );
  }
}

function checkType3(context: PDFContext, { dict, shown }: ShownFont, faults: Faults): void {
  const first = Number(String(dict.get(name('FirstChar'))));
  const widths = context.lookup(dict.get(name('Widths')));
  for (const code of shown)
    faults.check(
      widths instanceof PDFArray && widths.get(code - first),
      'A2 6.2.11.5',
      `no width of ${code}`,
    );
}

function readToUnicode(cmap: string): Map<number, string> {
  const texts = new Map<number, string>();
  const decode = (hex: string): string => {
    const bytes = Buffer.from(hex, 'hex');
    return bytes.length % 2 === 0 ? bytes.swap16().toString('utf16le') : '';
  };
  for (const [, body = ''] of cmap.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, code = '', text = ''] of body.matchAll(/<([0-9a-f]+)>\s*<([0-9a-f]*)>/gi))
      texts.set(Number.parseInt(code, 16), decode(text));
  for (const [, body = ''] of cmap.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
    for (const [, from = '', to = '', text = ''] of body.matchAll(
      /<([0-9a-f]+)>\s*<([0-9a-f]+)>\s*<([0-9a-f]+)>/gi,
    )) {
      const start = decode(text);
      const [low, high] = [Number.parseInt(from, 16), Number.parseInt(to, 16)];
      for (let code = low; code <= high; code++)
        texts.set(
          code,
          start.slice(0, -1) + String.fromCharCode(start.charCodeAt(start.length - 1) + code - low),
        );
    }
  for (const [, body = ''] of cmap.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
    for (const [, from = '', list = ''] of body.matchAll(/<([0-9a-f]+)>\s*<[0-9a-f]+>\s*\[([^\]]*)\]/gi))
      list.match(/[0-9a-f]+/gi)?.forEach((text, i) => {
        texts.set(Number.parseInt(from, 16) + i, decode(text));
      });
  return texts;
}

/** In thousandths of an em, by glyph. OpenType: head, hhea, hmtx. */
function trueTypeWidths(file: Buffer): (glyph: number) => number | undefined {
  const tables = new Map<string, number>();
  for (let i = 0; i < file.readUInt16BE(4); i++) {
    const entry = 12 + i * 16;
    tables.set(file.toString('latin1', entry, entry + 4), file.readUInt32BE(entry + 8));
  }
  const [head, hhea, hmtx] = ['head', 'hhea', 'hmtx'].map((tag) => tables.get(tag) ?? 0);
  if (!head || !hhea || !hmtx) return () => undefined;
  const unitsPerEm = file.readUInt16BE(head + 18);
  const count = file.readUInt16BE(hhea + 34);
  return (glyph) => (file.readUInt16BE(hmtx + 4 * Math.min(glyph, count - 1)) * 1000) / unitsPerEm;
}

/** ISO 32000-1, 9.7.4.3. */
function cidWidths(context: PDFContext, font: PDFDict): (cid: number) => number {
  const number = (object: PDFObject | undefined): number =>
    object instanceof PDFNumber ? object.asNumber() : Number.NaN;
  const fallback = font.has(name('DW')) ? number(font.get(name('DW'))) : 1000;
  const widths = new Map<number, number>();
  const list = context.lookup(font.get(name('W')));
  const items = list instanceof PDFArray ? list.asArray().map((one) => context.lookup(one)) : [];
  for (let i = 0; i < items.length; ) {
    const first = number(items[i]);
    const second = items[i + 1];
    if (second instanceof PDFArray) {
      second.asArray().forEach((width, j) => {
        widths.set(first + j, number(width));
      });
      i += 2;
    } else {
      for (let cid = first; cid <= number(second); cid++) widths.set(cid, number(items[i + 2]));
      i += 3;
    }
  }
  return (cid) => widths.get(cid) ?? fallback;
}
