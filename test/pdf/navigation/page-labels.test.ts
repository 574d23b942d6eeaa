import { PDFDocument } from 'pdf-lib';
import { expect, test } from 'vitest';
import { setPageLabels } from '../../../src/pdf/navigation/page-labels.ts';
import { readPageLabels } from '../../support/pdf.ts';

test('pages have the names that they are given, in any script', async () => {
  const document = await PDFDocument.create();
  const labels = ['1.1', '1.2', '1.2 (2)', '3 / 10', 'עמוד'];
  for (const _ of labels) document.addPage();
  setPageLabels(document, labels);
  expect(await readPageLabels(await document.save())).toEqual(labels);
});
