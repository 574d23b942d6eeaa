import { PDFArray, PDFDict, PDFDocument, PDFHexString, PDFName, PDFNumber, PDFRawStream } from 'pdf-lib';
import { describe, expect, test } from 'vitest';
import { checkConformance } from '../../../src/pdf/conformance/check-conformance.ts';
import { conform } from '../../../src/pdf/conformance/conform.ts';
import type { FileMetadata } from '../../../src/pdf/conformance/xmp.ts';
import { paragraphsOf, taggedPrint } from '../../support/tagged-print.ts';

const name = PDFName.of;
const METADATA: FileMetadata = {
  ...{ title: 'Title', keywords: [], lang: 'en', producer: 'test', date: new Date(0), pdfa: '2a' },
};

function xmpOf({ catalog }: PDFDocument): string {
  const stream = catalog.lookup(name('Metadata'));
  return Buffer.from(stream instanceof PDFRawStream ? stream.contents : []).toString('utf8');
}

/** A content reference, as it is written: its number, and whether it names a form. */
function references(document: PDFDocument): string[] {
  return paragraphsOf(document).map((element) => {
    const [kid] = element.lookup(name('K'), PDFArray).asArray();
    if (kid instanceof PDFNumber) return String(kid);
    const reference = document.context.lookup(kid, PDFDict);
    const form = document.context.lookup(reference.get(name('Stm')));
    const dict = form instanceof PDFRawStream ? form.dict : undefined;
    return `${reference.get(name('MCID'))} of ${dict?.get(name('Subtype'))}`;
  });
}

describe.each(['by page', 'by stream'] as const)('content that is numbered %s', (numbering) => {
  test('conforms, and says so', async () => {
    const document = await taggedPrint(numbering);
    expect(conform(document, METADATA, undefined)).toEqual([]);
    expect(xmpOf(document)).toContain('<pdfaid:part>2</pdfaid:part>');
    expect(xmpOf(document)).toContain('<pdfuaid:part>1</pdfuaid:part>');
  });

  test('is referred to by its form if it is in one', async () => {
    const document = await taggedPrint(numbering);
    const paragraphs = paragraphsOf(document);
    for (const one of paragraphs) one.set(name('K'), document.context.obj([one.get(name('K')) as never]));
    conform(document, METADATA, undefined);
    const id = numbering === 'by page' ? 1 : 0;
    expect(references(document)).toEqual(['0', `${id} of /Form`, '0', `${id} of /Form`]);
    for (const [, object] of document.context.enumerateIndirectObjects())
      if (object instanceof PDFRawStream && object.dict.get(name('Subtype')) === name('Form'))
        expect(object.dict.has(name('StructParents'))).toBe(true);
  });

  const broken: readonly (readonly [fault: string, spoil: (document: PDFDocument) => void])[] = [
    ['belongs to no element', (d) => paragraphsOf(d)[1]?.delete(name('K'))],
    ['is read twice', (d) => copyKids(d, 0, 1)],
    ['is read behind that of a later page', (d) => reverse(d)],
  ];

  test.each(broken)('that %s is found, and nothing is claimed', async (fault, spoil) => {
    const document = await taggedPrint(numbering);
    spoil(document);
    expect(conform(document, METADATA, undefined).join('\n')).toContain(fault);
    expect(xmpOf(document)).toContain('dc:title');
    expect(xmpOf(document)).not.toMatch(/pdfaid:part>|pdfuaid:part>/);
  });
});

describe('the check', () => {
  test('finds what is painted neither as tagged content nor as an artifact', async () => {
    const faults = checkConformance(await taggedPrint('by stream', 1));
    expect(faults).toEqual(['something is painted that is neither tagged nor an artifact on page 1']);
  });

  test('finds that content of forms is numbered by page, where no reader finds it', async () => {
    const faults = checkConformance(await taggedPrint('by page', 1));
    expect(faults).toContain('content on page 1 belongs to no element');
  });

  test('finds that the parent tree says otherwise than the elements', async () => {
    const document = await finished();
    const root = document.catalog.lookup(name('StructTreeRoot'), PDFDict);
    root.set(name('ParentTree'), document.context.obj({ Nums: [] }));
    expect(checkConformance(document)).toContain('the parent tree has another owner for content on page 1');
  });

  test('finds content of an element that is not there', async () => {
    const document = await finished();
    paragraphsOf(document)[0]?.set(name('K'), PDFNumber.of(7));
    expect(checkConformance(document)).toContain('an element has content that is not there (number 7)');
  });

  test('finds tagged content that is drawn twice', async () => {
    const document = await finished();
    const page = document.getPage(0).node;
    const again = document.context.register(document.context.flateStream('/X1 Do'));
    page.set(name('Contents'), document.context.obj([page.get(name('Contents')) as never, again]));
    expect(checkConformance(await reread(document))).toContain(
      'tagged content is drawn twice, again on page 1',
    );
  });

  test('finds no fault in a finished file', async () => {
    expect(checkConformance(await finished())).toEqual([]);
  });

  async function finished(): Promise<PDFDocument> {
    const document = await taggedPrint('by stream');
    conform(document, METADATA, undefined);
    return reread(document);
  }

  async function reread(document: PDFDocument): Promise<PDFDocument> {
    return PDFDocument.load(await document.save(), { updateMetadata: false });
  }
});

describe('the properties of a file', () => {
  test('are cut to what PDF/A allows, in XMP too, and never within a character', async () => {
    const document = await taggedPrint('by stream', 1);
    const long = '😀'.repeat(40_000);
    const texts = { title: `x${long}`, author: long, description: long, keywords: [long, long], url: long };
    conform(document, { ...METADATA, ...texts, revision: long }, undefined);
    const info = document.context.lookup(document.context.trailerInfo.Info, PDFDict);
    const keys = ['Title', 'Author', 'Subject', 'Keywords', 'Source', 'Revision'];
    for (const key of keys) {
      const value = info.lookup(name(key), PDFHexString);
      expect(value.asBytes().length).toBeLessThanOrEqual(32_767);
      expect(value.decodeText()).toMatch(/^x?(?:😀)+…$/u);
    }
    expect(xmpOf(document)).toContain(`>${info.lookup(name('Title'), PDFHexString).decodeText()}</rdf:li>`);
  });
});

function copyKids(document: PDFDocument, from: number, to: number): void {
  const paragraphs = paragraphsOf(document);
  const kids = paragraphs[from]?.get(name('K'));
  if (kids) paragraphs[to]?.set(name('K'), kids);
}

function reverse({ context }: PDFDocument): void {
  for (const [, object] of context.enumerateIndirectObjects()) {
    if (!(object instanceof PDFDict) || object.get(name('S')) !== name('Document')) continue;
    object.set(name('K'), context.obj(object.lookup(name('K'), PDFArray).asArray().reverse()));
  }
}
