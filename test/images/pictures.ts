import { createHash } from 'node:crypto';
import sharp, { type Sharp } from 'sharp';
import type { Original } from '../../src/images/codec/original.ts';
import { type InspectLimits, inspectImage } from '../../src/images/decoder/inspect.ts';
import type { StoredImage } from '../../src/images/model/model.ts';
import { storedImageOf } from '../support/stored-image.ts';

/** Numbers from 0 to 1 that are the same in every run. */
function* randomNumbers(seed: string): Generator<number> {
  for (let block = 0; ; block++) {
    const hash = createHash('sha256').update(`${seed} ${block}`).digest();
    for (const byte of hash) yield byte / 255;
  }
}

/** What a camera might see: soft light, soft blobs, and grain over everything; `sky` is the share without texture. */
export function photograph(width = 480, height = 320, sky = 0): Sharp {
  const key = `${width} ${height} ${sky}`;
  const data = taken.get(key) ?? photographPixels(width, height, sky);
  taken.set(key, data);
  return sharp(data, { raw: { width, height, channels: 3 } });
}

/** Pixels of photographs: they take longer to make than most tests need for them. */
const taken = new Map<string, Buffer>();

function photographPixels(width: number, height: number, sky: number): Buffer {
  const random = randomNumbers(`photograph ${sky}`);
  const data = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++) {
    const amount = y < height * sky ? 0 : 1;
    for (let x = 0; x < width; x++) {
      const light = 120 + 60 * Math.sin(x / 90) + 40 * Math.cos(y / 60);
      const leaf = amount * 30 * Math.sin(x / 2.1 + 3 * Math.sin(y / 3.7)) * Math.cos(y / 2.9);
      const grain = amount * ((random.next().value ?? 0) - 0.5) * 24;
      const at = (y * width + x) * 3;
      for (const [channel, tint] of [1.1, 1, 0.8].entries()) {
        data[at + channel] = Math.min(255, Math.max(0, (light + leaf + grain) * tint));
      }
    }
  }
  return data;
}

