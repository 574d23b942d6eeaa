import sharp from 'sharp';

export const PICTURES = 200;

/** Distinct drawings; each is used several times with another comment in it. */
const DRAWINGS = 25;

/** Pictures as the web has them, from a few kilobytes to about one megabyte, most of them small. */
export async function drawPictures(): Promise<readonly Buffer[]> {
  const drawings = await Promise.all(Array.from({ length: DRAWINGS }, (_, i) => draw(i / (DRAWINGS - 1))));
  return Array.from({ length: PICTURES }, (_, i) => {
    const jpeg = drawings[i % DRAWINGS] ?? Buffer.alloc(0);
    return Buffer.concat([jpeg.subarray(0, 2), comment(`picture ${i}`), jpeg.subarray(2)]);
  });
}

/**
 * Soft noise, about as hard to compress as a photograph.
 *
 * @param size from 0 to 1: 120 to 2000 pixels wide.
 */
async function draw(size: number): Promise<Buffer> {
  const width = Math.round(120 * (2000 / 120) ** size);
  const height = Math.round(width * 0.6);
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
  const half = { width: width >> 1, height: height >> 1, channels: 3, background: '#888', noise } as const;
  const small = await sharp({ create: half }).png({ compressionLevel: 0 }).toBuffer();
  return sharp(small).resize(width, height).jpeg({ quality: 85 }).toBuffer();
}

/** A COM segment (JPEG, B.2.4.5). */
function comment(text: string): Buffer {
  const head = Buffer.from([0xff, 0xfe, 0, 0]);
  head.writeUInt16BE(text.length + 2, 2);
  return Buffer.concat([head, Buffer.from(text, 'latin1')]);
}
