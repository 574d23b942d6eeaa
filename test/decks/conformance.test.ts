import { PDFArray, PDFDict, PDFDocument, PDFName, PDFNumber, PDFRawStream, PDFString } from 'pdf-lib';
import { describe, expect, test } from 'vitest';
import { conformanceFaults } from '../support/conformance/index.ts';
import { withPdf } from '../support/pdf.ts';
import { qpdfComplaints } from '../support/qpdf.ts';
import { replayedCourse } from '../support/recorded/replay-course.ts';
import { SAMPLER, SAMPLER_MARKDOWN } from '../support/recorded/sampler.ts';
import { structureTypes } from '../support/structure-types.ts';

const DECK = 'sampler.md';
const KINDS = ['slides', 'handout', 'cheatsheet'] as const;
const name = PDFName.of;

const plain = replayedCourse(SAMPLER);
const attached = replayedCourse(SAMPLER, { attachSource: true, pdfa: '3b' });
const raw = replayedCourse(SAMPLER, { pdfa: 'none' });

describe.each(KINDS)('the %s of a deck of everything', (kind) => {
  test('conforms to PDF/A-2a and PDF/UA-1', async () => {
    expect(await conformanceFaults(await plain.bytes(DECK, kind))).toEqual([]);
  });

  test('is clean for qpdf', async () => {
    for (const course of [plain, attached, raw])
      expect(await qpdfComplaints(await course.bytes(DECK, kind))).toEqual([]);
  });

  test('conforms to PDF/A-3b and PDF/UA-1 with its source attached', async () => {
    const bytes = await attached.bytes(DECK, kind);
    expect(await conformanceFaults(bytes, '3b')).toEqual([]);
    const files = await withPdf(bytes, (document) => document.getAttachments());
    const found = Object.values(files as Record<string, { filename: string; content: Uint8Array }>);
    expect(found.map(({ filename }) => filename)).toEqual([DECK]);
    expect(Buffer.from(found[0]?.content ?? []).toString()).toBe(SAMPLER_MARKDOWN);
  });

  test('claims no PDF/A where none is wanted, and is accessible all the same', async () => {
    const bytes = await raw.bytes(DECK, kind);
    expect(await conformanceFaults(bytes, 'none')).toEqual([]);
    const { catalog } = await PDFDocument.load(bytes, { updateMetadata: false });
    expect(catalog.has(name('OutputIntents'))).toBe(false);
  });
});

test('a language that is none is named with its line, and another one used', async () => {
  expect(await plain.diagnostics('tongue.md', 'LANG_INVALID')).toMatchObject([{ line: 2 }]);
  const { catalog } = await PDFDocument.load(await plain.bytes('tongue.md'), { updateMetadata: false });
  expect(catalog.get(name('Lang'))?.toString()).toBe('(en)');
});

test('says of itself what the front matter says, in the information dictionary and in XMP', async () => {
  const { info, metadata } = await withPdf(await plain.bytes(DECK), (document) => document.getMetadata());
  expect(info).toMatchObject({
    Title: 'Sampler <of> & "everything"',
    Author: 'Ada Example',
    Subject: 'One of each',
    Keywords: 'first, second & third',
    Custom: { Language: 'en-GB', Source: 'https://example.org/sampler', Revision: 'r7' },
  });
  const xmp = ['dc:title', 'dc:creator', 'dc:description', 'dc:language', 'dc:source', 'xmpmm:versionid'];
  expect(xmp.map((name) => [metadata.get(name)].flat().join())).toEqual([
    ...['Sampler <of> & "everything"', 'Ada Example', 'One of each', 'en-GB'],
    ...['https://example.org/sampler', 'r7'],
  ]);
});

describe('the structure', () => {
  test('has headings as they lie below each other, not as they look', async () => {
    // Written: 3, 1, 2, 5, and that again on the two pages that its slide goes on over.
    expect((await structureTypes(await plain.bytes(DECK))).filter((type) => /^H\d$/.test(type))).toEqual([
      'H1',
      'H1',
      'H2',
      'H3',
      'H3',
      'H3',
    ]);
  });

  test('has a body in each list item and a figure for each picture with words', async () => {
    const types = await structureTypes(await plain.bytes(DECK));
    const count = (type: string): number => types.filter((one) => one === type).length;
    expect(count('LBody')).toBe(count('LI'));
    expect(count('Figure')).toBeGreaterThanOrEqual(4);
  });
});

