import type { Layout } from '../../../../model/model.ts';
import { readsRightToLeft } from '../../../../paper/direction.ts';
import type { OutputOptions, Typesetter } from '../../../contract/output.ts';
import { printDocument } from '../../../planning/document.ts';
import { splitTexts, type TextPiece } from './page/split-texts.ts';

/** A text to be laid out in the handout's type. */
export interface Text {
  readonly html: string;
  /** Class for its style. */
  readonly className: string;
  readonly widthPx: number;
  /** Heights of the spaces that it has to fit into; all others are like the last one. Missing: its natural height. */
  readonly roomsPx?: readonly number[];
}

/** Lays out texts, each broken into as many parts as it needs spaces. */
export type SetTexts = (texts: readonly Text[]) => Promise<readonly (readonly TextPiece[])[]>;

export function bodyClass(layout: Layout): string {
  return readsRightToLeft(layout) ? 'deckhand-paper deckhand-rtl' : 'deckhand-paper';
}

export function textSetter(
  layout: Layout,
  { styles }: Pick<OutputOptions, 'styles'>,
  typesetter: Typesetter,
): SetTexts {
  return async (texts) => {
    if (texts.length === 0) return [];
    const page = layout.size;
    const body = texts.map(
      ({ html, className, widthPx }) =>
        `<div class="deckhand-text ${className}" style="width:${widthPx}px">${html}</div>`,
    );
    const html = printDocument(layout, {
      page,
      style: 'handout',
      bodyClass: bodyClass(layout),
      css: styles?.handout,
      body: body.join('\n'),
    });
    const rooms = texts.map(({ roomsPx }) => ({ roomsPx: [...(roomsPx ?? [])] }));
    return typesetter.evaluate({ html, page }, splitTexts, rooms);
  };
}

/** The height of each text, in pixels. */
export async function heightsOf(texts: readonly Text[], setTexts: SetTexts): Promise<readonly number[]> {
  const pieces = await setTexts(texts.map(({ roomsPx: _, ...text }) => text));
  return pieces.map((piece) => piece[0]?.heightPx ?? 0);
}
