import { deflateSync } from 'node:zlib';
import { type PDFDocument, PDFName, PDFRawStream, PDFString } from 'pdf-lib';
import sharp from 'sharp';

let profile: Promise<Uint8Array> | undefined;

/** The sRGB profile in sharp, which is in the public domain (CC0), compressed here because pdf-lib takes long for that. */
function srgbProfile(): Promise<Uint8Array> {
  profile ??= (async () => {
    const pixel = sharp({ create: { width: 1, height: 1, channels: 3, background: 'white' } });
    const { icc } = await sharp(await pixel.withIccProfile('srgb').png().toBuffer()).metadata();
    if (!icc) throw new Error('sharp embeds no colour profile');
    return deflateSync(icc);
  })();
  return profile;
}

/** Declares that the file's colors are sRGB, in place. ISO 19005-2, 6.2.3; ISO 32000-1, 14.11.5. */
export async function setOutputIntent(document: PDFDocument): Promise<void> {
  const { context, catalog } = document;
  const contents = await srgbProfile();
  const dict = context.obj({ N: 3, Length: contents.length, Filter: 'FlateDecode' });
  const stream = PDFRawStream.of(dict, contents);
  const intent = context.obj({
    Type: 'OutputIntent',
    S: 'GTS_PDFA1',
    OutputConditionIdentifier: PDFString.of('sRGB IEC61966-2.1'),
    Info: PDFString.of('sRGB IEC61966-2.1'),
    DestOutputProfile: context.register(stream),
  });
  catalog.set(PDFName.of('OutputIntents'), context.obj([intent]));
}
