import type { Box } from '../../../model/model.ts';
import { at } from './boxes.ts';
import { FEWEST_LINES, LINE_SPACING } from './grid/geometry.ts';

/**
 * Lines to write on, in a whole box.
 *
 * @param takenPx height at the top that other content takes.
 */
export function renderLines(box: Box, takenPx = 0): string {
  const first = Math.ceil(takenPx / LINE_SPACING);
  const count = lineCount(box, first * LINE_SPACING);
  return Array.from({ length: count }, (_, i) => {
    const y = box.y + (first + i + 1) * LINE_SPACING;
    return `<div class="line" style="${at({ ...box, y, height: 0 })}"></div>`;
  }).join('');
}

/** Number of lines that fit. */
export function lineCount({ height }: Box, takenPx = 0): number {
  const count = Math.floor((height - takenPx) / LINE_SPACING + 0.01);
  return count < FEWEST_LINES ? 0 : count;
}
