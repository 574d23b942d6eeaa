/** Two pages of a booklet on the same side of a sheet: their indices in reading order. */
export type Spread = readonly [left: number, right: number];

/**
 * The order in which pages are printed on both sides of sheets that are then folded together and stapled: front and back of
 * the outermost sheet first.
 *
 * @param count a multiple of four.
 */
export function saddleStitched(count: number, isRightToLeft: boolean): Spread[] {
  return Array.from({ length: count / 2 }, (_, side): Spread => {
    const [outer, inner] = [count - 1 - side, side];
    // On the front of a sheet the later page is on the left, on its back on the right.
    const isSwapped = (side % 2 === 1) !== isRightToLeft;
    return isSwapped ? [inner, outer] : [outer, inner];
  });
}
