import { beginsMarked, contentId, operatorOf, paintsPath } from '../content/content-operators.ts';
import { IDENTITY, inverse, type Matrix, multiply, operands } from '../content/matrix.ts';

/** What is drawn in place of marked content. */
export interface Filling {
  /** Name of a form XObject, in the resources of the page. */
  readonly name: string;
  /** From the coordinates of the form to those of the page. */
  readonly matrix: Matrix;
}

/** Operators that construct a path or clip with it. ISO 32000-1, 8.5.2 and 8.5.4. */
const SHAPES = new Set(['m', 'l', 'c', 'v', 'y', 'h', 're', 'n']);

/**
 * Draws forms in place of marked content that is only a placeholder, at the same point of the stream, so that what the page
 * paints later is on top. Operators in between that set the graphics state stay. It reads content as Chromium writes it: one
 * operator per line.
 *
 * @param fillings by the number of the marked content.
 */
export function fillPlaceholders(content: string, fillings: ReadonlyMap<number, Filling>): string {
  let matrix = IDENTITY;
  const saved: Matrix[] = [];
  /** Open marked content; true if it is a placeholder. */
  const open: boolean[] = [];
  const lines: string[] = [];
  for (const line of content.split('\n')) {
    const operator = operatorOf(line);
    if (operator === 'q') saved.push(matrix);
    else if (operator === 'Q') matrix = saved.pop() ?? IDENTITY;
    else if (operator === 'cm') matrix = multiply(line.trim().split(/\s+/).slice(-7, -1).map(Number), matrix);
    if (beginsMarked(operator)) {
      const id = contentId(line);
      const filling = id === undefined ? undefined : fillings.get(id);
      open.push(filling !== undefined);
      if (filling) {
        const placed = multiply(filling.matrix, inverse(matrix));
        lines.push('q', `${operands(placed)} cm`, `/${filling.name} Do`, 'Q');
        continue;
      }
    } else if (operator === 'EMC') {
      if (open.pop()) continue;
    } else if (open.includes(true) && (SHAPES.has(operator) || paintsPath(operator))) continue;
    lines.push(line);
  }
  return lines.join('\n');
}
