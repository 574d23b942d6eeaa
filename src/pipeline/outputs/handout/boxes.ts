import type { Box } from '../../../model/model.ts';

/** CSS that positions an element in a box. */
export function at(box: Box): string {
  const round = (px: number): string => String(Math.round(px * 1000) / 1000);
  return `left:${round(box.x)}px;top:${round(box.y)}px;width:${round(box.width)}px;height:${round(box.height)}px`;
}
