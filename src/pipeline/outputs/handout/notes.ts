import { escapeHtml } from '../../../text/html.ts';
import type { PlacedEntry } from './grid/cells.ts';
import type { Geometry } from './grid/geometry.ts';
import type { Entry } from './grid/rows.ts';
import type { ListedLink } from './links.ts';
import { numberedNotes } from './links.ts';
import type { TextPiece } from './text/page/split-texts.ts';
import { columnBoxes, type SetColumn, setColumns } from './text/text-columns.ts';
import type { SetTexts } from './text/typeset.ts';

/** The notes of one sheet: those next to each of its slides, and those that continue on further pages. */
export interface SetNotes {
  /** By slide; undefined for a slide without notes, which gets lines. */
  readonly beside: ReadonlyMap<Entry, TextPiece>;
  /** Further pages, each with some columns. */
  readonly further: readonly (readonly SetColumn[])[];
}

const NOTHING: TextPiece = { html: '', heightPx: 0 };

/** Lays out the speaker notes of every sheet. All of their text is printed: next to its slide, or after the sheet. */
export async function setNotes(
  sheets: readonly (readonly PlacedEntry[])[],
  geometry: Geometry,
  listed: ReadonlyMap<string, ListedLink>,
  setTexts: SetTexts,
): Promise<readonly SetNotes[]> {
  const noted = sheets.flatMap((cells, sheet) =>
    cells
      .filter(([{ slide, page }]) => hasNotes(slide.notesHtml) && page === slide.pages[0])
      .map(([entry, cell]) => ({ sheet, entry, cell })),
  );
  const pieces = await setTexts(
    noted.map(({ entry, cell }) => ({
      html: numberedNotes(entry.slide.notesHtml, listed),
      className: 'notes',
      widthPx: cell.notes.width,
      roomsPx: [cell.notes.height, Number.MAX_SAFE_INTEGER],
    })),
  );
  const rests = noted.map(({ entry }, i) => {
    const rest = (pieces[i] ?? [])
      .slice(1)
      .map(({ html }) => html)
      .join('');
    const isWhole = pieces[i]?.[0]?.html === '';
    return rest === '' ? '' : `${heading(entry, isWhole)}${rest}`;
  });
  const further = await furtherPages(
    sheets.map((_, sheet) =>
      noted.flatMap((one, i) => (one.sheet === sheet ? [rests[i] ?? ''] : [])).join(''),
    ),
    geometry,
    setTexts,
  );
  return sheets.map((_, sheet) => {
    const own = noted.flatMap((one, i): [Entry, TextPiece][] =>
      one.sheet === sheet ? [[one.entry, pieces[i]?.[0] ?? NOTHING]] : [],
    );
    return { beside: new Map(own), further: further[sheet] ?? [] };
  });
}

export function hasNotes(html: string): boolean {
  return /<(?:img|svg)\b/.test(html) || html.replace(/<[^>]*>/g, '').trim() !== '';
}

function heading({ slide }: Entry, isWhole: boolean): string {
  const goesOn = isWhole ? '' : ' …';
  return `<h4 class="notes-head">${escapeHtml(slide.label)} ${escapeHtml(slide.title)}${goesOn}</h4>`;
}

async function furtherPages(
  texts: readonly string[],
  geometry: Geometry,
  setTexts: SetTexts,
): Promise<(readonly SetColumn[])[][]> {
  const withText = texts.flatMap((html, i) => (html === '' ? [] : [i]));
  const set = await setColumns(
    withText.map((i) => texts[i] ?? ''),
    'notes',
    columnBoxes(geometry),
    setTexts,
  );
  return texts.map((_, i) => set[withText.indexOf(i)] ?? []);
}
