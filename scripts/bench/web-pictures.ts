import sharp from 'sharp';

export const PICTURES = 200;

/** Number of distinct drawings; each is used several times with different comments. */
const DRAWINGS = 25;
const NARROWEST_PX = 120;

/** @param widestPx width of the largest; the smallest is 120 pixels wide, and most are close to that. */
export async function drawPictures(widestPx: number): Promise<readonly Buffer[]> {
  const widths = Array.from(
    { length: DRAWINGS },
    (_, i) => NARROWEST_PX * (widestPx / NARROWEST_PX) ** (i / (DRAWINGS - 1)),
  );
  const drawings = await Promise.all(widths.map((widthPx) => draw(Math.round(widthPx))));
  return Array.from({ length: PICTURES }, (_, i) => {
    const jpeg = drawings[i % DRAWINGS] ?? Buffer.alloc(0);
    return Buffer.concat([jpeg.subarray(0, 2), comment(`picture ${i}`), jpeg.subarray(2)]);
  });
}

/** Soft noise, about as hard to compress as a photograph. */
async function draw(width: number): Promise<Buffer> {
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
