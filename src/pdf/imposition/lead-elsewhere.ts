import { type PDFDict, PDFName, PDFString } from 'pdf-lib';

/**
 * Makes a link whose place is not in the file lead to an address, in place; ISO 32000-1, 12.6.4.7.
 *
 * @param elsewhere address for the name of a destination; none: there is none.
 * @returns false where it leads nowhere any more.
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
