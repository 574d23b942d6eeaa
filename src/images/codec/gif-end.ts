const EXTENSION = 0x21;
const IMAGE = 0x2c;

/**
 * Whether a GIF is truncated: its blocks end before the trailer that ends every file
 * (https://www.w3.org/Graphics/GIF/spec-gif89a.txt, 27). libvips ignores an incomplete last frame, so it would take half an
 * animation for a complete one.
 */
export function gifEndsEarly(bytes: Uint8Array): boolean {
  for (let at = 13 + tableBytes(bytes[10]); at < bytes.length; ) {
    const block = bytes[at];
    if (block === EXTENSION) at = afterSubBlocks(bytes, at + 2);
    else if (block === IMAGE) at = afterSubBlocks(bytes, at + 11 + tableBytes(bytes[at + 9]));
    // The trailer, or a block that no reader knows: browsers stop here as well.
    else return false;
  }
  return true;
}

/** The size of the color table, from the flags field. */
function tableBytes(flags = 0): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

function afterSubBlocks(bytes: Uint8Array, from: number): number {
  let at = from;
  for (let size = bytes[at]; size !== 0; size = bytes[at]) {
    if (size === undefined) return bytes.length;
    at += size + 1;
  }
  return at + 1;
}
