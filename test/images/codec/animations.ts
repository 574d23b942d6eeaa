import { gzipSync } from 'node:zlib';

/** One picture of a GIF, laid over what the ones before it left. Colors are indices into {@link GIF_COLOURS}. */
export interface GifFrame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly colour: number;
  /** What becomes of it when its time is over. */
  readonly disposal: 'keep' | 'clear' | 'restore';
}

export const GIF_COLOURS = [
  [255, 0, 0],
  [0, 255, 0],
  [0, 0, 255],
  [255, 255, 0],
] as const;

const DISPOSALS = { keep: 1, clear: 2, restore: 3 } as const;

/**
 * A GIF with frames smaller than the whole, which sharp does not write. Its last color stands for transparency; in a
 * GIF without any, libvips clears frames to the background color, as the specification has it and no browser does.
 *
 * @see https://www.w3.org/Graphics/GIF/spec-gif89a.txt
 */
export function gif(width: number, height: number, frames: readonly GifFrame[]): Buffer {
  const u16 = (value: number): number[] => [value & 255, value >> 8];
  return Buffer.concat([
    Buffer.from('GIF89a', 'latin1'),
    Buffer.from([...u16(width), ...u16(height), 0x91, 0, 0, ...GIF_COLOURS.flat()]),
    ...frames.map((frame) =>
      Buffer.from([
        ...[0x21, 0xf9, 4, (DISPOSALS[frame.disposal] << 2) | 1, ...u16(10), GIF_COLOURS.length - 1, 0],
        ...[0x2c, ...u16(frame.left), ...u16(frame.top), ...u16(frame.width), ...u16(frame.height), 0],
        ...pixels(frame.colour, frame.width * frame.height),
      ]),
    ),
    Buffer.from([0x3b]),
  ]);
}

/** LZW that forgets its table every two pixels, so that its codes stay three bits wide. */
function pixels(colour: number, count: number): number[] {
  const [clear, end] = [4, 5];
  const codes = Array.from({ length: count }, (_, i) => (i % 2 === 0 ? [clear, colour] : [colour])).flat();
  const bits = [...codes, end].flatMap((code) => [code & 1, (code >> 1) & 1, code >> 2]);
  const bytes: number[] = [];
  for (let i = 0; i < bits.length; i += 8) {
    bytes.push(bits.slice(i, i + 8).reduce((byte, bit, at) => byte | (bit << at), 0));
  }
  const blocks: number[] = [];
  for (let i = 0; i < bytes.length; i += 255) {
    const block = bytes.slice(i, i + 255);
    blocks.push(block.length, ...block);
  }
  return [2, ...blocks, 0];
}

/** An SVG with a script, packed as `.svgz` files are. */
export const packedSvg = (): Buffer =>
  gzipSync(
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script><rect width="9" height="9"/></svg>',
  );
