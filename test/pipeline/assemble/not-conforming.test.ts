import { type PDFDocument, PDFName } from 'pdf-lib';
import { expect, test } from 'vitest';
import { assemblePrint } from '../../../src/pipeline/assemble/assemble.ts';
import { slides } from '../../../src/pipeline/outputs/slides.ts';
import { layout, sampleDeck } from '../../support/sample.ts';
import { paragraphsOf, taggedPrint } from '../../support/tagged-print.ts';

async function assembled(document: PDFDocument) {
  const plan = { html: '', page: { widthPx: 960, heightPx: 720 }, bookmarks: [] };
  const pdf = await document.save();
  const print = {
    plan,
    sheets: { html: '', pdf, served: new Map(), blank: new Set<string>(), images: [], meetings: [] },
  };
  const options = { producer: 'test', key: '0'.repeat(64), pdfa: '2a', attachments: [] } as const;
  return assemblePrint(sampleDeck('/'), slides, layout(), print, options);
}

test('a print in which a slide is read twice becomes a file without the claim, and a warning', async () => {
  const print = await taggedPrint('by stream');
  const [first, second] = paragraphsOf(print);
  second?.set(PDFName.of('K'), first?.lookup(PDFName.of('K')) ?? print.context.obj(0));
  const { value, diagnostics } = await assembled(print);
  expect(diagnostics).toMatchObject([{ code: 'PDF_NOT_CONFORMING', severity: 'warning' }]);
  expect(diagnostics[0]?.message).toContain('content is read twice on page 1');
  expect(value).toHaveLength(1);
  const text = Buffer.from(value[0]?.bytes ?? []).toString('latin1');
  expect(text).toContain('xmp:CreatorTool');
  expect(text).not.toMatch(/<pdf(?:a|ua)id:part>/);
});

test('a print that is sound has no warning', async () => {
  const { value, diagnostics } = await assembled(await taggedPrint('by stream'));
  expect(diagnostics).toEqual([]);
  expect(Buffer.from(value[0]?.bytes ?? []).toString('latin1')).toContain('<pdfuaid:part>1<');
});
