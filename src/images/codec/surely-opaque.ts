/**
 * Whether an image's header alone proves that all of it is opaque. An image with an alpha channel may still be opaque.
 *
 * @see https://www.w3.org/TR/png-3/#11IHDR
 */
export function isSurelyOpaque(type: string, bytes: Uint8Array): boolean {
  if (type === 'image/jpeg') return true;
  if (type !== 'image/png') return false;
  const hasAlphaChannel = ((bytes[25] ?? 0) & 4) !== 0;
  return !hasAlphaChannel && !chunkTypesBeforePixels(bytes).includes('tRNS');
}

function chunkTypesBeforePixels(png: Uint8Array): string[] {
  const view = new DataView(png.buffer, png.byteOffset, png.length);
  const types: string[] = [];
  for (let at = 8; at + 8 <= png.length; at += 12 + view.getUint32(at)) {
    const type = String.fromCharCode(...png.subarray(at + 4, at + 8));
    if (type === 'IDAT') break;
    types.push(type);
  }
  return types;
}
