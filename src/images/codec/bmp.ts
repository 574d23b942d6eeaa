import { expandRle } from './bmp-rle.ts';

/** Pixels in the form that sharp takes: RGBA, 8 bits per channel, the top row first. */
export interface BmpPixels {
  readonly data: Buffer;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** The checked header of a BMP. */
interface Header {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly topDown: boolean;
  readonly bits: 1 | 4 | 8 | 16 | 24 | 32;
  readonly rle: boolean;
  /** Masks of red, green, blue and alpha in a pixel of 16 or 32 bits; 0 for none. */
  readonly masks: Masks;
  /** Blue, green, red and an unused byte, for as many colors as `bits` can index. Colors that the file omits are black. */
  readonly palette: Buffer;
  readonly pixelsAt: number;
}

type Masks = readonly [red: number, green: number, blue: number, alpha: number];

const FILE_HEADER = 14;
/** The two headers of OS/2, and those of Windows from `BITMAPINFOHEADER` to `BITMAPV5HEADER`. */
const HEADER_SIZES: readonly number[] = [12, 16, 40, 52, 56, 64, 108, 124];
const EIGHT_BITS_EACH: Masks = [0x00ff0000, 0x0000ff00, 0x000000ff, 0xff000000];
const FIVE_BITS_EACH: Masks = [0x7c00, 0x03e0, 0x001f, 0];
const RLE8 = 1;
const RLE4 = 2;
const BITFIELDS = 3;
const ALPHA_BITFIELDS = 6;

/** Whether bytes begin as a BMP file does. */
export function isBmp(bytes: Uint8Array): boolean {
  if (bytes.length < 26 || bytes[0] !== 0x42 || bytes[1] !== 0x4d) return false;
  return HEADER_SIZES.includes(viewOf(bytes).getUint32(FILE_HEADER, true));
}

/**
 * The size in a BMP's header, in pixels.
 *
 * @throws an `Error` that says in plain words what is wrong with the header.
 */
export function bmpSize(bytes: Uint8Array): Pick<BmpPixels, 'widthPx' | 'heightPx'> {
  const { widthPx, heightPx } = readHeader(bytes);
  return { widthPx, heightPx };
}

/**
 * A BMP's pixels, as Chromium shows them: https://learn.microsoft.com/windows/win32/gdi/bitmap-storage
 *
 * Libraries decode only the common forms: of the forms that a test compares with Chromium (`bmp-forms.ts`), none that was
 * tried decodes more than half correctly.
 *
 * @param bytes of a size that was checked before ({@link bmpSize}): all pixels are held in memory.
 * @throws an `Error` that says in plain words what is wrong with the file.
 */
export function decodeBmp(bytes: Uint8Array): BmpPixels {
  const header = readHeader(bytes);
  const { widthPx, heightPx, bits, rle } = header;
  const data = rle ? compressed(bytes, header) : bits <= 8 ? indexed(bytes, header) : direct(bytes, header);
  return { data, widthPx, heightPx };
}

function readHeader(bytes: Uint8Array): Header {
  const view = viewOf(bytes);
  const headerSize = view.getUint32(FILE_HEADER, true);
  const old = headerSize === 12;
  if (bytes.length < FILE_HEADER + headerSize) throw new Error('its header is incomplete');
  const widthPx = old ? view.getUint16(18, true) : view.getInt32(18, true);
  const height = old ? view.getUint16(20, true) : view.getInt32(22, true);
  if (widthPx <= 0 || height === 0) throw new Error('it has no size');
  const bits = view.getUint16(old ? 24 : 28, true);
  if (bits !== 1 && bits !== 4 && bits !== 8 && bits !== 16 && bits !== 24 && bits !== 32) {
    throw new Error(`${bits} bits per pixel are not supported`);
  }
  const compression = headerSize < 40 ? 0 : view.getUint32(30, true);
  const rle = (compression === RLE8 && bits === 8) || (compression === RLE4 && bits === 4);
  const fields = compression === BITFIELDS || compression === ALPHA_BITFIELDS;
  if (compression !== 0 && !rle && !(fields && (bits === 16 || bits === 32))) {
    throw new Error(`compression ${compression} with ${bits} bits per pixel is not supported`);
  }
  // The masks of the oldest Windows header come after it.
  const behind = fields && headerSize === 40 ? (compression === ALPHA_BITFIELDS ? 16 : 12) : 0;
  const tableAt = FILE_HEADER + headerSize + behind;
  if (bytes.length < tableAt) throw new Error('its header is incomplete');
  const table = readPalette(bytes, {
    at: tableAt,
    bits,
    old,
    used: headerSize < 40 ? 0 : view.getUint32(46, true),
  });
  const offset = view.getUint32(10, true);
  return {
    widthPx,
    heightPx: Math.abs(height),
    topDown: height < 0,
    bits,
    rle,
    masks: masksOf(view, { headerSize, bits, fields, alphaBehind: behind === 16 }),
    palette: table.palette,
    pixelsAt: offset < tableAt ? table.end : offset,
  };
}

function readPalette(
  bytes: Uint8Array,
  options: { readonly at: number; readonly bits: number; readonly old: boolean; readonly used: number },
): { readonly palette: Buffer; readonly end: number } {
  const { at, bits, old, used } = options;
  if (bits > 8) return { palette: Buffer.alloc(0), end: at + Math.min(used, 256) * 4 };
  const room = 2 ** bits;
  const count = used === 0 ? room : Math.min(used, room);
  const palette = Buffer.alloc(room * 4);
  const size = old ? 3 : 4;
  for (let i = 0; i < count; i++) {
    for (let channel = 0; channel < 3; channel++)
      palette[i * 4 + channel] = bytes[at + i * size + channel] ?? 0;
  }
  return { palette, end: at + count * size };
}

function masksOf(
  view: DataView,
  options: {
    readonly headerSize: number;
    readonly bits: number;
    readonly fields: boolean;
    readonly alphaBehind: boolean;
  },
): Masks {
  const { headerSize, bits, fields, alphaBehind } = options;
  const read = (at: number): number => view.getUint32(at, true);
  const withAlpha = headerSize >= 56 && headerSize !== 64;
  if (fields) return [read(54), read(58), read(62), withAlpha || alphaBehind ? read(66) : 0];
  if (bits === 16) return FIVE_BITS_EACH;
  // As in Chromium: in the older forms the fourth byte has no meaning, whatever its value.
  return [EIGHT_BITS_EACH[0], EIGHT_BITS_EACH[1], EIGHT_BITS_EACH[2], withAlpha ? read(66) : 0];
}

/** Decodes compressed rows. Pixels that they skip stay transparent. */
function compressed(bytes: Uint8Array, header: Header): Buffer {
  const { widthPx, heightPx, bits, palette, pixelsAt } = header;
  const { rows, written } = expandRle(bytes.subarray(pixelsAt), {
    ...{ widthPx, heightPx },
    bits: bits === 4 ? 4 : 8,
  });
  const rowBytes = rows.length / heightPx;
  const data = Buffer.alloc(widthPx * heightPx * 4);
  for (let y = 0, pixel = 0; y < heightPx; y++)
    for (let x = 0; x < widthPx; x++, pixel++)
      if (written[pixel]) paint(data, pixel * 4, palette, rows[y * rowBytes + x] ?? 0);
  return data;
}

/** Decodes pixels of 1, 4 or 8 bits, which are indices of the palette. */
function indexed(bytes: Uint8Array, header: Header): Buffer {
  const { widthPx, heightPx, bits, palette } = header;
  const data = Buffer.alloc(widthPx * heightPx * 4);
  const perByte = 8 / bits;
  const most = 2 ** bits - 1;
  let at = 0;
  for (const row of rowsOf(bytes, header)) {
    for (let x = 0; x < widthPx; x++, at += 4) {
      const byte = row[Math.floor(x / perByte)] ?? 0;
      paint(data, at, palette, (byte >> (8 - bits * ((x % perByte) + 1))) & most);
    }
  }
  return data;
}

function paint(data: Buffer, at: number, palette: Buffer, index: number): void {
  data[at] = palette[index * 4 + 2] ?? 0;
  data[at + 1] = palette[index * 4 + 1] ?? 0;
  data[at + 2] = palette[index * 4] ?? 0;
  data[at + 3] = 255;
}

/** Decodes pixels of 16, 24 or 32 bits, which are colors. */
function direct(bytes: Uint8Array, header: Header): Buffer {
  const { widthPx, heightPx, bits, masks } = header;
  const [red, green, blue, alpha] = (bits === 24 ? EIGHT_BITS_EACH : masks).map(channelReader);
  const data = Buffer.alloc(widthPx * heightPx * 4);
  let at = 0;
  for (const row of rowsOf(bytes, header)) {
    for (let x = 0; x < widthPx; x++) {
      const pixel = row.readUIntLE((x * bits) / 8, bits / 8);
      data[at++] = red?.(pixel) ?? 0;
      data[at++] = green?.(pixel) ?? 0;
      data[at++] = blue?.(pixel) ?? 0;
      data[at++] = alpha?.(pixel) ?? 0;
    }
  }
  // If the fourth byte is 0 everywhere, it is not transparency.
  if (bits === 24 || masks[3] === 0 || isAllZero(data)) fillAlpha(data, 255);
  return data;
}

/** The rows of pixels, from the top one. */
function rowsOf(bytes: Uint8Array, { widthPx, heightPx, topDown, bits, pixelsAt }: Header): Buffer[] {
  const rowBytes = Math.ceil((widthPx * bits) / 32) * 4;
  // The padding of the last row is often missing.
  const neededBytes = Math.ceil((widthPx * bits) / 8);
  if (pixelsAt + rowBytes * (heightPx - 1) + neededBytes > bytes.length)
    throw new Error('its last rows are missing');
  return Array.from({ length: heightPx }, (_, y) => {
    const at = pixelsAt + (topDown ? y : heightPx - 1 - y) * rowBytes;
    return Buffer.from(bytes.buffer, bytes.byteOffset + at, neededBytes);
  });
}

/** Scales the bits that a mask selects to 0..255. */
function channelReader(mask: number): (pixel: number) => number {
  if (mask === 0) return () => 0;
  const lowest = (mask & -mask) >>> 0;
  const most = Math.floor(mask / lowest);
  return (pixel) => Math.floor((((pixel & mask) >>> 0) / lowest / most) * 255 + 0.5);
}

function fillAlpha(data: Buffer, alpha: number): void {
  for (let i = 3; i < data.length; i += 4) data[i] = alpha;
}

function isAllZero(data: Buffer): boolean {
  for (let i = 3; i < data.length; i += 4) if (data[i] !== 0) return false;
  return true;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
