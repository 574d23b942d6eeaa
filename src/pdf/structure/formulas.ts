import { type PDFDict, PDFHexString, PDFName } from 'pdf-lib';
import { textOf } from '../content/text-of.ts';
import { retype } from './struct-elements.ts';

/** Marks the alternative text of a formula in the page, because Chromium can only tag figures. FUNCTION APPLICATION. */
const MARK = '\u2061';

/** Turns marked figures into formulas, in place. ISO 14289-1, 7.7. */
export function retypeFormula(figure: PDFDict): void {
  const words = textOf(figure.get(PDFName.of('Alt')));
  if (!words?.startsWith(MARK)) return;
  figure.set(PDFName.of('Alt'), PDFHexString.fromText(words.slice(MARK.length)));
  retype(figure, 'Formula');
}
