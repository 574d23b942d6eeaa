import { PDFArray, type PDFContext, PDFDict, PDFName, PDFNumber, type PDFObject, PDFStream } from 'pdf-lib';
import { contentBytes, operationsOf } from './content.ts';
import type { Faults } from './faults.ts';

const name = PDFName.of;

/** What is shown in a font: character codes. */
export interface ShownFont {
  readonly dict: PDFDict;
  readonly bytesPerCode: number;
  readonly toUnicode: ReadonlyMap<number, string>;
  readonly shown: Set<number>;
  /** Of a Type 3 font: what paints each glyph, and with what. */
  readonly glyphs: ReadonlyMap<string, PDFStream>;
  readonly resources: PDFDict | undefined;
}

export function readFont(context: PDFContext, dict: PDFDict): ShownFont {
  const cmap = context.lookup(dict.get(name('ToUnicode')));
  return {
    dict,
    bytesPerCode: dict.get(name('Subtype')) === name('Type0') ? 2 : 1,
    toUnicode: cmap ? readToUnicode(contentBytes(context, cmap).toString('latin1')) : new Map(),
    shown: new Set(),
    glyphs: new Map(
      (dict.lookupMaybe(name('CharProcs'), PDFDict)?.entries() ?? []).flatMap(([key, value]) => {
        const glyph = context.lookup(value);
        return glyph instanceof PDFStream ? [[key.decodeText(), glyph] as const] : [];
      }),
    ),
    resources: dict.lookupMaybe(name('Resources'), PDFDict),
  };
}

/** ISO 19005-2, 6.2.11; ISO 14289-1, 7.21. */
export function checkFont(context: PDFContext, font: ShownFont, faults: Faults): void {
  const { dict, shown, toUnicode } = font;
  const title = String(dict.get(name('BaseFont')) ?? dict.get(name('Subtype')));
  faults.check(dict.get(name('Type')) === name('Font'), 'A2 6.2.11.2', `${title} is no font`);
  faults.check(
    Buffer.from(dict.lookupMaybe(name('BaseFont'), PDFName)?.asBytes() ?? [])
      .toString('utf8')
      .indexOf('\ufffd') < 0,
    'A2 6.1.8',
    `${title} is not named in UTF-8`,
  );
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
  const descendant = context.lookup(dict.lookup(name('DescendantFonts'), PDFArray).get(0));
  if (!(descendant instanceof PDFDict)) {
    faults.add('A2 6.2.11.3', `${title} has no descendant`);
    return;
  }
  const descriptor = descendant.lookupMaybe(name('FontDescriptor'), PDFDict);
  const kind = descendant.get(name('Subtype'));
  const trueType = descriptor?.get(name('FontFile2'));
  const file = trueType ?? descriptor?.get(name('FontFile3'));
  faults.check(
    kind === name('CIDFontType2') || (kind === name('CIDFontType0') && !trueType),
    'A2 6.2.11.2',
    `${title} has a descendant of the kind ${kind}`,
  );
  if (!file) {
    faults.add('A2 6.2.11.4', `${title} is not embedded`);
    return;
  }
  faults.check(
    !descriptor?.has(name('CIDSet')),
    'A2 6.2.11.4.2',
    `${title} has a CIDSet, which is not checked`,
  );
  if (!trueType) {
    faults.add('A2 6.2.11', `${title} is of a format that is not checked`);
    return;
  }
  faults.check(
    descendant.get(name('CIDToGIDMap')) === name('Identity'),
    'A2 6.2.11.3.2',
    `${title} has no CIDToGIDMap`,
  );
  const toCid = readEncoding(context, dict, descendant, faults);
  const cids = [...shown].map(toCid);
  faults.check(!cids.includes(0), 'A2 6.2.11.8', `${title} shows .notdef`);
  const bytes = contentBytes(context, file);
  const count = glyphCount(bytes);
  for (const cid of cids) faults.check(cid < count, 'A2 6.2.11.4', `${title} has no glyph ${cid}`);
  const real = trueTypeWidths(bytes);
  const stated = cidWidths(context, descendant);
  for (const cid of cids) {
    const [a, b] = [real(cid), stated(cid)];
    faults.check(
      a !== undefined && Math.abs(a - b) <= 1,
      'A2 6.2.11.5',
      `${title} is ${a} wide at ${cid} and says ${b}`,
    );
  }
}