describe('the check', () => {
  const spoiled: readonly (readonly [what: string, rule: string, spoil: (document: PDFDocument) => void])[] =
    [
      ['metadata', 'A2 6.6.2', ({ catalog }) => catalog.delete(name('Metadata'))],
      ['an output intent', 'A2 6.2.3', ({ catalog }) => catalog.delete(name('OutputIntents'))],
      ['a language', 'UA1 7.2', ({ catalog }) => catalog.delete(name('Lang'))],
      ['a title that equals that of the XMP', 'A1 6.7.3', (document) => document.setTitle('Other')],
      ['words for a figure', 'UA1 7.3', (d) => element(d, 'Figure').delete(name('Alt'))],
      ['rows of one length', 'UA1 7.2', (d) => element(d, 'TR').lookup(name('K'), PDFArray).remove(0)],
      ['a scope or headers', 'UA1 7.5', (d) => everyElement(d, (one) => one.delete(name('A')))],
      ['headings one by one', 'UA1 7.4.2', (d) => element(d, 'H1').set(name('S'), name('H4'))],
      ['standard types', 'UA1 7.1', (d) => element(d, 'LBody').set(name('S'), name('Blob'))],
      ['lists of items', 'UA1 7.2', (d) => element(d, 'LI').set(name('S'), name('P'))],
      ['a parent tree', 'ISO 32000 14.7.4.4', (d) => structure(d).delete(name('ParentTree'))],
      [
        'links that say where they lead',
        'UA1 7.18.5',
        (d) =>
          everyDict(d, (one) => one.get(name('Subtype')) === name('Link') && one.delete(name('Contents'))),
      ],
      ['owned content', 'UA1 7.1', (d) => element(d, 'H1').delete(name('K'))],
      [
        'marked content',
        'UA1 7.1',
        (d) => {
          const page = d.getPage(0).node;
          const painted = d.context.flateStream('0 0 9 9 re f');
          const streams = d.context.obj([page.get(name('Contents')), d.context.register(painted)] as never);
          page.set(name('Contents'), streams);
        },
      ],
      [
        'maps to Unicode',
        'UA1 7.21.7',
        (d) => everyDict(d, (one) => one.has(name('ToUnicode')) && one.delete(name('ToUnicode'))),
      ],
      [
        'embedded fonts',
        'A2 6.2.11.4',
        (d) => everyDict(d, (one) => one.has(name('FontFile2')) && one.delete(name('FontFile2'))),
      ],
      [
        'no script',
        'A2 6.5',
        ({ catalog, context }) => catalog.set(name('OpenAction'), context.obj({ JS: PDFString.of('1') })),
      ],
      [
        'pictures as they are',
        'A2 6.2.8',
        (d) => everyImage(d, (one) => one.set(name('Interpolate'), d.context.obj(true))),
      ],
      [
        'widths of fonts as they are',
        'A2 6.2.11.5',
        (d) =>
          everyDict(d, (one) => {
            if (!one.has(name('CIDToGIDMap'))) return;
            one.set(name('DW'), PDFNumber.of(3));
            one.delete(name('W'));
          }),
      ],
    ];

  test.each(spoiled)('misses %s', async (_, rule, spoil) => {
    const document = await PDFDocument.load(await plain.bytes(DECK), { updateMetadata: false });
    spoil(document);
    const faults = await conformanceFaults(await document.save({ useObjectStreams: false }));
    expect(faults.map((fault) => fault.split(': ')[0])).toContain(rule);
  });

  function structure({ catalog }: PDFDocument): PDFDict {
    return catalog.lookup(name('StructTreeRoot'), PDFDict);
  }

  function everyDict({ context }: PDFDocument, use: (dict: PDFDict) => unknown): void {
    for (const [, object] of context.enumerateIndirectObjects()) if (object instanceof PDFDict) use(object);
  }

  function everyImage({ context }: PDFDocument, use: (dict: PDFDict) => unknown): void {
    for (const [, object] of context.enumerateIndirectObjects())
      if (object instanceof PDFRawStream && object.dict.get(name('Subtype')) === name('Image'))
        use(object.dict);
  }

  function everyElement(document: PDFDocument, use: (dict: PDFDict) => unknown): void {
    everyDict(document, (dict) => dict.get(name('S')) instanceof PDFName && dict.has(name('P')) && use(dict));
  }

  function element(document: PDFDocument, type: string): PDFDict {
    const found: PDFDict[] = [];
    everyElement(document, (dict) => dict.get(name('S')) === name(type) && found.push(dict));
    const [first] = found;
    if (!first) throw new Error(`there is no ${type}`);
    return first;
  }
});
