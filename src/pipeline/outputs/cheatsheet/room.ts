import type { Block } from '../../../model/model.ts';

/** For A4 with three columns, in the largest type of a cheatsheet. */
const LETTERS_A_LINE = 48;
const LINES_A_PAGE = 3 * 37;
const LINES_OF_PICTURE = 14;
const LINES_OF_FORMULA = 3;
/** The space around it, and its heading. */
const LINES_BETWEEN = 3;

/**
 * Estimates how much of a page some blocks take. A rough value suffices: sheets below a third of a page are mostly far below
 * it.
 */
export function pagesFor(blocks: readonly Block[]): number {
  return blocks.reduce((sum, block) => sum + linesOf(block) + LINES_BETWEEN, 0) / LINES_A_PAGE;
}

function linesOf({ kind, text, lead, facts: { rows } }: Block): number {
  if (kind === 'picture') return LINES_OF_PICTURE;
  const before = Math.ceil(lead.length / LETTERS_A_LINE);
  if (kind === 'formula') return before + LINES_OF_FORMULA;
  return before + Math.max(rows, Math.ceil(text.length / LETTERS_A_LINE));
}
