import { PDFDocument, PDFName, PDFString } from 'pdf-lib';
import { describe, expect, test } from 'vitest';
import type { FileLink } from '../../../src/model/pdf-parts.ts';
import { fingerprints, firstDifference } from '../../../src/pdf/fingerprint.ts';
import { setFileLinks } from '../../../src/pdf/navigation/file-links.ts';
import { withPdf } from '../../support/pdf.ts';

const OTHER: FileLink = {
  url: 'http://ours.invalid/other#x',
  file: '../week 2/straße (1)/straße-slides.pdf',
  destination: '/2/1',
  words: 'Other, slide 3.2',
};

async function withLinks(urls: readonly string[]): Promise<PDFDocument> {
  const document = await PDFDocument.create();
  const page = document.addPage([300, 200]);
  const links = urls.map((url) => {
    const action = { S: 'URI', URI: PDFString.of(url) };
    return document.context.obj({ Type: 'Annot', Subtype: 'Link', Rect: [20, 30, 60, 44], A: action });
  });
  page.node.set(PDFName.of('Annots'), document.context.obj(links));
  return document;
}

async function linksOf(document: PDFDocument): Promise<unknown[]> {
  return withPdf(await document.save(), async (pdf) => {
    const annotations = await (await pdf.getPage(1)).getAnnotations();
    return annotations.map(({ unsafeUrl, contentsObj }) => [unsafeUrl, contentsObj.str]);
  });
}

describe('links into other files', () => {
  test('name the file and the place in it, and say so in words', async () => {
    const document = await withLinks([OTHER.url]);
    setFileLinks(document, [OTHER]);
    expect(await linksOf(document)).toEqual([[`${OTHER.file}#/2/1`, 'Other, slide 3.2']]);
  });

  test('open a file at its first page where no place is named', async () => {
    const document = await withLinks([OTHER.url]);
    const { destination: _, ...whole } = OTHER;
    setFileLinks(document, [whole]);
    expect(await linksOf(document)).toEqual([
      [`${OTHER.file}#[0,{"name":"XYZ"},null,null,null]`, 'Other, slide 3.2'],
    ]);
  });

  test('leave every other link alone', async () => {
    const document = await withLinks(['https://example.org/']);
    setFileLinks(document, [OTHER]);
    expect(await linksOf(document)).toEqual([['https://example.org/', '']]);
  });

  test('are compared by where they lead', async () => {
    const document = await withLinks([OTHER.url]);
    const printed = fingerprints(document, [OTHER]);
    setFileLinks(document, [OTHER]);
    const finished = await PDFDocument.load(await document.save());
    expect(firstDifference(printed, fingerprints(finished))).toBeUndefined();
  });

  test('that lead elsewhere than they should are found out', async () => {
    const document = await withLinks([OTHER.url]);
    const printed = fingerprints(document, [OTHER]);
    setFileLinks(document, [{ ...OTHER, destination: '/2/2' }]);
    expect(firstDifference(printed, fingerprints(document))).toBe('other links on page 1: 1 instead of 1');
  });
});
