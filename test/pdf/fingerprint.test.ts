import { PDFArray, PDFDict, PDFDocument, PDFName, PDFRawStream, PDFString, StandardFonts } from 'pdf-lib';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { fingerprints, firstDifference } from '../../src/pdf/fingerprint.ts';

const name = PDFName.of;

/** Two pages, each with a text, a link and a picture, as they are after being written and read. */
async function sample(): Promise<PDFDocument> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  const pixels = { create: { width: 3, height: 2, channels: 3, background: 'teal' } } as const;
  const picture = await document.embedPng(await sharp(pixels).png().toBuffer());
  for (const words of ['kites', 'ropes']) {
    const page = document.addPage([300, 200]);
    page.drawText(words, { font, size: 12, x: 20, y: 30 });
    page.drawImage(picture, { x: 50, y: 60 });
    const action = { S: 'URI', URI: PDFString.of(`https://example.org/${words}`) };
    const link = document.context.obj({ Type: 'Annot', Subtype: 'Link', Rect: [20, 30, 60, 44], A: action });
    page.node.set(name('Annots'), document.context.obj([document.context.register(link)]));
  }
  return PDFDocument.load(await document.save());
}

async function difference(change: (document: PDFDocument) => void): Promise<string | undefined> {
  const document = await sample();
  const before = fingerprints(document);
  change(document);
  return firstDifference(before, fingerprints(await PDFDocument.load(await document.save())));
}

describe('a finished file', () => {
  test('counts as unchanged if only its metadata changed', async () => {
    expect(await difference((document) => document.setTitle('another'))).toBeUndefined();
  });

  test('that lost a page is found out', async () => {
    expect(await difference((document) => document.removePage(1))).toBe('1 pages instead of 2');
  });

  test('that lost a link is found out', async () => {
    const change = (document: PDFDocument) => document.getPage(1).node.delete(name('Annots'));
    expect(await difference(change)).toBe('other links on page 2: 0 instead of 1');
  });

  test('with a link to another place is found out', async () => {
    const change = (document: PDFDocument) => {
      const link = document.getPage(0).node.lookup(name('Annots'), PDFArray).lookup(0, PDFDict);
      link.lookup(name('A'), PDFDict).set(name('URI'), PDFString.of('https://example.org/elsewhere'));
    };
    expect(await difference(change)).toBe('other links on page 1: 1 instead of 1');
  });

  test('that lost a picture is found out', async () => {
    const change = (document: PDFDocument) => document.getPage(0).node.Resources()?.delete(name('XObject'));
    expect(await difference(change)).toBe('0 pictures on page 1 instead of 1');
  });

  test('with another text is found out', async () => {
    const change = (document: PDFDocument) => {
      const { node } = document.getPage(1);
      const { context } = document;
      const stream = PDFRawStream.of(context.obj({}), Buffer.from('BT\n(gone) Tj\nET'));
      node.set(name('Contents'), context.register(stream));
    };
    expect(await difference(change)).toBe('another text on page 2');
  });
});
