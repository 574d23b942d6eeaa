import sharp, { type Sharp } from 'sharp';
import type { Shot, ShotFormat } from '../../model/model.ts';

/** Text keeps clean edges, in full color. */
const JPEG = { quality: 90, chromaSubsampling: '4:4:4', mozjpeg: true } as const;

/** Encoded by sharp, with the same result for every browser, and without metadata. */
export async function encodeShot(png: Uint8Array, format: ShotFormat): Promise<Pick<Shot, 'bytes' | 'size'>> {
  const image = sharp(png, { limitInputPixels: false }).removeAlpha();
  const { data, info } = await encoded(image, format).toBuffer({ resolveWithObject: true });
  return { bytes: data, size: { widthPx: info.width, heightPx: info.height } };
}

function encoded(image: Sharp, format: ShotFormat): Sharp {
  switch (format) {
    case 'png':
      return image.png({ compressionLevel: 9 });
    case 'jpeg':
      return image.jpeg(JPEG);
    case 'webp':
      return image.webp({ lossless: true });
    default:
      return format satisfies never;
  }
}
