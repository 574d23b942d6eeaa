import type { Box } from '../../../../model/model.ts';
import { mm } from '../../../../paper/paper.ts';
import { GAP, type Geometry } from '../grid/geometry.ts';
import { wordsBox } from '../grid/page-frame.ts';
import type { TextPiece } from './page/split-texts.ts';
import type { SetTexts } from './typeset.ts';

/** The content of a column; undefined where a text has ended. */
export interface SetColumn extends TextPiece {
  readonly box: Box;
}

/** A wider column of text is hard to read. */
export const WIDEST_COLUMN = mm(120);

/** The columns of a page, in reading order. */
export function columnBoxes(geometry: Geometry): Box[] {
  const whole = wordsBox(geometry);
  const count = Math.ceil(whole.width / WIDEST_COLUMN);
  const width = (whole.width - (count - 1) * GAP) / count;
  const boxes = Array.from({ length: count }, (_, i) => ({
    ...whole,
    x: whole.x + i * (width + GAP),
    width,
  }));
  return geometry.isRightToLeft ? boxes.reverse() : boxes;
}

/** Lays out texts in columns of equal height, each text on pages of its own. */
export async function setColumns(
  texts: readonly string[],
  className: string,
  boxes: readonly Box[],
  setTexts: SetTexts,
): Promise<(readonly SetColumn[])[][]> {
  const { width: widthPx, height } = boxes[0] ?? { width: 0, height: 0 };
  const set = await setTexts(texts.map((html) => ({ html, className, widthPx, roomsPx: [height] })));
  return set.map((pieces) =>
    Array.from({ length: Math.ceil(pieces.length / boxes.length) }, (_, page) =>
      boxes.map((box, i) => ({ html: '', heightPx: 0, ...pieces[page * boxes.length + i], box })),
    ),
  );
}
