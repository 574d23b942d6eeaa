export interface ExpandedRle {
  /** One byte per pixel, the top row first, each row padded to a multiple of four bytes. */
  readonly rows: Uint8Array;
  /** 1 for each pixel that the file sets, row by row; browsers leave skipped pixels transparent. */
  readonly written: Uint8Array;
}

/**
 * Expands the compressed rows of a BMP: https://learn.microsoft.com/windows/win32/gdi/bitmap-compression
 *
 * @throws an `Error` if the data ends before the image is complete, or sets pixels outside of it.
 */
export function expandRle(
  bytes: Uint8Array,
  options: { readonly widthPx: number; readonly heightPx: number; readonly bits: 4 | 8 },
): ExpandedRle {
  const { widthPx, heightPx, bits } = options;
  const rowBytes = Math.ceil(widthPx / 4) * 4;
  const rows = new Uint8Array(rowBytes * heightPx);
  const written = new Uint8Array(widthPx * heightPx);
  let at = 0;
  let x = 0;
  // Compressed images always begin with the bottom row.
  let y = heightPx - 1;
  const next = (): number => {
    const byte = bytes[at++];
    if (byte === undefined) throw new Error('its last rows are missing');
    return byte;
  };
  const paint = (index: number): void => {
    // Some programs fill the last byte of a row with pixels that are not shown.
    if (x >= widthPx || y < 0) return;
    rows[y * rowBytes + x] = index;
    written[y * widthPx + x] = 1;
    x++;
  };
  const nibble = (byte: number, i: number): number => (bits === 8 ? byte : i & 1 ? byte & 15 : byte >> 4);
  const literal = (count: number): void => {
    const start = at;
    for (let i = 0, byte = 0; i < count; i++) {
      if (bits === 8 || !(i & 1)) byte = next();
      paint(nibble(byte, i));
    }
    if ((at - start) & 1) at++;
  };
  // Nothing is left to draw after the last row: the end mark is often missing.
  while (y >= 0 && !(y === 0 && x >= widthPx)) {
    const count = next();
    const value = next();
    // Not beyond the row: a run outside of the image must not take time.
    if (count > 0) for (let i = 0, end = Math.min(count, widthPx - x); i < end; i++) paint(nibble(value, i));
    else if (value === 0) {
      x = 0;
      y--;
    } else if (value === 1) break;
    else if (value === 2) {
      x += next();
      y -= next();
    } else literal(value);
  }
  return { rows, written };
}
