import { type PDFDict, PDFHexString, PDFName } from 'pdf-lib';
import { textOf } from '../content/text-of.ts';
import { retype } from './struct-elements.ts';

/** What the words of a formula begin with in the page: Chromium knows figures alone. FUNCTION APPLICATION. */
const MARK = '\u2061';

/** Makes of a figure the formula that it is, in place. ISO 14289-1, 7.7. */
export function retypeFormula(figure: PDFDict): void {
  const words = textOf(figure.get(PDFName.of('Alt')));
  if (!words?.startsWith(MARK)) return;
  figure.set(PDFName.of('Alt'), PDFHexString.fromText(words.slice(MARK.length)));
  retype(figure, 'Formula');
}