/** From codes to CIDs: as they are, or by a CMap in the file. ISO 32000-1, 9.7.5. */
function readEncoding(
  context: PDFContext,
  font: PDFDict,
  descendant: PDFDict,
  faults: Faults,
): (code: number) => number {
  const encoding = context.lookup(font.get(name('Encoding')));
  if (encoding === name('Identity-H')) return (code) => code;
  if (!(encoding instanceof PDFStream)) {
    faults.add('A2 6.2.11.3', `the CMap ${encoding} is not in the file`);
    return (code) => code;
  }
  const cmap = contentBytes(context, encoding).toString('latin1');
  const [own, its] = [encoding.dict, descendant].map((one) =>
    String(one.lookupMaybe(name('CIDSystemInfo'), PDFDict)).match(/Adobe|Identity|Supplement 0/g),
  );
  faults.check(own?.length === 3 && String(own) === String(its), 'A2 6.2.11.3', 'a CMap for another font');
  const mode = Number(String(encoding.dict.get(name('WMode')) ?? 0));
  faults.check(
    Number(/\/WMode (\d)/.exec(cmap)?.[1] ?? 0) === mode,
    'A2 6.2.11.3',
    'a CMap of two directions',
  );
  faults.check(
    !/usecmap/.test(cmap) && !encoding.dict.has(name('UseCMap')),
    'A2 6.2.11.3',
    'a CMap with another',
  );
  const ranges = [...cmap.matchAll(/^<([0-9a-f]{4})> <([0-9a-f]{4})> (\d+)$/gim)].map(
    ([, from = '', to = '', cid]) =>
      [Number.parseInt(from, 16), Number.parseInt(to, 16), Number(cid)] as const,
  );
  return (code) => {
    const range = ranges.find(([from, to]) => from <= code && code <= to);
    return range ? range[2] + code - range[0] : 0;
  };
}

/** ISO 32000-1, 9.6.5. */
function checkType3(context: PDFContext, { dict, shown, glyphs }: ShownFont, faults: Faults): void {
  const number = (object: PDFObject | undefined): number => Number(String(context.lookup(object)));
  const [first, last] = ['FirstChar', 'LastChar'].map((key) => number(dict.get(name(key)))) as [
    number,
    number,
  ];
  const widths = context.lookup(dict.get(name('Widths')));
  const encoding = context.lookup(dict.get(name('Encoding')));
  const differences =
    encoding instanceof PDFDict ? encoding.lookup(name('Differences'), PDFArray).asArray() : [];
  const names = new Map<number, string>();
  let next = 0;
  for (const one of differences) {
    if (one instanceof PDFName) names.set(next++, one.decodeText());
    else next = number(one);
  }
  faults.check(
    widths instanceof PDFArray && widths.size() === last - first + 1,
    'A2 6.2.11.2',
    'a Type 3 font has another number of widths than of characters',
  );
  for (const code of shown) {
    const called = names.get(code) ?? '.notdef';
    const glyph = glyphs.get(called);
    faults.check(glyph && called !== '.notdef', 'A2 6.2.11.8', `a Type 3 font has no glyph for ${code}`);
    const [begin] = glyph ? operationsOf(contentBytes(context, glyph)) : [];
    const stated = widths instanceof PDFArray ? number(widths.get(code - first)) : Number.NaN;
    const real = /^d[01]$/.test(begin?.operator ?? '') ? Number(begin?.operands[0]?.value) : Number.NaN;
    faults.check(
      Math.abs(real - stated) <= 1,
      'A2 6.2.11.5',
      `a Type 3 glyph is ${real} wide at ${code} and says ${stated}`,
    );
  }
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

function tablesOf(file: Buffer): Map<string, number> {
  const tables = new Map<string, number>();
  for (let i = 0; i < file.readUInt16BE(4); i++) {
    const entry = 12 + i * 16;
    tables.set(file.toString('latin1', entry, entry + 4), file.readUInt32BE(entry + 8));
  }
  return tables;
}

/** OpenType: maxp. */
function glyphCount(file: Buffer): number {
  const maxp = tablesOf(file).get('maxp');
  return maxp ? file.readUInt16BE(maxp + 4) : 0;
}

/** In thousandths of an em, by glyph. OpenType: head, hhea, hmtx. */
function trueTypeWidths(file: Buffer): (glyph: number) => number | undefined {
  const tables = tablesOf(file);
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
