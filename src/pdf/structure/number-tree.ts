import { PDFArray, type PDFContext, PDFDict, PDFName, PDFNumber, type PDFObject } from 'pdf-lib';

/** The entries of a number tree. ISO 32000-1, 7.9.7. */
export function readNumberTree(context: PDFContext, node: PDFObject | undefined): Map<number, PDFObject> {
  const entries = new Map<number, PDFObject>();
  const nodes = [node];
  while (nodes.length > 0) {
    const dict = context.lookup(nodes.pop());
    if (!(dict instanceof PDFDict)) continue;
    const nums = dict.lookupMaybe(PDFName.of('Nums'), PDFArray)?.asArray() ?? [];
    for (let i = 0; i + 1 < nums.length; i += 2) {
      const key = nums[i];
      const value = nums[i + 1];
      if (key instanceof PDFNumber && value) entries.set(key.asNumber(), value);
    }
    for (const kid of dict.lookupMaybe(PDFName.of('Kids'), PDFArray)?.asArray() ?? []) nodes.push(kid);
  }
  return entries;
}
