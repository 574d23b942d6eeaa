import { PDFArray, PDFDict, PDFDocument, PDFName, PDFNumber, PDFRawStream, PDFString } from 'pdf-lib';
import { describe, expect, test } from 'vitest';
import { LOCK_NAME, VENDOR_FOLDER } from '../../src/images/lock.ts';
import { conformanceFaults } from '../support/conformance/index.ts';
import { courseBuiltOnce } from '../support/course.ts';
import { withPdf } from '../support/pdf.ts';
import { qpdfComplaints } from '../support/qpdf.ts';
import { structureTypes } from '../support/structure-types.ts';

const DECK = 'sampler.md';
const KINDS = ['slides', 'handout', 'cheatsheet'] as const;
const name = PDFName.of;

/** Something of everything that a page can hold, and of what authors get wrong. */
const SLIDES = [
  '### Begins low\n\n**Strong**, *stressed*, `typed`, <sub>low</sub>, <mark>marked</mark>, <span lang="de">Hallo</span> fi fl',
  '# Lists\n\n1. one\n   - inner **bold** point\n2. two, [a link](https://example.org/)\n\n   and more\n\n- [ ] open\n- [x] closed\n\n<dl><dt>Term</dt><dd>Meaning</dd></dl>\n\n<ul style="list-style:none"><li>bare</li></ul>',
  '## Tables\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<table><caption>Uneven</caption><thead><tr><th>A</th><th colspan="2">B</th></tr></thead><tbody><tr><th scope="row">x</th><td>1</td><td>2</td></tr><tr><td rowspan="9">y</td><td>3</td></tr><tr><td>4</td><td>5</td><td>6</td></tr></tbody><tfoot><tr><td>f</td></tr></tfoot></table>',
  '##### Pictures\n\n![A square](img/photo.png)\n\n![](img/photo.png)\n\n<img src="img/photo.png">\n\n<figure><img src="img/photo.png" alt="Framed"><figcaption>Below it</figcaption></figure>\n\n[![Leads on](img/photo.png)](https://example.com/) [![](img/photo.png)](https://example.com/x)',
  '<svg width="90" height="40" role="img" aria-label="A red bar"><rect width="50" height="20" fill="red"/></svg>\n<svg width="90" height="40"><text x="5" y="30">drawn words</text></svg>\n\n<div style="opacity:.5">Faded <a href="https://example.net/">link</a> <img src="img/photo.png" alt="faded"></div>\n<p style="filter:blur(1px)">blurred</p><p style="transform:rotate(4deg)">turned</p><p style="mix-blend-mode:multiply">blended</p>\n<p style="box-shadow:0 0 9px red;border:3px dashed green">boxed</p>\n\n> Quoted\n\n<details open><summary>Sum</summary>told</details><hr><aside>Aside</aside>',
  '\u{16d40} has no glyph; \u05e9\u05dc\u05d5\u05dd; \u2192 \u{1f389}\n\n```js [1|2-3]\nconst a = 1;\nlet b = 2;\nrun();\n```\n\n- one <!-- .element: class="fragment" -->\n- two <!-- .element: class="fragment fade-out" -->',
  '<!-- .slide: data-background-color="#234" data-background-image="img/photo.png" id="last" -->\nOn colour $x^2$\n\n$$\\sum_{i=1}^n i$$\n\n<input value="typed"> <button>Press</button> <iframe src="https://example.org/"></iframe>\n\n<ruby>A<rp>(</rp><rt>a</rt><rp>)</rp></ruby> <progress value=".5"></progress>\n\n[back](#/1) and [mail](mailto:someone@example.org) and [another deck](tongue.md#/0), [all of it](tongue.md)\n\n<svg width="90" height="20"><a href="tongue.md#greeting"><text y="15">drawn link</text></a></svg>\n\n<img src="img/photo.png" width="80" height="45" alt="Mapped" usemap="#map"><map name="map"><area href="#/2" coords="0,0,40,45" alt="Left half"><area href="https://example.org/area" shape="circle" coords="60,20,20"></map>\n\nNote:\nSpoken *words*\n\n- and a list',
];
const MARKDOWN = `---
title: Sampler <of> & "everything"
author: Ada Example
lang: en-GB
description: One of each
keywords: [first, second & third]
url: https://example.org/sampler
revision: r7
---

${SLIDES.join('\n\n---\n\n')}
`;

const TONGUE = '---\nlang: "not a tag"\n---\n\n# Hello\n\n<p id="greeting">there</p>\n';

const plain = courseBuiltOnce({ decks: [DECK, 'tongue.md'] }, { [DECK]: MARKDOWN, 'tongue.md': TONGUE });
const attached = courseBuiltOnce(
  { decks: [DECK, 'tongue.md'], attachSource: true },
  { [DECK]: MARKDOWN, 'tongue.md': TONGUE },
);
const raw = courseBuiltOnce({ decks: [DECK], pdfa: 'none' }, { [DECK]: MARKDOWN });

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
    expect(Buffer.from(found[0]?.content ?? []).toString()).toBe(MARKDOWN);
  });

  test('claims no PDF/A where none is wanted, and is accessible all the same', async () => {
    const bytes = await raw.bytes(DECK, kind);
    expect(await conformanceFaults(bytes, 'none')).toEqual([]);
    const { catalog } = await PDFDocument.load(bytes, { updateMetadata: false });
    expect(catalog.has(name('OutputIntents'))).toBe(false);
  });
});

describe('with the source attached', () => {
  const lock = '{ "version": 1, "images": {} }\n';
  const vendored = courseBuiltOnce(
    { decks: ['tongue.md'], attachSource: true, only: ['slides'] },
    { 'tongue.md': '# Hello\n', [`${VENDOR_FOLDER}/${LOCK_NAME}`]: lock },
  );

  test('the lock of vendored images is there as well', async () => {
    const bytes = await vendored.bytes('tongue.md');
    expect(await conformanceFaults(bytes, '3b')).toEqual([]);
    const files = await withPdf(bytes, (document) => document.getAttachments());
    const found = Object.values(files as Record<string, { filename: string; content: Uint8Array }>);
    expect(found.map(({ filename }) => filename).sort()).toEqual([LOCK_NAME, 'tongue.md'].sort());
    const attachedLock = found.find(({ filename }) => filename === LOCK_NAME);
    expect(Buffer.from(attachedLock?.content ?? []).toString()).toBe(lock);
  });
});

test('a language that is none is named with its line, and another one used', async () => {
  expect(plain.diagnostics('tongue.md', 'LANG_INVALID')).toMatchObject([{ line: 2 }]);
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
