import { type PDFDict, PDFName, PDFString } from 'pdf-lib';

/**
 * Makes a link whose destination is not in the file open an address, in place; ISO 32000-1, 12.6.4.7.
 *
 * @param elsewhere address by the name of a destination; undefined: there is none.
 * @returns false if it has no target any more.
 */
export function leadElsewhere(
  link: PDFDict,
  destination: PDFName,
  elsewhere: (destination: string) => string | undefined,
): boolean {
  const url = elsewhere(destination.decodeText());
  link.delete(PDFName.of('Dest'));
  if (url === undefined) return false;
  link.set(PDFName.of('A'), link.context.obj({ Type: 'Action', S: 'URI', URI: PDFString.of(url) }));
  return true;
}
