import {
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFStream,
  PDFString,
} from 'pdf-lib';
import { contentBytes } from './content.ts';
import type { Faults } from './faults.ts';

const name = PDFName.of;
/** ISO 32000-1, table 136. */
const BLEND_MODES = new Set(
  `Normal Compatible Multiply Screen Overlay Darken Lighten ColorDodge ColorBurn HardLight SoftLight Difference Exclusion Hue
  Saturation Color Luminosity`.split(/\s+/),
);
const ACTIONS = new Set(['GoTo', 'GoToR', 'URI']);
/** ISO 32000-1, table 6, without LZWDecode and Crypt. */
const FILTERS = new Set(
  'ASCIIHexDecode ASCII85Decode FlateDecode RunLengthDecode CCITTFaxDecode JBIG2Decode DCTDecode JPXDecode'.split(
    ' ',
  ),
);
/** ISO 32000-1, table 70. */
export const INTENTS = new Set(['RelativeColorimetric', 'AbsoluteColorimetric', 'Perceptual', 'Saturation']);
/** ISO 19005-2, 6.1.13. */
export const LONGEST_STRING = 32767;
export const LONGEST_NAME = 127;
export const LARGEST_INTEGER = 2 ** 31 - 1;

/** What ISO 19005-2 forbids or limits wherever it stands. */
export function checkObjects(document: PDFDocument, faults: Faults): void {
  const { context } = document;
  for (const [reference, object] of context.enumerateIndirectObjects())
    visit(object, `object ${reference.objectNumber}`);
  visit(document.catalog, 'the catalog');

  function visit(object: PDFObject, where: string): void {
    if (object instanceof PDFArray) array(object, where);
    else if (object instanceof PDFStream) stream(object, where);
    else if (object instanceof PDFDict) dictionary(object, where);
    else if (object instanceof PDFName) aName(object, where);
    else if (object instanceof PDFNumber)
      faults.check(
        !Number.isInteger(object.asNumber()) || Math.abs(object.asNumber()) <= LARGEST_INTEGER,
        'A2 6.1.13',
        `a number of ${where} is too large`,
      );
    else if (object instanceof PDFString || object instanceof PDFHexString) {
      faults.check(
        object.asBytes().length <= LONGEST_STRING,
        'A2 6.1.13',
        `a string of ${where} is too long`,
      );
      if (object instanceof PDFHexString)
        faults.check(
          /^([0-9a-f]{2})*$/i.test(object.asString().replace(/\s/g, '')),
          'A2 6.1.6',
          `a hexadecimal string of ${where} is none of whole bytes`,
        );
    }
  }

  function aName(object: PDFName, where: string): void {
    faults.check(object.asBytes().length <= LONGEST_NAME, 'A2 6.1.13', `a name of ${where} is too long`);
    faults.check(object !== name('DeviceCMYK'), 'A2 6.2.4.3', `${where} is in CMYK`);
    faults.check(
      object !== name('Separation') && object !== name('DeviceN'),
      'A2 6.2.4.4',
      `${where} has spot colours, which are not checked`,
    );
  }

  function array(object: PDFArray, where: string): void {
    for (const one of object.asArray()) visit(one, where);
    if (object.get(0) !== name('ICCBased')) return;
    const stream = context.lookup(object.get(1));
    const profile = contentBytes(context, object.get(1));
    const [kind, space] = [profile.toString('latin1', 12, 16), profile.toString('latin1', 16, 20)];
    const channels: Readonly<Record<string, number>> = { 'RGB ': 3, GRAY: 1, 'Lab ': 3 };
    faults.check(
      /^(prtr|mntr|scnr|spac)$/.test(kind) && (profile[8] ?? 9) < 5 && space in channels,
      'A2 6.2.4.2',
      `the profile of ${where} is for ${space} of ${kind}`,
    );
    faults.check(
      stream instanceof PDFStream && Number(String(stream.dict.get(name('N')))) === channels[space],
      'A2 6.2.4.2',
      `the profile of ${where} is for another number of channels`,
    );
  }

  function stream({ dict }: PDFStream, where: string): void {
    dictionary(dict, where);
    const filters = [context.lookup(dict.get(name('Filter')))].flatMap((one) =>
      one instanceof PDFArray ? one.asArray() : [one],
    );
    for (const filter of filters)
      faults.check(
        filter === undefined || (filter instanceof PDFName && FILTERS.has(filter.decodeText())),
        'A2 6.1.7.2',
        `${where} is packed with ${filter}`,
      );
    for (const key of ['F', 'FFilter', 'FDecodeParms'])
      faults.check(!dict.has(name(key)), 'A2 6.1.7.1', `${where} is a file elsewhere`);
    if (dict.get(name('Subtype')) === name('Image')) {
      for (const key of ['Alternates', 'OPI'])
        faults.check(!dict.has(name(key)), 'A2 6.2.8', `the image ${where} has ${key}`);
      faults.check(
        String(dict.get(name('Interpolate'))) !== 'true',
        'A2 6.2.8',
        `the image ${where} interpolates`,
      );
    }
    faults.check(dict.get(name('Subtype')) !== name('PS'), 'A2 6.2.9', `${where} is a PostScript program`);
    if (dict.get(name('Subtype')) === name('Form'))
      for (const key of ['OPI', 'PS', 'Subtype2', 'Ref'])
        faults.check(!dict.has(name(key)), 'A2 6.2.9', `the form ${where} has ${key}`);
  }

  function dictionary(dict: PDFDict, where: string): void {
    // A soft mask may have a transfer function, a graphics state none.
    for (const key of ['TR', 'TR2', 'HT', 'HTP', 'HTO'])
      faults.check(!(dict.has(name(key)) && !dict.has(name('S'))), 'A2 6.2.5', `${where} has ${key}`);
    const intent = dict.get(name('Intent')) ?? dict.get(name('RI'));
    if (intent instanceof PDFName)
      faults.check(INTENTS.has(intent.decodeText()), 'A2 6.2.6', `${where} is rendered as ${intent}`);
    if (dict.has(name('BM')))
      for (const mode of [dict.get(name('BM'))])
        faults.check(
          mode instanceof PDFName && BLEND_MODES.has(mode.decodeText()),
          'A2 6.2.10',
          `blends by ${mode}`,
        );
    for (const key of [
      'AA',
      'JS',
      'JavaScript',
      'OpenAction',
      'XFA',
      'Requirements',
      'AlternatePresentations',
      'PresSteps',
      'NeedsRendering',
      'Perms',
      'AcroForm',
      'OCProperties',
    ])
      faults.check(!dict.has(name(key)), 'A2 6.5', `${where} has ${key}`);
    if (dict.get(name('Type')) === name('Page')) page(dict, where);
    const type = dict.get(name('S'));
    const isAction = dict.get(name('Type')) === name('Action') || dict.has(name('URI'));
    if (isAction)
      faults.check(
        type instanceof PDFName && ACTIONS.has(type.decodeText()),
        'A2 6.5',
        `${where} does ${type}`,
      );
    for (const [key, value] of dict.entries()) {
      aName(key, where);
      if (!(value instanceof PDFStream)) visit(value, where);
    }
  }

  function page(dict: PDFDict, where: string): void {
    for (const key of ['MediaBox', 'CropBox', 'BleedBox', 'TrimBox', 'ArtBox']) {
      const box = context.lookup(dict.get(name(key)));
      if (!(box instanceof PDFArray)) continue;
      const [left = 0, bottom = 0, right = 0, top = 0] = box.asArray().map((one) => Number(String(one)));
      for (const side of [right - left, top - bottom].map(Math.abs))
        faults.check(
          side >= 3 && side <= 14400,
          'A2 6.1.13',
          `the ${key} of ${where} is ${side} points long`,
        );
    }
  }
}
