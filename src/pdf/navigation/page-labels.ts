import { PDFArray, PDFDict, type PDFDocument, PDFHexString, PDFName, PDFNumber } from 'pdf-lib';

/**
 * Gives each page the label that viewers show and find it by. ISO 32000-1, 12.4.2: one range per page, with a prefix and no
 * number.
 *
 * @param labels one per page, in order.
 */
export function setPageLabels(document: PDFDocument, labels: readonly string[]): void {
  const { context } = document;
  const nums = PDFArray.withContext(context);
  labels.forEach((label, i) => {
    const range = PDFDict.withContext(context);
    range.set(PDFName.of('P'), PDFHexString.fromText(label));
    nums.push(PDFNumber.of(i));
    nums.push(range);
  });
  const tree = PDFDict.withContext(context);
  tree.set(PDFName.of('Nums'), nums);
  document.catalog.set(PDFName.of('PageLabels'), context.register(tree));
}