const svg = (width: number, height: number, content: string): Sharp =>
  sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${content}</svg>`,
    ),
  );

/** Boxes and arrows, not antialiased: five colors. */
export function flatDrawing(width = 600, height = 400): Sharp {
  const box = (i: number): string =>
    `<rect x="${20 + i * 140}" y="${40 + i * 80}" width="110" height="60" fill="${['#c00', '#06c', '#090', '#fc0'][i % 4]}"/>`;
  return svg(
    width,
    height,
    `<g shape-rendering="crispEdges"><rect width="100%" height="100%" fill="#fff"/>${[0, 1, 2, 3].map(box).join('')}</g>`,
  );
}

/** A window full of text, as dense as a terminal. */
export function screenshot(width = 800, height = 500): Sharp {
  const lines = Array.from({ length: Math.floor(height / 18) }, (_, i) => {
    const words = Array.from({ length: 12 }, (_, j) => `w${(i * 31 + j * 17) % 97}rd${j}`).join(' ');
    return `<text x="10" y="${16 + i * 18}" font-family="monospace" font-size="14" fill="#ddd">${words}</text>`;
  });
  return svg(width, height, `<rect width="100%" height="100%" fill="#1e1e2e"/>${lines.join('')}`);
}

/** A steep gradient behind flat shapes, like the cover of a slide deck. */
export function gradientDrawing(width = 256, height = 200): Sharp {
  return svg(
    width,
    height,
    '<linearGradient id="g"><stop stop-color="#012"/><stop offset="1" stop-color="#fe8"/></linearGradient>' +
      '<rect width="100%" height="100%" fill="url(#g)"/><circle cx="80" cy="90" r="50" fill="#c03"/>' +
      '<rect x="150" y="40" width="60" height="90" fill="#fff"/>',
  );
}

/** A picture as a decoder process gets it. */
export async function originalOf(bytes: Uint8Array, limits: Partial<InspectLimits> = {}): Promise<Original> {
  const inspected = await inspectImage(bytes, limits);
  if (!inspected.ok) throw new Error(inspected.failure.message);
  return { ...inspected.facts, bytes };
}

/** The same as an image source gives it. */
export async function storedOriginal(bytes: Uint8Array): Promise<StoredImage> {
  return storedImageOf(bytes, await originalOf(bytes));
}

/** An animation whose frames are all different, to be encoded as GIF, WebP or TIFF. */
export function animation(frames: number, width: number, height: number): Sharp {
  const random = randomNumbers('animation');
  const data = Buffer.alloc(width * height * frames * 3);
  for (let i = 0; i < data.length; i++) data[i] = 256 * (random.next().value ?? 0);
  return sharp(data, { raw: { width, height: height * frames, channels: 3, pageHeight: height } });
}

export interface BmpOptions {
  readonly bits: number;
  /** From the bottom row on, each filled up to four bytes, or compressed. */
  readonly pixels: Uint8Array;
  /** Of the DIB header; 40 is Windows' usual one, 12 is OS/2's. */
  readonly headerSize?: number;
  /** Red, green, blue. */
  readonly palette?: readonly (readonly [number, number, number])[];
  readonly compression?: number;
  /** Red, green, blue, alpha. */
  readonly masks?: readonly number[];
  /** Bytes between the palette and the pixels. */
  readonly gap?: number;
}

/** A BMP file, written by hand: sharp writes none. A negative height puts the top row first. */
export function bmp(width: number, height: number, options: BmpOptions): Buffer {
  const { bits, pixels, headerSize = 40, palette = [], compression = 0, masks = [], gap = 0 } = options;
  const header = Buffer.alloc(14 + headerSize);
  header.write('BM');
  header.writeUInt32LE(headerSize, 14);
  if (headerSize === 12) {
    header.writeUInt16LE(width, 18);
    header.writeUInt16LE(height, 20);
    header.writeUInt16LE(1, 22);
    header.writeUInt16LE(bits, 24);
  } else {
    header.writeInt32LE(width, 18);
    header.writeInt32LE(height, 22);
    header.writeUInt16LE(1, 26);
    header.writeUInt16LE(bits, 28);
    header.writeUInt32LE(compression, 30);
    header.writeUInt32LE(palette.length, 46);
  }
  const maskBytes = Buffer.alloc(headerSize === 40 ? masks.length * 4 : 0);
  for (const [i, mask] of masks.entries()) {
    if (headerSize === 40) maskBytes.writeUInt32LE(mask, i * 4);
    else header.writeUInt32LE(mask, 54 + i * 4);
  }
  const colours = Buffer.from(
    palette.flatMap(([red, green, blue]) => [blue, green, red, ...(headerSize === 12 ? [] : [0])]),
  );
  const before = Buffer.concat([header, maskBytes, colours, Buffer.alloc(gap)]);
  before.writeUInt32LE(before.length + pixels.length, 2);
  before.writeUInt32LE(before.length, 10);
  return Buffer.concat([before, pixels]);
}

/** A BMP of 24 bits, the usual one, with the pixels of a picture. */
export async function bmpOf(picture: Sharp): Promise<Buffer> {
  const { data, info } = await picture.clone().removeAlpha().toColourspace('srgb').raw().toBuffer({
    resolveWithObject: true,
  });
  const rowBytes = Math.ceil((info.width * 3) / 4) * 4;
  const pixels = Buffer.alloc(rowBytes * info.height);
  for (let y = 0; y < info.height; y++) {
    for (let x = 0; x < info.width; x++) {
      const from = (y * info.width + x) * 3;
      const to = (info.height - 1 - y) * rowBytes + x * 3;
      for (let channel = 0; channel < 3; channel++) pixels[to + channel] = data[from + 2 - channel] ?? 0;
    }
  }
  return bmp(info.width, info.height, { bits: 24, pixels });
}
