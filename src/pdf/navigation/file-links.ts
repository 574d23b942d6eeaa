import { PDFDict, type PDFDocument, PDFHexString, PDFName, PDFNull, PDFNumber } from 'pdf-lib';
import type { FileLink } from '../../model/pdf-parts.ts';
import { textOf } from '../content/text-of.ts';
import { destinationName } from './destinations.ts';
import { linksOn } from './links.ts';

const name = PDFName.of;

/**
 * Makes links open other files, in place: remote go-to actions (ISO 32000-1, 12.6.4.3), which PDF/A allows (ISO 19005-2,
 * 6.5.1).
 */
export function setFileLinks(document: PDFDocument, fileLinks: readonly FileLink[]): void {
  if (fileLinks.length === 0) return;
  const { context } = document;
  const known = new Map(fileLinks.map((one) => [one.url, one]));
  for (const { dict: link } of document.getPages().flatMap(linksOn)) {
    const action = context.lookup(link.get(name('A')));
    const uri = action instanceof PDFDict ? textOf(context.lookup(action.get(name('URI')))) : undefined;
    const target = uri === undefined ? undefined : known.get(uri);
    if (!target) continue;
    link.set(name('A'), remoteGoTo(target));
    link.set(name('Contents'), PDFHexString.fromText(target.words));
  }

  function remoteGoTo({ file, destination }: FileLink): PDFDict {
    const action = context.obj({ Type: 'Action', S: 'GoToR', F: fileSpecification(file) });
    const firstPage = context.obj([PDFNumber.of(0), 'XYZ', PDFNull, PDFNull, PDFNull]);
    action.set(name('D'), destination === undefined ? firstPage : destinationName(destination));
    return action;
  }

  /**
   * The bytes of `F` are a path in the encoding of the system, usually UTF-8; `UF` is text. ISO 32000-1, 7.11.2 and 7.11.3.
   */
  function fileSpecification(file: string): PDFDict {
    const bytes = PDFHexString.of(Buffer.from(file, 'utf8').toString('hex').toUpperCase());
    const isAscii = /^[ -~]*$/.test(file);
    return context.obj({ Type: 'Filespec', F: bytes, UF: isAscii ? bytes : PDFHexString.fromText(file) });
  }
}
