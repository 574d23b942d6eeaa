import {
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFHexString,
  PDFName,
  type PDFObject,
  PDFStream,
  PDFString,
} from 'pdf-lib';
import type { Faults } from './faults.ts';

const name = PDFName.of;
/** ISO 32000-1, table 136. */
const BLEND_MODES = new Set(
  `Normal Compatible Multiply Screen Overlay Darken Lighten ColorDodge ColorBurn HardLight SoftLight Difference Exclusion Hue
  Saturation Color Luminosity`.split(/\s+/),
);
const ACTIONS = new Set(['GoTo', 'GoToR', 'URI']);

/** What ISO 19005-2 forbids or limits wherever it stands. */
export function checkObjects(document: PDFDocument, faults: Faults): void {
  const { context } = document;
  for (const [reference, object] of context.enumerateIndirectObjects())
    visit(object, `object ${reference.objectNumber}`);
  visit(document.catalog, 'the catalog');

  function visit(object: PDFObject, where: string): void {
    if (object instanceof PDFArray) for (const one of object.asArray()) visit(one, where);
    else if (object instanceof PDFStream) stream(object, where);
    else if (object instanceof PDFDict) dictionary(object, where);
    else if (object instanceof PDFName)
      faults.check(object.asString().length <= 127, 'A2 6.1.13', `a name of ${where} is too long`);
    else if (object instanceof PDFString || object instanceof PDFHexString)
      faults.check(object.asBytes().length <= 32767, 'A2 6.1.13', `a string of ${where} is too long`);
  }

  function stream({ dict }: PDFStream, where: string): void {
    dictionary(dict, where);
    const filters = [context.lookup(dict.get(name('Filter')))].flatMap((one) =>
      one instanceof PDFArray ? one.asArray() : [one],
    );
    for (const filter of filters)
      faults.check(
        !/LZWDecode|Crypt/.test(String(filter)),
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
    if (dict.get(name('Subtype')) === name('Form'))
      for (const key of ['OPI', 'PS', 'Subtype2', 'Ref'])
        faults.check(!dict.has(name(key)), 'A2 6.2.9', `the form ${where} has ${key}`);
  }

  function dictionary(dict: PDFDict, where: string): void {
    for (const key of ['TR', 'HTP', 'HTO'])
      faults.check(!(dict.has(name(key)) && !dict.has(name('S'))), 'A2 6.2.5', `${where} has ${key}`);
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
    ])
      faults.check(!dict.has(name(key)), 'A2 6.5', `${where} has ${key}`);
    const type = dict.get(name('S'));
    const isAction = dict.get(name('Type')) === name('Action') || dict.has(name('URI'));
    if (isAction)
      faults.check(
        type instanceof PDFName && ACTIONS.has(type.decodeText()),
        'A2 6.5',
        `${where} does ${type}`,
      );
    for (const [key, value] of dict.entries()) {
      if (key === name('ColorSpace') || key === name('CS'))
        faults.check(!String(value).includes('DeviceCMYK'), 'A2 6.2.4.3', `${where} is in CMYK`);
      if (!(value instanceof PDFStream)) visit(value, where);
    }
  }
}
