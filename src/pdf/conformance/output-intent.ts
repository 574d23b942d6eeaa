import { type PDFDocument, PDFName, PDFRawStream, PDFString } from 'pdf-lib';
import { SRGB_PROFILE } from './srgb-profile.ts';

/** Declares that the file's colors are sRGB, in place. ISO 19005-2, 6.2.3; ISO 32000-1, 14.11.5. */
export function setOutputIntent(document: PDFDocument): void {
  const { context, catalog } = document;
  const profile = PDFRawStream.of(context.obj({ N: 3, Length: SRGB_PROFILE.length }), SRGB_PROFILE);
  const intent = context.obj({
    Type: 'OutputIntent',
    S: 'GTS_PDFA1',
    OutputConditionIdentifier: PDFString.of('sRGB IEC61966-2.1'),
    Info: PDFString.of('sRGB IEC61966-2.1'),
    DestOutputProfile: context.register(profile),
  });
  catalog.set(PDFName.of('OutputIntents'), context.obj([intent]));
}
